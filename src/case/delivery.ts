import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { listQuery, numberIn, query } from '../query.ts'
import { makerName } from '../version.ts'
import { Again, Cursor, type DeliveryCursor } from './delivery-cursor.ts'
import { publishing } from './entry-writer.ts'
import { makeIndexes, mentionsOfEvent } from './join-indexes.ts'
import { markInFlight, markStale, namedPlace } from './mark-stale.ts'
import { marksVersion } from './marks.ts'
import { isDelivered } from './stale-rows.ts'

/** Prefix of the streams that keep what has to be looked at again. */
const again = 'again:'

/** Why an event may be sent once more: its document is another one now, or marked; it was refused, as a new one or in place of one left `standing`. */
export type Reopened = 'stale' | 'marked' | 'reject' | 'standing'

/** Begins the reason where what was there was to be another document and is what it was. */
const standing = 'stays as it was: '

/** What became of some events: refused ones with the reason, and the mails that the delivered ones name. */
export interface Fates {
  readonly rejected: readonly { readonly seq: number; readonly reason: string }[]
  /** Whether those that were refused are there as they were before. */
  readonly areThere?: boolean
  /** In pairs: the item's hash, the event. */
  readonly mentions: Float64Array
}

/** Where a delivery goes on. */
export interface Begun {
  readonly cursor: DeliveryCursor
  readonly last: number
  readonly takesOver: boolean
}

/** The books of what one place has got of a case. */
export interface Delivery {
  /**
   * Where to go on, with the sequence number of the last event there is. Whatever was stored since the last time and changes
   * documents that are there already has marked these as stale; so it has the `inFlight` events behind the cursor, which may be there.
   * Where other marks are set since then, and with `isAgain`, all that is there is to be looked at again; `takesOver` says that it was asked for.
   */
  begin(inFlight: number, isAgain?: boolean): Begun
  /** The events that were delivered last, at most `size`. */
  newest(size: number): number[]
  /** Moves the cursor, and keeps what became of what lies before it. */
  advance(cursor: DeliveryCursor, fates: Fates): void
  /**
   * Events to be sent once more, in lists of at most `size`; to be settled in this order while they are walked through. What is looked at again
   * for marks comes last first: that is what somebody looks at who marks. What was refused is not there, and comes in its own turn.
   */
  open(kind: Reopened, size: number): Generator<number[]>
  /** Takes events off all lists; those that were refused again go back on theirs. */
  settle(kind: Reopened, seqs: readonly number[], fates: Fates): void
  /** Says that all that `open` gave of a kind is settled. */
  close(kind: Reopened): void
  /** Why documents were refused that still are, the most frequent reason first. */
  refusals(limit: number): Refusal[]
  /** How many documents were refused and still are. */
  countRefused(): number
  /** How many of the delivered documents are to be sent or looked at once more, at most; 0 when none is. */
  countStale(): number
  /** Whether documents that are there were made by another version of this program, of events that the case still has. */
  hasOthers(): boolean
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
  const drop = db.prepare('delete from cursor where stream = ?')
  const reject = db.prepare(`insert into reject (stream, event, reason) values (?, ?, ?)
    on conflict do update set reason = excluded.reason`)
  const mention = db.prepare('insert into mention values (?, ?)')
  const dropStale = db.prepare('delete from stale where stream = ?')
  const settled = ['stale', 'reject'].map((table) =>
    db.prepare(`delete from ${table} where stream = ? and event in (select value from json_each(?))`),
  )
  const pages = {
    // What was refused is not there, and made anew when it has its turn.
    stale: query<{ event: number }>(
      db,
      `select event from stale s where stream = ?1 and event > ?2
      and not exists (select 1 from reject where stream = ?1 and event = s.event) order by event limit ?3`,
    ),
    reject: query<{ event: number }>(db, refusedOnes('not glob')),
    standing: query<{ event: number }>(db, refusedOnes('glob')),
  }
  const downwards = listQuery<[seq: number, isThere: number]>(
    db,
    `select seq, ${isDelivered} and not exists (select 1 from reject where stream = :stream and event = e.seq)
    from (select seq, time, id from event where seq < :below order by seq desc limit :size) e`,
  )
  const knownMentions = listQuery<[event: number, item: number]>(
    db,
    'select event, item from mention where event in (select value from json_each(?))',
  )

  const readCursor = () => {
    const saved = find.get(stream)
    return saved === undefined ? undefined : Cursor.parse(JSON.parse(saved.value))
  }
  const readAgain = () => {
    const saved = find.get(again + sink)
    return saved === undefined ? undefined : Again.parse(JSON.parse(saved.value))
  }

  function keep({ rejected, areThere, mentions }: Fates, isKnown = (_event: number, _item: number) => false): void {
    for (const { seq, reason } of rejected) reject.run(stream, seq, areThere ? standing + reason : reason)
    for (let i = 0; i < mentions.length; i += 2) {
      const [item, event] = [mentions[i] as number, mentions[i + 1] as number]
      if (!isKnown(event, item)) mention.run(item, event)
    }
  }

