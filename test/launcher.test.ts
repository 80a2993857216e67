import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { root } from './support/cli.ts'
import { temporaryFolder } from './support/folder.ts'

const program = join(root, 'bin/hoofprint.mjs')

/** The environment of a process that first runs `script`, as do those that it begins. */
function running(script: string): NodeJS.ProcessEnv {
  const { MALLOC_ARENA_MAX: _, MALLOC_MMAP_THRESHOLD_: __, ...env } = process.env
  return { ...env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }
}

const telling = `process.on('exit', () => console.error(process.pid, process.execArgv.join(), process.env.MALLOC_ARENA_MAX))`
const asOf = (version: string) => `
  if (process.env.WAS_OLD === undefined) {
    process.env.WAS_OLD = 'yes'
    Object.defineProperty(process.versions, 'node', { value: '${version}' })
  }
`
const asOld = asOf('20.20.2')

test('however it is begun, it has what keeps its memory low', async () => {
  for (const script of [telling, telling + asOld]) {
    const { stdout, stderr, status } = spawnSync(process.execPath, [program, '--version'], {
      env: running(script),
      encoding: 'utf8',
    })

    expect([status, stdout.trim()]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+$/)])
    expect(stderr).toMatch(/^\d+ --max-semi-space-size=6,--expose-gc 1$/m)
  }
})

test.each(['20.20.2', '22.19.0', '25.9.0'])('Node %s leaves the work to the one that was installed', (version) => {
  const { stderr } = spawnSync(process.execPath, [program, '--version'], {
    env: running(telling + asOf(version)),
    encoding: 'utf8',
  })

  expect(stderr.match(/^\d+/gm)).toHaveLength(2)
})

test('it starts from a folder of any name, as from one with a drive letter', () => {
  const folder = join(temporaryFolder(), 'case #1 100%41 é')
  mkdirSync(join(folder, 'src'), { recursive: true })
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true })
  writeFileSync(join(folder, 'src/cli.ts'), `console.log('started')`)

  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'bin/hoofprint.mjs')], { encoding: 'utf8' })

  expect([stdout, stderr]).toEqual(['started\n', ''])
})

test('npm is told of each dependency that would run a script as it is installed whether it may', () => {
  const [{ allowScripts }, { packages }] = ['package.json', 'package-lock.json'].map((name) =>
    JSON.parse(readFileSync(join(root, name), 'utf8')),
  )
  const scripted = Object.entries<{ hasInstallScript?: boolean }>(packages)
    .filter(([path, { hasInstallScript }]) => path !== '' && hasInstallScript === true)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))

  expect(Object.keys(allowScripts)).toEqual(expect.arrayContaining(scripted))
  expect(allowScripts.node).toBe(true) // Else it is not there.
})

test.each([
  'SIGTERM',
  'SIGINT',
] as const)('on an old Node, %s ends the work and not only who began it', async (signal) => {
  const began = `process.on('newListener', (name) => name === '${signal}' && process.nextTick(console.error, 'heeds it', process.pid))`
  const child = spawn(process.execPath, [program, 'import', '-', '--case', temporaryFolder()], {
    env: running(asOld + began),
  })
  const said: string[] = []
  const pids = () => [...said.join('').matchAll(/^heeds it (\d+)$/gm)].map(([, pid]) => Number(pid))
  child.stderr.setEncoding('utf8').on('data', (text) => said.push(text))
  while (pids().length < 2) await once(child.stderr, 'data')
  child.stdin.write('{')

  child.kill(signal)
  const [status] = await once(child, 'close')

  expect(status).not.toBe(0)
  expect(said.join('')).toContain('stopped: the same command again goes on from here')
  expect(() => process.kill(pids().at(-1) as number, 0)).toThrow('ESRCH')
})
