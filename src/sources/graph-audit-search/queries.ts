import { z } from 'zod'
import { ConfigError } from '../../errors.ts'
import { type Client, expected } from '../microsoft/client.ts'
import { unread } from '../microsoft/exchange.ts'
import { graphApi } from '../microsoft/graph.ts'
import { askJson } from '../microsoft/json.ts'
import type { Tenant } from '../microsoft/tenant.ts'
import type { Search } from './cursor.ts'
import { filtersOf, type GraphAuditSearchOptions } from './options.ts'

const Query = z.looseObject({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  status: z.string(),
  /** A search may succeed and still not have found all there is. */
  isRecordCountLimitExceeded: z.boolean().nullish(),
})
export type Query = z.output<typeof Query>

const Queries = z.looseObject({ value: z.array(Query), '@odata.nextLink': z.url().optional() })

/** Graph's audit log queries. */
export interface Queries {
  /** The id of the query with this search's name, if it was submitted before. */
  find(search: Search, signal: AbortSignal): Promise<string | undefined>
  submit(search: Search, signal: AbortSignal): Promise<string>
  /** Undefined when there is no such query any more. */
  status(id: string, signal: AbortSignal): Promise<Query | undefined>
  recordsOf(id: string): URL
  /** What time it is there: by a clock of ours that is late the end of what is asked for would be missing. */
  now(signal: AbortSignal): Promise<number>
}

const advice = 'give the app the role AuditLogsQuery.Read.All, with an administrator’s consent'

// No quota of requests is documented but Graph's own, which is far higher.
const quota = { name: 'graph-audit-search', perMinute: 240 }

/** Graph's audit search, as this tenant reaches it. Throws `ConfigError` where the cloud has none. */
export function clientOf(tenant: Tenant): Client {
  if (!tenant.isGlobal) throw new ConfigError(`the cloud ${tenant.cloud} has no audit search`)
  return tenant.client(graphApi(tenant, 'security/auditLog/', advice), quota)
}

const maxPages = 100

/** The queries that `options` ask for. */
export function queriesOf(client: Client, options: GraphAuditSearchOptions): Queries {
  const address = (path = '') => new URL(`/${options.version}/security/auditLog/queries${path}`, client.api.root)

  return {
    async find({ name }, signal) {
      let url: URL | undefined = address()
      for (let page = 0; url !== undefined && page < maxPages; page += 1) {
        const asked: URL = url
        const { data } = expected(client, await askJson(client, { url: asked, schema: Queries }, signal))
        const found = data.value.find(({ displayName }) => displayName === name)
        if (found !== undefined) return found.id
        const next = data['@odata.nextLink']
        url = next === undefined ? undefined : new URL(next)
      }
      return undefined
    },
    async submit(search, signal) {
      const body = JSON.stringify({
        '@odata.type': '#microsoft.graph.security.auditLogQuery',
        displayName: search.name,
        filterStartDateTime: search.from,
        filterEndDateTime: search.to,
        ...filtersOf(options),
      })
      // Once only: a submission whose answer is lost may have been taken, and each is counted against a quota.
      const ask = {
        method: 'POST',
        url: address(),
        body,
        attempts: 1,
        headers: { 'content-type': 'application/json' },
      } as const
      return expected(client, await askJson(client, { ...ask, schema: Query }, signal)).data.id
    },
    async status(id, signal) {
      const asked = await askJson(client, { url: address(`/${encodeURIComponent(id)}`), schema: Query }, signal)
      if (asked.problem?.action === 'gone') return undefined
      return expected(client, asked).data
    },
    recordsOf: (id) => address(`/${encodeURIComponent(id)}/records`),
    async now(signal) {
      if (!client.isTimeTold()) await client.send({ url: address() }, unread, signal)
      return client.serverNow()
    },
  }
}
