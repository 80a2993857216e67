import type { Tenant } from '../microsoft/tenant.ts'
import { timeLog } from '../microsoft/time-log.ts'
import type { Source } from '../source.ts'
import { addressOf, clientOf, mailsOf } from './log.ts'
import type { GraphMessageTracesOptions } from './options.ts'

export { checkGraphMessageTraces } from './check.ts'
export { GraphMessageTracesOptions } from './options.ts'

const hourMs = 3_600_000

/** The tenant's message traces: what mails came and went, and what became of them. */
export function graphMessageTraces(tenant: Tenant, options: GraphMessageTracesOptions): Source[] {
  const client = clientOf(tenant)
  return mailsOf(options).map((mails) =>
    timeLog({
      id: `graph-message-traces:${tenant.id}:${mails.name}`,
      client,
      shape: 'message-trace-json',
      address: (span) => addressOf(client, mails, span),
      lookBackMs: options.lookBackDays * 24 * hourMs,
      sliceMs: options.sliceHours * hourMs,
      retentionDays: 90,
      of: 'message traces',
    }),
  )
}
