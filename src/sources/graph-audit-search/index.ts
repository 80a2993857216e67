import { clockStep, requestStep, type Step, signOnStep } from '../microsoft/check.ts'
import { parseCursor } from '../microsoft/cursors.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import type { Part, Source } from '../source.ts'
import { Cursor, lateOf, spansOf } from './cursor.ts'
import { filtersOf, fingerprintOf, type GraphAuditSearchOptions } from './options.ts'
import { clientOf, queriesOf } from './queries.ts'
import { lateGap, search } from './search.ts'

/**
 * A search of the tenant's audit log through Graph. What was searched too early to be complete is a gap until it is searched again, days later;
 * once all is found, reading it again gives nothing.
 */
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
  async function* begin(signal: AbortSignal): AsyncGenerator<Part, Cursor> {
    const now = await queries.now(signal)
    const span = { from: options.since, to: options.until ?? new Date(now).toISOString() }
    const todo = spansOf(Date.parse(span.from), Date.parse(span.to), options.windowDays)
    const late = todo.length === 0 ? undefined : lateOf(span, now)
    if (late === undefined) return { todo }
    yield { cursor: { todo, late }, gaps: [lateGap(id, late)] }
    return { todo, late }
  }

  return {
    id,
    async *read(saved, known, signal) {
      const cursor = parseCursor(id, Cursor, saved) ?? (yield* begin(signal))
      yield* search({ id, client, queries, deps, known, signal, all, windowDays: options.windowDays }, cursor)
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
