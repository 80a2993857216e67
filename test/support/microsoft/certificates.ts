import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Certificates as files: an authority's, a server's on this machine that it issued, an application's. */
export interface Certificates {
  readonly authorityFile: string
  readonly serverKey: string
  readonly serverCertificate: string
  /** PEM with key and certificate. */
  readonly clientFile: string
  remove(): void
}

const server = '-subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1'
const elliptic = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1'

/** Makes them anew with openssl. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'hoofprint-microsoft-'))
  const path = (file: string) => join(folder, file)
  const openssl = (command: string) => execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'ignore' })

  openssl(`req -x509 ${elliptic} -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=authority`)
  openssl(`req ${elliptic} -nodes -keyout server.key -out server.csr ${server}`)
  openssl(
    'x509 -req -in server.csr -CA ca.pem -CAkey ca.key -set_serial 1 -out server.pem -days 2 -copy_extensions copyall',
  )
  openssl('req -x509 -newkey rsa:2048 -nodes -keyout client.pem -out client.crt -days 2 -subj /CN=hoofprint')
  execFileSync('sh', ['-c', 'cat client.crt >> client.pem'], { cwd: folder })
  return {
    authorityFile: path('ca.pem'),
    serverKey: readFileSync(path('server.key'), 'utf8'),
    serverCertificate: readFileSync(path('server.pem'), 'utf8'),
    clientFile: path('client.pem'),
    remove: () => rmSync(folder, { recursive: true }),
  }
}
