import { parseCursor } from '../microsoft/cursors.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import type { Source } from '../source.ts'
import { Cursor, spansOf } from './cursor.ts'
import { fingerprintOf, type GraphAuditSearchOptions } from './options.ts'
import { clientOf, queriesOf } from './queries.ts'
import { search } from './search.ts'

export { checkGraphAuditSearch } from './check.ts'
export { GraphAuditSearchOptions } from './options.ts'

/** A search of the tenant's audit log through Graph. Once all is found, reading it again gives nothing. */
export function graphAuditSearch(
  tenant: Tenant,
  options: GraphAuditSearchOptions,
  deps: Pick<LiveDeps, 'sleep' | 'now'>,
): Source {
  const client = clientOf(tenant)
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
