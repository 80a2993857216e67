import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate with its key, as PEM. */
export interface Identity {
  readonly certificate: string
  readonly key: string
}

/** An authority, a server on 127.0.0.1 and a client that it vouches for. */
export interface Certificates {
  readonly ca: string
  readonly caFingerprint: string
  readonly server: Identity
  readonly client: Identity
}

/** Makes an authority and what it issues, all new. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'hoofprint-certificates-'))
  const openssl = (command: string) => execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'ignore' })
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  const issue = (name: string, more: string): Identity => {
    openssl(`req -newkey rsa:2048 -nodes -keyout ${name}.key -out ${name}.pem -days 2 -x509 -subj /CN=${name} ${more}`)
    return { certificate: read(`${name}.pem`), key: read(`${name}.key`) }
  }
  try {
    const { certificate: ca } = issue('authority', '-addext keyUsage=critical,keyCertSign,cRLSign')
    const by = '-CA authority.pem -CAkey authority.key -addext basicConstraints=critical,CA:false'
    const server = issue('server', `${by} -addext subjectAltName=IP:127.0.0.1`)
    const client = issue('client', by)
    return { ca, caFingerprint: new X509Certificate(ca).fingerprint256, server, client }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
