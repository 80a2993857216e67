import type { DatabaseSync } from 'node:sqlite'
import type { Dataset } from '../activity.ts'
import type { Format } from '../entry.ts'
import { type Judge, judgeOf, type Mark } from '../marks.ts'
import { listQuery, numberIn, query } from '../query.ts'
import { once } from '../remember.ts'
import { openForReading } from './database.ts'
import { type FirstSeen, firstSeenOf, type Surroundings, unknownSurroundings } from './first-seen.ts'
import { type Joins, joinsOf } from './joins.ts'
import { marksIn } from './marks.ts'
import { type Neighbours, neighboursOf } from './neighbours.ts'
import { type OtherCopy, otherCopiesIn } from './other-copies.ts'
import { type Sessions, sessionsOf } from './sessions.ts'
import { type UserNames, userNamesOf } from './user-names.ts'

/** A stored activity with where it was first seen. */
export interface StoredActivity {
  readonly seq: number
  readonly dataset: Dataset
  readonly id: string
  readonly time: number
  readonly operation: string
  readonly mailbox: string
  readonly content: string
  readonly row: number
  readonly evidence: StoredEvidence
  /** Copies that say what this one does not: most have none. */
  readonly others?: readonly OtherCopy<StoredEvidence>[]
}

/** Where a record stood. */
export interface StoredEvidence {
  readonly file: string
  readonly sha256: string
  readonly format: Format
}

/** A place in time order: `id` tells events of one millisecond apart. */
export interface Place {
  readonly time: number
  readonly id: string
}

/** Events stored after `after` and up to `until`, which are sequence numbers. */
export interface Span {
  readonly after: number
  readonly until: number
}

/** Some consecutive events in time order: from behind `from` up to and including `to`. */
export interface Slice extends Span {
  readonly from: Place
  readonly to: Place
  /** Which they are, where that finds them sooner. */
  readonly seqs?: readonly number[]
}

/** Some events wherever in time they lie. */
export interface Selection {
  readonly seqs: readonly number[]
}

/** One case on disk, open for reading, beside whoever writes it. */
export interface CaseReader {
  /** The sequence number of the event stored last; 0 when there is none. */
  lastSeq(): number
  /** How many events lie behind a place in delivery: stored up to `after`, or later but not beyond `at` in time. */
  countUpTo(place: { readonly after: number; readonly until: number; readonly at?: Place | undefined }): number
  /** Whether so many of its events, as large as they are on average, are worth the start of threads. */
  isLarge(events: number): boolean
  /**
   * How many events a slice should have, at most and at least one, so that its records have some `bytes`: by how large the case's are on
   * average, as some of them tell. Where much larger ones stand together, a slice is larger than meant.
   */
  sliceSize(most: number, bytes?: number): number
  /** All events of a span in slices of `size`, oldest first, beginning behind `from`. */
  slices(span: Span, size: number, from?: Place): Generator<Slice>
  /** In time order. */
  activities(of: Slice | Selection): StoredActivity[]
  readonly joins: Joins
  readonly neighbours: Neighbours
  readonly sessions: Sessions
  readonly firstSeen: FirstSeen
  readonly userNames: UserNames
  /** What investigators have marked as the intruder's or the owner's when it is first asked for, which is no earlier than `Delivery.begin`. */
  readonly judge: Judge
  close(): void
}

type EvidenceRow = { path: string; sha256: string; format: string }
/** As SQLite gives it, in the order of `columns`. */
type EventRow = [
  ...[seq: number, dataset: Dataset, id: string, time: number, operation: string, mailbox: string],
  ...[content: string | Uint8Array, row: number, evidence: number, hasOthers: number],
]

// Audit records have 2 to 4 KB, those of automatic investigations hundreds, and documents are three times as large.
const sliceBytes = 4_000_000
const sampled = 500

// Fewer events take less time than threads their start; those of many bytes fill one thread's memory before it is swept.
const largeEvents = 20_000
const largeBytes = 32 * 2 ** 20

const beginning: Place = { time: Number.MIN_SAFE_INTEGER, id: '' }

/**
 * Opens the case in `folder` for reading, with what is known of addresses and clients beside it. Without `marks` it judges by those that the
 * case has when they are asked for first: whoever tells them too gives them, for others may mark meanwhile.
 */
