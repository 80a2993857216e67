import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { serveHttp } from '#src/service/http.ts'
import { root } from '../support/cli.ts'

const onLinux = existsSync('/proc/self/cmdline') ? test : test.skip

let running: ChildProcess | undefined
afterEach(() => void running?.kill())

onLinux('a collector that answers on another port than the container asks is not taken for none', async () => {
  await runs('collect', '--config', 'x.yaml')

  const { code, said } = await check('0.0.0.0:65530')

  expect(said).toContain('a collector runs here, but not on 0.0.0.0:65530:')
  expect(code).toBe(1)
})

onLinux('what collects once, or imports, listens nowhere and is well', async () => {
  await runs('collect', '--config', 'x.yaml', '--once')
  const once = await check('0.0.0.0:65530')
  running?.kill()
  await runs('import', 'collect')
  const importing = await check('0.0.0.0:65530')

  expect([once, importing]).toEqual([
    { code: 0, said: 'no collector runs here\n' },
    { code: 0, said: 'no collector runs here\n' },
  ])
})

test.each(['0.0.0.0', '127.0.0.2', '[::]', '[::1]'])('a collector is asked where it listens: %s', async (host) => {
  let isWell = true
  const reply = () => ({ status: isWell ? 200 : 503, body: '{"reasons":[{"stream":"s","reason":"r"}]}' })
  const service = await serveHttp(`${host}:0`, { '/healthz': () => ({ type: 'application/json', ...reply() }) })
  try {
    const well = await check(service.address)
    isWell = false
    const ill = await check(service.address)

    expect([well.code, ill]).toEqual([0, { code: 1, said: 's: r\n' }])
  } finally {
    await service.close()
  }
})

/** A process that looks like one of ours. */
async function runs(...args: readonly string[]): Promise<void> {
  const waits = ['-e', 'process.stdout.write("."); setTimeout(() => {}, 60_000)']
  const child = spawn(process.execPath, [...waits, '/app/bin/hoofprint.mjs', ...args])
  running = child
  await once(child.stdout, 'data')
}

async function check(listen: string): Promise<{ code: number; said: string }> {
  const asked = spawn(process.execPath, [join(root, 'bin/healthcheck.mjs')], { env: { HOOFPRINT_LISTEN: listen } })
  let said = ''
  asked.stdout.on('data', (text) => {
    said += text
  })
  const [code] = await once(asked, 'close')
  return { code, said }
}
