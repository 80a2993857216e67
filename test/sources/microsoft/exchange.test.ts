import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Agent } from 'undici'
import { exchange } from '#src/sources/microsoft/exchange.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { listening } from '../../support/listening.ts'
import { never } from '../../support/microsoft/collector.ts'

test('of a certificate whose time this is not, it is the clock that is to be looked at', async () => {
  const folder = temporaryFolder()
  const openssl = (command: string) => execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'ignore' })
  const named = '-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1'
  openssl(`req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out request.pem ${named}`)
  openssl('x509 -req -in request.pem -signkey key.pem -days -1 -out expired.pem -copy_extensions copyall')
  const [key, cert] = ['key.pem', 'expired.pem'].map((name) => readFileSync(join(folder, name)))
  const server = createServer({ key, cert })
  const dispatcher = new Agent({ connect: { ca: [cert as Buffer] } })
  const url = new URL(`https://127.0.0.1:${await listening(server)}`)

  const asked = exchange(dispatcher, { method: 'GET', url, headers: {} }, never)

  try {
    await expect(asked).rejects.toThrow(
      /not trusted \(CERT_HAS_EXPIRED\): see that the clock of this machine is right$/,
    )
  } finally {
    await dispatcher.destroy()
    server.close()
  }
})