export function openReader(
  folder: string,
  surroundings: Surroundings = unknownSurroundings,
  marks?: readonly Mark[],
): CaseReader {
  const db = openForReading(folder)
  const evidenceOf = evidenceIn(db)
  const othersOf = otherCopiesIn(db, evidenceOf)
  // `+seq` keeps SQLite on the index of time: sequence numbers select, they do not lead.
  const where = 'indexed by event_key where (time, id) > (?, ?) and +seq > ? and +seq <= ?'
  const someNew = query<Place & { seq: number }>(
    db,
    `select seq, time, id from event not indexed where seq > ? and seq <= ?
    and (time, id) > (?, ?) order by time, id`,
  )
  const boundary = query<Place>(db, `select time, id from event ${where} order by time, id limit 1 offset ?`)
  const last = query<Place>(db, `select time, id from event ${where} order by time desc, id desc limit 1`)
  const columns = `seq, dataset, id, time, operation, mailbox, ${wholeText(db, 'content')}, row, evidence,
    exists (select 1 from other_copy where other_copy.event = event.seq)`
  const events = (sql: string) => listQuery<EventRow>(db, `select ${columns} from event ${sql} order by time, id`)
  const select = events(`${where} and (time, id) <= (?, ?)`)
  const selectSome = events('where seq in (select value from json_each(?))')

  const judged = once(() => judgeOf(marks ?? marksIn(db)))
  // A look-up takes as long as all else that is done with a usage of a session, and of tens of thousands none is remembered.
  const markedPlace: Surroundings['placeOf'] = (ip) => (judged().asksPlaces ? surroundings.placeOf(ip) : undefined)
  const lastSeq = () => numberIn(db, 'select max(seq) from event')

  function averageBytes(): number {
    const last = lastSeq()
    const some = Array.from({ length: sampled }, (_, i) => Math.ceil(((i + 1) * last) / sampled))
    return numberIn(
      db,
      'select avg(octet_length(content)) from event where seq in (select value from json_each(?))',
      JSON.stringify(some),
    )
  }

  function rowsOf(of: Slice | Selection): EventRow[] {
    if (of.seqs !== undefined) return selectSome.all(JSON.stringify(of.seqs))
    const { from, to, after, until } = of as Slice // What is no selection.
    return select.all(from.time, from.id, after, until, to.time, to.id)
  }

  return {
    lastSeq,
    countUpTo({ after, until, at = beginning }) {
      const behind = 'seq <= ? or (seq <= ? and (time, id) <= (?, ?))'
      return numberIn(db, `select count(*) from event where ${behind}`, after, until, at.time, at.id)
    },
    isLarge: (events) => events >= largeEvents || events * averageBytes() >= largeBytes,
    sliceSize: (most, bytes = sliceBytes) =>
      Math.max(1, Math.min(most, Math.floor(bytes / Math.max(averageBytes(), 1)))),
    *slices({ after, until }, size, start = beginning) {
      if (after > 0 && until - after <= few) {
        // Of a large case only a little is new: going through all of it in time order would take the longest.
        const found = someNew.all(after, until, start.time, start.id)
        yield* slicesOf(found, { after, until }, size, start)
        return
      }
      for (let from = start; ; ) {
        const place = [from.time, from.id, after, until] as const
        const to = boundary.get(...place, size - 1) ?? last.get(...place)
        if (to === undefined) return
        yield { after, until, from, to: { time: to.time, id: to.id } }
        from = to
      }
    },
    activities(of) {
      return rowsOf(of).map((event) => {
        const [seq, dataset, id, time, operation, mailbox, text, row, evidence, hasOthers] = event
        const content = typeof text === 'string' ? text : Buffer.from(text).toString('utf8')
        const stored = { seq, dataset, id, time, operation, mailbox, content, row, evidence: evidenceOf(evidence) }
        return hasOthers === 1 ? { ...stored, others: othersOf(seq) } : stored
      })
    },
    joins: joinsOf(db),
    neighbours: neighboursOf(db),
    sessions: sessionsOf(db, markedPlace),
    firstSeen: firstSeenOf(db, surroundings),
    userNames: userNamesOf(db),
    get judge() {
      return judged()
    },
    close: () => db.close(),
  }
}

/** A column of text as it can be read whole: some versions of node:sqlite (Node 22 and 24.10) read it up to its first NUL, but bytes to their end. */
function wholeText(db: DatabaseSync, column: string): string {
  const read = query<{ text: string }>(db, `select 'a' || char(0) || 'b' as text`).get()
  return read?.text.length === 3 ? column : `iif(instr(${column}, char(0)), cast(${column} as blob), ${column})`
}

const few = 20_000

function* slicesOf(
  events: readonly (Place & { readonly seq: number })[],
  span: Span,
  size: number,
  start: Place,
): Generator<Slice> {
  for (let at = 0, from = start; at < events.length; at += size) {
    const some = events.slice(at, at + size)
    const { time, id } = some.at(-1) as Place
    yield { ...span, from, to: { time, id }, seqs: some.map(({ seq }) => seq) }
    from = { time, id }
  }
}

const rememberedEvidences = 10_000

/** Looked up when first asked for: while events are read, more evidence may arrive. */
function evidenceIn(db: DatabaseSync): (id: number) => StoredEvidence {
  const select = query<EvidenceRow>(db, 'select path, sha256, format from evidence where id = ?')
  const known = new Map<number, StoredEvidence>()
  return (id) => {
    const found = known.get(id)
    if (found !== undefined) return found
    const { path, sha256, format } = select.get(id) as EvidenceRow // Events are of evidence that is there.
    const evidence = { file: path, sha256, format: JSON.parse(format) as Format }
    if (known.size >= rememberedEvidences) known.clear()
    known.set(id, evidence)
    return evidence
  }
}
