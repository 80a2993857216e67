import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { root } from '../support/cli.ts'

const onLinux = existsSync('/proc/self/cmdline') ? test : test.skip

onLinux('a collector that answers on another port than the container asks is not taken for none', async () => {
  const waits = ['-e', 'process.stdout.write("."); setTimeout(() => {}, 60_000)']
  const collector = spawn(process.execPath, [...waits, '/app/bin/hoofprint.mjs', 'collect', '--config', 'x.yaml'])
  await once(collector.stdout, 'data')
  const asked = spawn(process.execPath, [join(root, 'bin/healthcheck.mjs')], {
    env: { HOOFPRINT_LISTEN: '0.0.0.0:65530' },
  })
  let said = ''
  asked.stdout.on('data', (text) => {
    said += text
  })
  const [code] = await once(asked, 'close')
  collector.kill()

  expect(said).toContain(`a collector runs here, but not on port 65530:`)
  expect(code).toBe(1)
})