  /** Which mentions are kept already: with each mark there would be as many more. */
  function mentionedBy(seqs: readonly number[]) {
    const known = new Map<number, Set<number>>()
    for (const [event, item] of knownMentions.iterate(JSON.stringify(seqs))) {
      known.set(event, (known.get(event) ?? new Set()).add(item))
    }
    return (event: number, item: number) => known.get(event)?.has(item) === true
  }

  function* listed(kind: Exclude<Reopened, 'marked'>, size: number): Generator<number[]> {
    for (let after = 0; ; ) {
      const seqs = pages[kind].all(stream, after, size).map(({ event }) => event)
      if (seqs.length === 0) return
      yield seqs
      after = seqs.at(-1) as number
    }
  }

  function* marked(size: number): Generator<number[]> {
    const place = readAgain()
    if (place === undefined) return
    for (let { below } = place; ; ) {
      const rows = downwards.all({ stream, ...namedPlace(place), below, size })
      if (rows.length === 0) return
      const seqs = rows.filter(([, isThere]) => isThere === 1).map(([seq]) => seq)
      if (seqs.length > 0) yield seqs
      below = rows.at(-1)?.[0] as number
    }
  }

  /** All of the place, from its end: what was looked at for an earlier mark is looked at again. */
  function lookAgain({ after, until, at }: DeliveryCursor, isAgain: boolean): void {
    const end = at === undefined ? after : until
    const takesOver = isAgain || readAgain()?.takesOver
    const place = { after, until, at, below: end + 1, maker: makerName(), takesOver }
    if (end > 0 || isAgain) save.run(again + sink, JSON.stringify(place))
  }

  /** All of it was looked at: by this version, if it began with that. */
  function endLook(): void {
    const [place, cursor] = [readAgain(), readCursor()]
    drop.run(again + sink)
    if (cursor !== undefined && place?.maker === cursor.maker)
      save.run(stream, JSON.stringify({ ...cursor, byOthers: 0 }))
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
        const cursor = readCursor()
        const marks = marksVersion(db)
        const isMarkedAnew = isAgain || marks !== cursor?.marks
        if (cursor !== undefined && (isMarkedAnew || facts > cursor.facts || superseded > cursor.superseded)) {
          markInFlight(db, stream, cursor, inFlight)
          if (isMarkedAnew) lookAgain(cursor, isAgain)
          else markStale(db, stream, cursor)
        }
        const { case: own = randomUUID() } = cursor ?? {}
        const { until, byOthers } = cursor ?? { until: 0, byOthers: 0 }
        const maker = makerName()
        const made = { maker, byOthers: maker === cursor?.maker ? byOthers : until }
        const next = {
          ...(cursor ?? { after: 0, until: facts, done: 0 }),
          facts,
          superseded,
          marks,
          ...made,
          case: own,
        }
        // Saved before anything is sent: whoever goes on after a crash finds the same events in the same order behind it.
        save.run(stream, JSON.stringify(next))
        if (cursor === undefined && isAgain) lookAgain(next, true) // At nothing, but what is new is asked for in the same way.
        forgetHeeded(db)
        return { cursor: next, last: facts, takesOver: isAgain || readAgain()?.takesOver === true }
      }),
    newest(size) {
      const cursor = readCursor()
      if (cursor === undefined) return []
      const rows = downwards.all({ stream, ...namedPlace(cursor), below: cursor.until + 1, size })
      return rows.filter(([, isThere]) => isThere === 1).map(([seq]) => seq)
    },
    advance,
    *open(kind, size) {
      let isFirst = true
      for (const seqs of kind === 'marked' ? marked(size) : listed(kind, size)) {
        if (isFirst) makeIndexes(db, [mentionsOfEvent])
        isFirst = false
        yield seqs
      }
    },
    settle: (kind, seqs, fates) =>
      transaction(() => {
        for (const statement of settled) statement.run(stream, JSON.stringify(seqs))
        keep(fates, mentionedBy(seqs))
        if (kind === 'marked') save.run(again + sink, JSON.stringify({ ...readAgain(), below: seqs.at(-1) }))
      }),
    close(kind) {
      if (kind === 'marked') transaction(endLook)
      if (kind === 'stale') dropStale.run(stream)
    },
    hasOthers: () =>
      query(db, 'select 1 from event where seq <= ? limit 1').get(readCursor()?.byOthers ?? 0) !== undefined,
    countRefused: () => numberIn(db, refused, stream),
    countStale() {
      const listed = numberIn(db, 'select count(*) from stale where stream = ?', stream)
      const { below = 0 } = readAgain() ?? {}
      return listed + Math.max(0, below - Math.max(1, numberIn(db, 'select min(seq) from event')))
    },
    refusals: (limit) => query<Refusal>(db, refusals).all(stream, limit),
  }
}

const refusedOnes = (how: 'glob' | 'not glob') => `select event from reject
  where stream = ? and event is not null and reason ${how} '${standing}*' and event > ? order by event limit ?`
const refused = 'select count(*) from reject where stream = ? and event is not null'
const refusals = `select reason, count(*) as documents, min(e.id) as example from reject r join event e on e.seq = r.event
  where stream = ? group by reason order by documents desc, example limit ?`

/** Drops superseded facts that every stream has heeded. */
function forgetHeeded(db: DatabaseSync): void {
  db.exec(`delete from superseded where id <= (
    select min(value ->> 'superseded') from cursor where stream glob '${publishing}*')`)
}
