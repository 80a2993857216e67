import type { DatabaseSync } from 'node:sqlite'
import type { Behind } from '../evidence.ts'
import { query } from '../query.ts'
import { dayMs } from '../time/time.ts'

/**
 * What a collector has not read to its end for a day, though something else of it came to its end since, and searches that are not done: of all this
 * nothing tells how far its records go. By what the collector notes of each stream (`src/collect/watch.ts`) and its cursor.
 */
export const behind = `with status as (select substr(stream, length('status:') + 1) as stream, value ->> 'doneUntil' as done,
    coalesce(value ->> 'doneUntil', value ->> 'watchedSince') as at from cursor where stream glob 'status:*'),
  search as (select stream, coalesce(value ->> '$.search.from', value ->> '$.todo[0].from') as "from",
    coalesce(value ->> '$.todo[#-1].to', value ->> '$.search.to') as "to" from cursor where stream glob 'graph-audit-search:*')
  select stream, case when done is null then 'never' else 'since' end as how,
    strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') as "from", null as "to" from status
    where stream glob '*:*' and stream not glob 'graph-audit-search:*' and (select max(at) from status) - at > ${dayMs}
  union all select stream, 'search', "from", "to" from search where "from" is not null order by stream`

/** The streams of a case that are behind. */
export function behindIn(db: DatabaseSync): Behind[] {
  return query<Omit<Behind, 'to'> & { readonly to: string | null }>(db, behind)
    .all()
    .map(({ to, ...stream }) => ({ ...stream, ...(to !== null && { to }) }))
}
