import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import type { Certificates } from '../certificates.ts'
import type { Wishes } from './distribution.ts'

/** The password of every user. */
export const password = 'not a secret'

/**
 * Accounts that have what the documentation names as the least, and nothing more; that of `compose.yaml`; and two that lack what they need. `admin` is for the
 * test itself.
 */
const roles: Readonly<Record<string, string>> = {
  compose: roleOfCompose(),
  setup: `
  cluster: [manage_index_templates]
  indices: [{ names: ['logs-o365.*', 'logs-azure.*'], privileges: [view_index_metadata, manage] }]`,
  deliver: `
  indices:
    - names: ['logs-o365.*', 'logs-azure.*']
      privileges: [auto_configure, index, delete, read, view_index_metadata, maintenance]`,
  monitoring: `
  cluster: [monitor]
  indices:
    - names: ['logs-o365.*', 'logs-azure.*']
      privileges: [auto_configure, index, delete, read, view_index_metadata, maintenance]`,
  reader: `
  indices: [{ names: ['logs-*'], privileges: [read, view_index_metadata] }]`,
  elsewhere: `
  indices: [{ names: ['logs-other.*'], privileges: [all] }]`,
}

/** The role that `compose.yaml` gives its account, as JSON, which YAML takes. */
function roleOfCompose(): string {
  const compose = readFileSync(new URL('../../../compose.yaml', import.meta.url), 'utf8')
  const [, role] = /put PUT role\/hoofprint '([^']+)'/.exec(compose) ?? []
  if (role === undefined) throw new Error('compose.yaml makes no role hoofprint')
  return ` ${role}`
}

/** A server with TLS, which asks for a client certificate, and users in files. */
export function secured({ ca, server, client }: Certificates): Wishes {
  const users = [...Object.keys(roles), 'admin']
  const isUp = (address: string) =>
    new Promise<boolean>((resolve) => {
      const options = { ca, cert: client.certificate, key: client.key, auth: `admin:${password}` }
      const asking = request(`https://${address}/_cluster/health?wait_for_status=yellow`, options, (answer) => {
        answer.resume()
        resolve(answer.statusCode === 200)
      })
      asking.on('error', () => resolve(false)).end()
    })
  return {
    isUp,
    settings: [
      'xpack.security.enabled: true',
      'xpack.security.http.ssl.enabled: true',
      'xpack.security.http.ssl.key: http.key',
      'xpack.security.http.ssl.certificate: http.pem',
      'xpack.security.http.ssl.certificate_authorities: [ca.pem]',
      'xpack.security.http.ssl.client_authentication: required',
    ],
    files: {
      'http.key': server.key,
      'http.pem': server.certificate + ca,
      'ca.pem': ca,
      'roles.yml': Object.entries(roles)
        .map(([name, role]) => `hoofprint_${name}:${role}\n`)
        .join(''),
      users: users.map((name) => `${name}:${hashed(password)}\n`).join(''),
      users_roles: users.map((name) => `${name === 'admin' ? 'superuser' : `hoofprint_${name}`}:${name}\n`).join(''),
    },
  }
}

/** As the file realm stores a password. */
function hashed(text: string): string {
  const salt = randomBytes(32)
  const rounds = 10_000
  const hash = pbkdf2Sync(text, salt, rounds, 32, 'sha512')
  return `{PBKDF2}${rounds}$${salt.toString('base64')}$${hash.toString('base64')}`
}
