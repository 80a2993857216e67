import type { DatabaseSync } from 'node:sqlite'
import { listQuery, query } from '../query.ts'
import { foundOrMade } from '../remember.ts'
import { directoryShapes } from '../shape-names.ts'

/** What is asked for around a record: when, and what was done. */
export interface Wanted {
  readonly time: number
  /** As `plainOperation` gives it. */
  readonly operation: string
}

/** A moment of one dataset, up to and including its end; of one mailbox or operation, where that is known. */
export interface Moment {
  readonly dataset: string
  readonly from: number
  readonly to: number
  readonly mailbox: string | null
  /** In lower case, without blanks around it. */
  readonly operation: string | null
  /** Whether records without an id of their own count, too. */
  readonly hasRows: boolean
}

/** Records that may tell the same, in one open case. */
export interface Neighbours {
  /** Whether Entra's own log of changes is in the case: else there is nothing to compare. */
  hasDirectoryAudits(): boolean
  /** Audit records of the same operation within a second. */
  near(wanted: readonly Wanted[]): readonly Neighbour[]
  /** All records of these moments, of which no two are the same. */
  at(moments: readonly Moment[]): readonly NeighbourThen[]
  /** Another number whenever somebody has written the case (SQLite, "PRAGMA data_version"). */
  version(): number
}

/** For which of those that were asked for, by its place. */
export interface Neighbour {
  readonly of: number
  readonly seq: number
}

/** The same, and the evidence that it stands in. */
export interface NeighbourThen extends Neighbour {
  readonly evidence: number
}

/** Names of shapes as a list in SQL. */
export const listed = (shapes: readonly string[]) => `(${shapes.map((shape) => `'${shape}'`).join(', ')})`

/** How long the ids are that are made of records without one, and no others. */
export const hashLength = 32

/** How far apart the times of one change may stand: the audit log has whole seconds, cut or rounded. */
export const apartMs = 1000

/** An operation of `e` as `Wanted` has it, in SQL. */
export const operationOf = (e: string) => `replace(rtrim(trim(lower(${e}.operation)), '.'), '–', '-')`

/** Looks them up by time, a batch at once. */
export function neighboursOf(db: DatabaseSync): Neighbours {
  const audits = query<{ last: number; has: number }>(
    db,
    `select coalesce((select max(id) from evidence), 0) as last,
      exists (select 1 from evidence where shape in ${listed(directoryShapes)} and id > ?) as has`,
  )
  let [has, seen] = [false, 0]
  // What is wanted is taken out of the JSON once, for a second or a minute may have thousands of records.
  const near = query<Neighbour>(
    db,
    `with w as materialized (select key, value ->> 'time' as time, value ->> 'operation' as operation from json_each(?))
    select w.key as "of", e.seq from w cross join event e indexed by event_key on e.time between w.time - ${apartMs} and w.time + ${apartMs}
    where e.dataset = 'o365.audit' and ${operationOf('e')} = w.operation order by w.key, e.time, e.id`,
  )
  // A second may have thousands of mailboxes, as the traces of a mail to all have: each span is gone through once for all of them.
  const at = query<NeighbourThen & { mailbox: string }>(
    db,
    `with w as materialized (select key, value ->> 'dataset' as dataset, value ->> 'from' as since, value ->> 'to' as until,
      value ->> 'operation' as operation, value ->> 'hasRows' as has_rows, value ->> 'isOfAny' as is_of_any
      from json_each(?))
    select w.key as "of", e.seq, e.evidence, e.mailbox from w cross join event e indexed by event_key on e.time between w.since and w.until
    where e.dataset = w.dataset and (w.has_rows or length(e.id) <> ${hashLength})
      and (w.is_of_any or e.mailbox in (select value from json_each(?))) and (w.operation is null or trim(lower(e.operation)) = w.operation)
    order by w.key, e.seq`,
  )

  function atMoments(moments: readonly Moment[]): readonly NeighbourThen[] {
    const spans = new Map<string, { span: Moment; anyones: number[]; byMailbox: Map<string, number> }>()
    for (const [i, { mailbox, ...rest }] of moments.entries()) {
      const span = { ...rest, mailbox: null }
      const known = foundOrMade(spans, JSON.stringify(span), () => ({ span, anyones: [], byMailbox: new Map() }))
      if (mailbox === null) known.anyones.push(i)
      else known.byMailbox.set(mailbox, i)
    }
    const asked = [...spans.values()]
    const asking = asked.map(({ span, anyones }) => ({ ...span, isOfAny: anyones.length > 0 }))
    const mailboxes = asked.flatMap(({ byMailbox }) => [...byMailbox.keys()])
    return at.all(JSON.stringify(asking), JSON.stringify(mailboxes)).flatMap(({ of, seq, evidence, mailbox }) => {
      const { anyones = [], byMailbox } = asked[of] ?? {}
      return [...anyones, ...[byMailbox?.get(mailbox) ?? []].flat()].map((one) => ({ of: one, seq, evidence }))
    })
  }

  const version = listQuery<[number]>(db, 'pragma data_version')

  return {
    at: atMoments,
    version: () => version.get()?.[0] ?? 0,
    hasDirectoryAudits() {
      if (has) return true
      const more = audits.get(seen) // More may arrive meanwhile.
      ;[has, seen] = [more?.has === 1, Math.max(seen, more?.last ?? 0)]
      return has
    },
    near: (wanted) => near.all(JSON.stringify(wanted.map(({ time, operation }) => ({ time, operation })))),
  }
}
