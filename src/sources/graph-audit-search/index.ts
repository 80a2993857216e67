import { ConfigError } from '../../errors.ts'
import { parseCursor } from '../microsoft/cursors.ts'
import { graphApi } from '../microsoft/graph.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import type { Source } from '../source.ts'
import { Cursor, spansOf } from './cursor.ts'
import { fingerprintOf, type GraphAuditSearchOptions } from './options.ts'
import { queriesOf } from './queries.ts'
import { search } from './search.ts'

export { GraphAuditSearchOptions } from './options.ts'

const advice = 'give the app the role AuditLogsQuery.Read.All, with an administrator’s consent'

// No quota of requests is documented but Graph's own, which is far higher.
const quota = { name: 'graph-audit-search', perMinute: 240 }

/** A search of the tenant's audit log through Graph. Once all is found, reading it again gives nothing. */
export function graphAuditSearch(
  tenant: Tenant,
  options: GraphAuditSearchOptions,
  deps: Pick<LiveDeps, 'sleep' | 'now'>,
): Source {
  if (!tenant.hasAuditSearch) throw new ConfigError(`the cloud ${tenant.cloud} has no audit search`)
  const client = tenant.client(graphApi(tenant, 'security/auditLog/', advice), quota)
  const queries = queriesOf(client, options)
  const id = `graph-audit-search:${tenant.id}:${fingerprintOf(options)}`
  return {
    id,
    async *read(saved, known, signal) {
      const until = Date.parse(options.until ?? deps.now().toISOString())
      const cursor = parseCursor(id, Cursor, saved) ?? {
        todo: spansOf(Date.parse(options.since), until, options.windowDays),
      }
      yield* search({ id, client, queries, deps, known, signal }, cursor)
    },
  }
}
