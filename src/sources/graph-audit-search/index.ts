import { clockStep, requestStep, type Step, signOnStep } from '../microsoft/check.ts'
import { parseCursor } from '../microsoft/cursors.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import type { Source } from '../source.ts'
import { Cursor, spansOf } from './cursor.ts'
import { filtersOf, fingerprintOf, type GraphAuditSearchOptions } from './options.ts'
import { clientOf, queriesOf } from './queries.ts'
import { search } from './search.ts'

/** A search of the tenant's audit log through Graph. Once all is found, reading it again gives nothing. */
export function graphAuditSearch(
  tenant: Tenant,
  options: GraphAuditSearchOptions,
  deps: Pick<LiveDeps, 'sleep' | 'now'>,
): Source {
  const client = clientOf(tenant)
  const queries = queriesOf(client, options)
  const isOfAll = Object.keys(filtersOf(options)).length === 0
  const all = isOfAll ? { streams: `management-api:${tenant.id}:`, from: options.since } : undefined
  const id = `graph-audit-search:${tenant.id}:${fingerprintOf(options)}`
  async function begin(signal: AbortSignal): Promise<Cursor> {
    const until = options.until === undefined ? await queries.now(signal) : Date.parse(options.until)
    return { todo: spansOf(Date.parse(options.since), until, options.windowDays) }
  }

  return {
    id,
    async *read(saved, known, signal) {
      yield* search(
        { id, client, queries, deps, known, signal, all },
        parseCursor(id, Cursor, saved) ?? (await begin(signal)),
      )
    },
  }
}

/** What searching the audit log needs: a cloud that has it, sign-on, role, clock. Submits nothing. */
export function graphAuditSearchSteps(
  tenant: Tenant,
  { version }: GraphAuditSearchOptions,
  deps: Pick<LiveDeps, 'now'>,
): Step[] {
  const client = clientOf(tenant)
  const list = new URL(`/${version}/security/auditLog/queries`, client.api.root)
  return [signOnStep(tenant, client), requestStep('audit search', client, list), clockStep(client, deps)]
}
