import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { root } from './support/cli.ts'
import { temporaryFolder } from './support/folder.ts'

const program = join(root, 'bin/hoofprint.mjs')
const heeding = `process.on('newListener', (name) => name === 'SIGHUP' && process.nextTick(console.error, 'heeds it'))`
const evidence = readFileSync(join(root, 'samples/outlook-activities.csv'), 'utf8').split('\n', 20).join('\n')
const atTerminal = (streams: number[], platform = 'linux') => `import tty from 'node:tty'
  import { syncBuiltinESMExports } from 'node:module'
  Object.defineProperty(process, 'platform', { value: '${platform}' })
  tty.isatty = (stream) => ${JSON.stringify(streams)}.includes(stream)
  syncBuiltinESMExports()`

/** What an import ends with, and says, that is told of a closed terminal before it has all of its input. */
async function hungUp(script: string): Promise<{ readonly status: number | null; readonly said: string }> {
  const env = {
    ...process.env,
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`${script}\n${heeding}`)}`,
  }
  const child = spawn(process.execPath, [program, 'import', '-', '--case', temporaryFolder()], { env })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => said.push(text))
  while (!said.join('').includes('heeds it')) await once(child.stderr, 'data', { signal: AbortSignal.timeout(30_000) })

  child.kill('SIGHUP')
  child.kill('SIGHUP') // The kernel and the shell both say it.
  child.stdin.on('error', () => {}) // It may have ended.
  child.stdin.end(evidence)

  const [status] = await once(child, 'close')
  return { status, said: said.join('') }
}

test.each([
  ['all is on', [0, 1, 2], 'linux'],
  ['input is from', [0], 'linux'],
  ['output goes to', [1], 'darwin'],
])('a terminal that %s, and that is closed, ends the work as Ctrl-C does', async (_, streams, platform) => {
  const { status, said } = await hungUp(atTerminal(streams, platform))

  expect(said).toContain('stopped: the same command again goes on from here')
  expect(status).toBe(1)
})

test.each([
  ['Linux', atTerminal([])],
  ['macOS, which leaves the input', atTerminal([0], 'darwin')],
])('what nohup began goes on: that of %s', async (_, script) => {
  const { status, said } = await hungUp(script)

  expect(said).toContain('19 rows read = 19 stored + 0 duplicate + 0 rejected')
  expect(status).toBe(0)
})
