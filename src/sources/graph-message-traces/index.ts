import { hash } from 'node:crypto'
import { ConfigError } from '../../errors.ts'
import { dayMs, hourMs } from '../../time/time.ts'
import { clockStep, requestStep, type Step, signOnStep } from '../microsoft/check.ts'
import type { Client } from '../microsoft/client.ts'
import { graphApi, odataQuery } from '../microsoft/graph.ts'
import type { Span } from '../microsoft/passes.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import { timeLog } from '../microsoft/time-log.ts'
import type { Source } from '../source.ts'
import type { GraphMessageTracesOptions } from './options.ts'

/** The tenant's message traces: what mails came and went, and what became of them. */
export function graphMessageTraces(tenant: Tenant, options: GraphMessageTracesOptions): Source[] {
  const client = clientOf(tenant)
  return mailsOf(options).map((mails) =>
    timeLog({
      id: `graph-message-traces:${tenant.id}:${mails.name}`,
      client,
      shape: 'message-trace-json',
      address: (span) => addressOf(client, mails, span),
      lookBackMs: options.lookBackDays * dayMs,
      sliceMs: options.sliceHours * hourMs,
      // "If you enter a timeframe that's older than 90 days, you receive an error" (Get-MessageTraceDetailV2, whose log this is).
      retentionDays: 90,
      marginMs: hourMs,
      of: 'message traces',
    }),
  )
}

/** What reading message traces needs: sign-on, role, clock. */
export function graphMessageTracesSteps(
  tenant: Tenant,
  options: GraphMessageTracesOptions,
  deps: Pick<LiveDeps, 'now'>,
): Step[] {
  const client = clientOf(tenant)
  const [mails] = mailsOf(options)
  const request = requestStep('message traces', client, addressOf(client, mails))
  return [signOnStep(tenant, client), request, clockStep(client, deps)]
}

/** Exchange answers in the name of an application of Microsoft's, which a tenant may lack ("onboarding guide"). */
const exchangesApp = '8bd644d1-64a1-4d4b-ae52-2e0cbf64e373'
const advice = `give the app the role ExchangeMessageTrace.Read.All, with an administrator’s consent; where the service principal of ${exchangesApp} is missing, create it (New-MgServicePrincipal -AppId ${exchangesApp}) and wait some hours`

// A tenant has 100 requests in 5 minutes, whoever asks; a few are left to others.
const quota = { name: 'graph-message-traces', perMinute: 16 }

/** Which mails: all, or those that one address sent or received. */
interface Mails {
  /** Part of the stream's name, which logs tell: no address. */
  readonly name: string
  readonly filter: string
}

/** The mails of each stream: sent and received ones apart, for a filter of both is not documented. */
function mailsOf({ mailboxes }: GraphMessageTracesOptions): [Mails, ...Mails[]] {
  if (mailboxes.length === 0) return [{ name: 'all', filter: '' }]
  const distinct = [...new Set(mailboxes.map((mailbox) => mailbox.toLowerCase()))]
  const each = distinct.flatMap((mailbox) =>
    ['sender', 'recipient'].map((role) => ({
      name: `${role}-${hash('sha256', mailbox, 'hex').slice(0, 12)}`,
      filter: ` and ${role}Address eq '${mailbox.replaceAll("'", "''")}'`,
    })),
  )
  return each as [Mails, ...Mails[]] // There is a mailbox.
}

/** Graph's message traces, as this tenant reaches them. Throws `ConfigError` where its cloud has none. */
function clientOf(tenant: Tenant): Client {
  if (!tenant.isGlobal) throw new ConfigError(`the cloud ${tenant.cloud} has no message traces in Graph`)
  return tenant.client(graphApi(tenant, 'admin/exchange/tracing/messageTraces', advice), quota)
}

/** Where the traces of a span are (at most 10 days), or one at all. */
function addressOf({ api }: Client, { filter }: Mails, span?: Span): URL {
  const query =
    span === undefined
      ? { $top: '1' }
      : { $filter: `receivedDateTime ge ${span.from} and receivedDateTime le ${span.to}${filter}`, $top: '5000' }
  return new URL(`/v1.0/admin/exchange/tracing/messageTraces?${odataQuery(query)}`, api.root)
}
