import type { Tenant } from '../microsoft/tenant.ts'
import { timeLog } from '../microsoft/time-log.ts'
import type { Source } from '../source.ts'
import { addressOf, clientOf } from './log.ts'
import type { GraphSignInsOptions } from './options.ts'

export { checkGraphSignIns } from './check.ts'
export { GraphSignInsOptions, signInEvents } from './options.ts'

const hourMs = 3_600_000

/** The tenant's sign-in log: a source for each kind of sign-ins. */
export function graphSignIns(tenant: Tenant, { events, lookBackDays, sliceHours }: GraphSignInsOptions): Source[] {
  const client = clientOf(tenant)
  return events.map((event) =>
    timeLog({
      id: `graph-sign-ins:${tenant.id}:${event}`,
      client,
      shape: 'graph-signins',
      address: (span) => addressOf(client, event, span),
      lookBackMs: lookBackDays * 24 * hourMs,
      sliceMs: sliceHours * hourMs,
      retentionDays: 30, // Entra, with P1 or P2.
      of: 'sign-ins',
    }),
  )
}
