import { dayMs, hourMs } from '../../time/time.ts'
import { clockStep, requestStep, type Step, signOnStep } from '../microsoft/check.ts'
import type { Client } from '../microsoft/client.ts'
import { graphApi, odataQuery } from '../microsoft/graph.ts'
import type { Span } from '../microsoft/passes.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import { timeLog } from '../microsoft/time-log.ts'
import type { Source } from '../source.ts'
import type { GraphSignInsOptions } from './options.ts'

/** The tenant's sign-in log: a source for each kind of sign-ins. */
export function graphSignIns(tenant: Tenant, { events, lookBackDays, sliceHours }: GraphSignInsOptions): Source[] {
  const client = clientOf(tenant)
  return events.map((event) =>
    timeLog({
      id: `graph-sign-ins:${tenant.id}:${event}`,
      client,
      shape: 'graph-signins',
      address: (span) => addressOf(client, event, span),
      lookBackMs: lookBackDays * dayMs,
      sliceMs: sliceHours * hourMs,
      retentionDays: 30, // Entra, with P1 or P2.
      of: 'sign-ins',
    }),
  )
}

/** What reading sign-ins needs: sign-on, roles and licence, clock. */
export function graphSignInsSteps(
  tenant: Tenant,
  { events }: GraphSignInsOptions,
  deps: Pick<LiveDeps, 'now'>,
): Step[] {
  const client = clientOf(tenant)
  const requests = events.map((event) => requestStep(`sign-ins: ${event}`, client, addressOf(client, event)))
  return [signOnStep(tenant, client), ...requests, clockStep(client, deps)]
}

const advice = 'give the app the roles AuditLog.Read.All and Directory.Read.All, with an administrator’s consent'

// The reports have 5 requests in 10 seconds for each app and tenant; a few are left to others.
const quota = { name: 'graph-reports', perMinute: 24 }

/** Graph's sign-in log, as this tenant reaches it. */
function clientOf(tenant: Tenant): Client {
  return tenant.client(graphApi(tenant, 'auditLogs/signIns', advice), quota)
}

/**
 * Where the sign-ins of a span are, or one at all. v1.0 has interactive sign-ins only; the others are in beta, chosen by
 * signInEventTypes. Filters of createdDateTime know eq, le and ge.
 */
function addressOf({ api }: Client, event: GraphSignInsOptions['events'][number], span?: Span): URL {
  const isInteractive = event === 'interactiveUser'
  const kind = isInteractive ? '' : ` and signInEventTypes/any(t: t eq '${event}')`
  const query =
    span === undefined
      ? { $top: '1' }
      : { $filter: `createdDateTime ge ${span.from} and createdDateTime le ${span.to}${kind}`, $top: '1000' }
  return new URL(`/${isInteractive ? 'v1.0' : 'beta'}/auditLogs/signIns?${odataQuery(query)}`, api.root)
}
