import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Credentials, TenantOptions } from '#src/sources/microsoft/options.ts'
import { openTenant, type Tenant } from '#src/sources/microsoft/tenant.ts'
import { closed, listening } from '../listening.ts'
import { type Activity, activitiesApi } from './activities.ts'
import { type AuditSearch, auditSearch } from './audit-search.ts'
import { type Certificates, makeCertificates } from './certificates.ts'
import { clockAt } from './clock.ts'
import { login } from './login.ts'
import { type Feed, management } from './management.ts'
import { type MessageTraces, messageTraces } from './message-traces.ts'
import { misbehaviour, perform } from './misbehaviour.ts'
import { noTroubles } from './paged.ts'
import { type SignInLog, signIns } from './sign-ins.ts'
import { type Asked, clientId, clientSecret, type Reply, tenantId, type World } from './world.ts'

/** The time at which a double starts. */
export const start = '2026-03-10T12:00:00.000Z'

/**
 * Microsoft's services on one local HTTPS server: strict about what the documentation says, and bad on command. It answers `latencyMs` after
 * it was asked.
 */
export async function microsoftDouble({ latencyMs = 0 } = {}) {
  const certificates = sharedCertificates()
  const clock = clockAt(start)
  const faults = misbehaviour()
  const requests: Asked[] = []
  let skewMs = 0
  let tellsTime = true
  let port = 0
  const world: World = {
    now: () => clock.now() + skewMs,
    root: () => `https://127.0.0.1:${port}`,
    roles: new Set([
      'ActivityFeed.Read',
      'AuditLog.Read.All',
      'Directory.Read.All',
      'AuditLogsQuery.Read.All',
      'ExchangeMessageTrace.Read.All',
    ]),
    tokenLifetimeMs: 3_600_000,
  }
  const feed: Feed = { blobs: [], subscriptions: new Map(), starts: [], pageSize: 3, isAuditOn: true }
  const log: SignInLog = { signIns: [], pageSize: 4, isPremium: true, troubles: noTroubles() }
  const traces: MessageTraces = { traces: [], pageSize: 4, hasPrincipal: true }
  const search: AuditSearch = {
    records: [],
    queries: [],
    endings: [],
    limit: 1000,
    pageSize: 3,
    spoiled: new Set(),
    forgets: () => 0,
  }
  const activities: Activity[] = []
  const services = [
    login(world, certificates.clientFile),
    management(world, feed),
    signIns(world, log),
    messageTraces(world, traces),
    auditSearch(world, search),
    activitiesApi(world, activities),
  ]

  const server = createServer(
    { key: certificates.serverKey, cert: certificates.serverCertificate },
    async (request, response) => {
      const asked = await askedBy(request, world.root()).catch(() => undefined)
      if (asked === undefined) return // The client hung up.
      requests.push(asked)
      const play = faults.next(`${asked.method} ${asked.url.pathname}${asked.url.search}`)
      const reply = services.map((service) => service(asked)).find((each) => each !== undefined) ?? nothingHere
      response.sendDate = false // Else Node would tell what time it is here.
      if (tellsTime) response.setHeader('date', new Date(world.now()).toUTCString())
      if (latencyMs > 0) await sleep(latencyMs)
      await perform(response, reply, play)
    },
  )
  port = await listening(server)

  const tenants: Tenant[] = []
  return {
    clock,
    deps: clock.deps,
    feed,
    log,
    traces,
    search,
    activities,
    world,
    requests,
    certificates,
    order: faults.order,
    onAny: faults.onAny,
    skew: (ms: number) => {
      skewMs = ms
    },
    /** No answer says any more what time it is. */
    hideTime: () => {
      tellsTime = false
    },
    /** A tenant whose every service is this double. */
    tenant(credentials: Credentials = { type: 'secret', clientId, clientSecret }, network: object = {}): Tenant {
      const root = world.root()
      const options = TenantOptions.parse({
        tenant: tenantId,
        credentials,
        network: {
          caFile: certificates.authorityFile,
          noProxy: '*',
          stallTimeoutMs: 200,
          answerTimeoutMs: 400,
          ...network,
        },
        endpoints: { login: root, management: root, graph: root },
      })
      const tenant = openTenant(options, clock.deps)
      tenants.push(tenant)
      return tenant
    },
    async close() {
      await Promise.all(tenants.map((tenant) => tenant.close()))
      await closed(server)
    },
  }
}

let made: Certificates | undefined

/** Made once for all doubles of a test file: an RSA key takes its time. */
function sharedCertificates(): Certificates {
  if (made !== undefined) return made
  const certificates = makeCertificates()
  process.once('exit', certificates.remove)
  made = certificates
  return certificates
}

export type Double = Awaited<ReturnType<typeof microsoftDouble>>

const nothingHere: Reply = { status: 404, body: 'nothing here' }

async function askedBy(request: IncomingMessage, root: string): Promise<Asked> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const url = new URL(request.url ?? '/', root)
  return { method: request.method ?? '', url, headers: request.headers, body: Buffer.concat(parts).toString() }
}
