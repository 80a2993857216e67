import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { numberIn, query } from '../query.ts'
import { markStale } from './mark-stale.ts'
import { marksVersion } from './marks.ts'
import { publishing } from './superseded.ts'

/** Everything up to `after` is delivered; of what follows up to `until`, in time order, all up to `at`. */
const Cursor = z.object({
  after: z.int(),
  until: z.int(),
  at: z.object({ time: z.int(), id: z.string() }).optional(),
  /** The last event whose logons and mails every delivered document was joined to, or is marked to be. */
  facts: z.int(),
  /** The last superseded fact that was heeded, in the same way. */
  superseded: z.int(),
  /** What was marked when they were made. */
  marks: z.string().default(''),
  /** By which the place knows this case, for others may deliver there too. */
  case: z.string().default(() => randomUUID()),
})
/** Where the delivery of a case to one place stands. */
export type DeliveryCursor = z.output<typeof Cursor>

/** What became of some events: refused ones with the reason, and the mails that the delivered ones name. */
export interface Fates {
  readonly rejected: readonly { readonly seq: number; readonly reason: string }[]
  /** In pairs: the item's hash, the event. */
  readonly mentions: Float64Array
}

/** The books of what one place has got of a case. */
export interface Delivery {
  /**
   * Where to go on, with the sequence number of the last event there is. Whatever was stored since the last time and changes
   * documents that are there already has marked these as stale; so it has the `inFlight` events behind the cursor, which may be there.
   * With `isAgain` all that is there is stale.
   */
  begin(inFlight: number, isAgain?: boolean): { readonly cursor: DeliveryCursor; readonly last: number }
  /** Moves the cursor, and keeps what became of what lies before it. */
  advance(cursor: DeliveryCursor, fates: Fates): void
  /** Stale events, or those that were refused, in lists of at most `size`; to be settled while they are walked through. */
  open(kind: 'stale' | 'reject', size: number): Generator<number[]>
  /** Takes events off both lists; those that were refused again go back on theirs. */
  settle(seqs: readonly number[], fates: Fates): void
  /** Why documents were refused that still are, the most frequent reason first. */
  refusals(limit: number): Refusal[]
  /** How many documents were refused and still are. */
  countRefused(): number
  /** How many delivered documents have become different. */
  countStale(): number
}

export interface Refusal {
  readonly reason: string
  readonly documents: number
  /** The `event.id` of one of them. */
  readonly example: string
}

/** The books of the place that `sink` names; `transaction` runs its argument in one. */
export function deliveryOf(
  db: DatabaseSync,
  sink: string,
  transaction: <Result>(work: () => Result) => Result,
): Delivery {
  const stream = publishing + sink
  const find = query<{ value: string }>(db, 'select value from cursor where stream = ?')
  const save = db.prepare('insert into cursor values (?, ?) on conflict do update set value = excluded.value')
  const newest = query<{ facts: number; superseded: number }>(
    db,
    `select coalesce((select max(seq) from event), 0) as facts,
    coalesce((select seq from sqlite_sequence where name = 'superseded'), 0) as superseded`,
  )
  const reject = db.prepare(`insert into reject (stream, event, reason) values (?, ?, ?)
    on conflict do update set reason = excluded.reason`)
  const mention = db.prepare('insert into mention values (?, ?)')
  const settled = ['stale', 'reject'].map((table) =>
    db.prepare(`delete from ${table} where stream = ? and event in (select value from json_each(?))`),
  )
  const pages = {
    stale: query<{ event: number }>(
      db,
      'select event from stale where stream = ? and event > ? order by event limit ?',
    ),
    reject: query<{ event: number }>(
      db,
      'select event from reject where stream = ? and event is not null and event > ? order by event limit ?',
    ),
  }

  function keep({ rejected, mentions }: Fates): void {
    for (const { seq, reason } of rejected) reject.run(stream, seq, reason)
    for (let i = 0; i < mentions.length; i += 2) mention.run(mentions[i] as number, mentions[i + 1] as number)
  }

  function advance(cursor: DeliveryCursor, fates: Fates): void {
    transaction(() => {
      keep(fates)
      save.run(stream, JSON.stringify(cursor))
    })
  }

  return {
    begin: (inFlight, isAgain = false) =>
      transaction(() => {
        const { facts = 0, superseded = 0 } = newest.get() ?? {}
        const saved = find.get(stream)
        const cursor = saved === undefined ? undefined : Cursor.parse(JSON.parse(saved.value))
        const marks = marksVersion(db)
        const isMarkedAnew = isAgain || marks !== cursor?.marks
        if (cursor !== undefined && (isMarkedAnew || facts > cursor.facts || superseded > cursor.superseded)) {
          markStale(db, stream, cursor, { inFlight, isMarkedAnew })
        }
        const { case: own = randomUUID() } = cursor ?? {}
        const next = { ...(cursor ?? { after: 0, until: facts }), facts, superseded, marks, case: own }
        // Saved before anything is sent: whoever goes on after a crash finds the same events in the same order behind it.
        save.run(stream, JSON.stringify(next))
        forgetHeeded(db)
        return { cursor: next, last: facts }
      }),
    advance,
    *open(kind, size) {
      for (let after = 0; ; ) {
        const seqs = pages[kind].all(stream, after, size).map(({ event }) => event)
        if (seqs.length === 0) return
        yield seqs
        after = seqs.at(-1) as number
      }
    },
    settle: (seqs, fates) =>
      transaction(() => {
        for (const statement of settled) statement.run(stream, JSON.stringify(seqs))
        keep(fates)
      }),
    countRefused: () => numberIn(db, refused, stream),
    countStale: () => numberIn(db, 'select count(*) from stale where stream = ?', stream),
    refusals: (limit) => query<Refusal>(db, refusals).all(stream, limit),
  }
}

const refused = 'select count(*) from reject where stream = ? and event is not null'
const refusals = `select reason, count(*) as documents, min(e.id) as example from reject r join event e on e.seq = r.event
  where stream = ? group by reason order by documents desc, example limit ?`

/** Drops superseded facts that every stream has heeded. */
function forgetHeeded(db: DatabaseSync): void {
  db.exec(`delete from superseded where id <= (
    select min(value ->> 'superseded') from cursor where stream glob '${publishing}*')`)
}
