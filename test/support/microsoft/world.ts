import { createHmac, randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export const tenantId = '6f1e2d3c-0000-4000-8000-00000000aaaa'
export const clientId = '6f1e2d3c-0000-4000-8000-00000000bbbb'
export const clientSecret = 'hunter2-secret-value'

/** A request as the double's services see it. */
export interface Asked {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What the double's services share: its clock, its address, what it holds. */
export interface World {
  readonly now: () => number
  readonly root: () => string
  readonly roles: Set<string>
  tokenLifetimeMs: number
}

/** An answer with JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}

/** An error as Microsoft's services write it. */
export function failed(status: number, code: string, message: string): Reply {
  return json({ error: { code, message } }, status)
}

const key = randomUUID()

interface Claims {
  readonly tid: string
  readonly aud: string
  readonly exp: number
  readonly roles: readonly string[]
}

/** A token that this double believes, and nobody else. */
export function tokenFor(claims: Claims): string {
  const payload = Buffer.from(JSON.stringify({ ...claims, jti: randomUUID() })).toString('base64url')
  return `token.${payload}.${sign(payload)}`
}

/** Why a request's token is not accepted; undefined when it is. */
export function complaintAbout({ headers }: Asked, { now }: World, audience: string): string | undefined {
  const [, payload = '', signature] = headers.authorization?.match(/^Bearer token\.([^.]+)\.(.+)$/) ?? []
  if (signature === undefined || signature !== sign(payload)) return 'the token is none of ours'
  const { tid, aud, exp }: Claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  if (aud !== audience) return `the token's audience is ${aud}`
  if (tid !== tenantId) return `the token's tenant is ${tid}`
  return exp <= now() ? 'the token has expired' : undefined
}

function sign(payload: string): string {
  return createHmac('sha256', key).update(payload).digest('base64url')
}
