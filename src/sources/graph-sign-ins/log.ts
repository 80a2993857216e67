import type { Client } from '../microsoft/client.ts'
import { graphApi, odataQuery } from '../microsoft/graph.ts'
import type { Span } from '../microsoft/passes.ts'
import type { Tenant } from '../microsoft/tenant.ts'
import type { GraphSignInsOptions } from './options.ts'

const advice = 'give the app the roles AuditLog.Read.All and Directory.Read.All, with an administrator’s consent'

// The reports have 5 requests in 10 seconds for each app and tenant; a few are left to others.
const quota = { name: 'graph-reports', perMinute: 24 }

export type SignInEvent = GraphSignInsOptions['events'][number]

/** Graph's sign-in log, as this tenant reaches it. */
export function clientOf(tenant: Tenant): Client {
  return tenant.client(graphApi(tenant, 'auditLogs/signIns', advice), quota)
}

/**
 * Where the sign-ins of a span are, or one at all. v1.0 has interactive sign-ins only; the others are in beta, chosen by
 * signInEventTypes. Filters of createdDateTime know eq, le and ge.
 */
export function addressOf({ api }: Client, event: SignInEvent, span?: Span): URL {
  const isInteractive = event === 'interactiveUser'
  const kind = isInteractive ? '' : ` and signInEventTypes/any(t: t eq '${event}')`
  const query =
    span === undefined
      ? { $top: '1' }
      : { $filter: `createdDateTime ge ${span.from} and createdDateTime le ${span.to}${kind}`, $top: '1000' }
  return new URL(`/${isInteractive ? 'v1.0' : 'beta'}/auditLogs/signIns?${odataQuery(query)}`, api.root)
}
