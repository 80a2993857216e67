import type { DatabaseSync } from 'node:sqlite'
import type { Lack, StoredGap } from '../evidence.ts'
import { query } from '../query.ts'

/** How far a stream is, and what is new about its gaps. */
export interface Advance {
  readonly gaps: readonly Lack[]
  readonly closed: readonly string[]
  /** What was searched for everything that the streams had whose names begin so. */
  readonly searched?: { readonly streams: string; readonly from: string; readonly to: string } | undefined
  /** Left as it was where it is not given. */
  readonly cursor?: unknown
  readonly at: Date
}

/** What a case knows of the streams that are collected into it. */
export interface Collection {
  /** Whether the content is stored to its end, or lost for good. */
  isSettled(stream: string, name: string): boolean
  /** Saves gaps and cursor in one transaction. A gap that is told of again keeps the time it was first seen. */
  advance(stream: string, news: Advance): void
  /** The newest first. */
  gaps(limit: number): StoredGap[]
  /** Those that are not closed: what is lost for good first, and the longest of it. */
  lacks(limit: number): StoredGap[]
  /** How many gaps of each stream are lost for good, were and have been searched for since, or are tried again. */
  countGaps(): GapCount[]
}

/** The gaps of one stream: what was searched for is not among what is lost, though no search proves that it found all. */
export interface GapCount {
  readonly stream: string
  readonly lost: number
  readonly searched: number
  readonly open: number
}

// Contents come later than what they tell, by so much at most.
const latenessDays = 2

/** Names the evidence that a content of a stream is; two streams may name theirs alike. */
export function evidencePath(stream: string, name: string): string {
  return `${stream}/${name}`
}

/** The collection on an open case. */
export function collectionOf(
  db: DatabaseSync,
  transaction: <T>(work: () => T) => T,
  saveCursor: (stream: string, cursor: unknown) => void,
): Collection {
  const findStored = query(db, 'select 1 from evidence where path = ? and complete = 1')
  const findLost = query(db, 'select 1 from gap where stream = ? and name = ? and final = 1 and closed is null')
  const upsert = db.prepare(`insert into gap (stream, name, since, until, reason, final, first_seen)
    values (?, ?, ?, ?, ?, ?, ?) on conflict do update set since = excluded.since, until = excluded.until,
    reason = excluded.reason, final = excluded.final, closed = null, searched = null`)
  const close = db.prepare('update gap set closed = ? where stream = ? and name = ? and closed is null')
  const note = db.prepare(searchedSince)
  const count = query<GapCount>(
    db,
    `select stream, sum(final and searched is null) as lost, sum(final and searched is not null) as searched, sum(1 - final) as open from gap
    where closed is null group by stream order by stream`,
  )

  return {
    isSettled: (stream, name) =>
      findStored.get(evidencePath(stream, name)) !== undefined || findLost.get(stream, name) !== undefined,
    advance: (stream, { gaps, closed, searched, cursor, at }) =>
      transaction(() => {
        const now = at.toISOString()
        for (const { name, from, to, reason, final } of gaps) {
          upsert.run(stream, name, from, to, reason, Number(final), now)
        }
        for (const name of closed) close.run(now, stream, name)
        if (searched !== undefined) note.run({ now, stream, ...searched })
        if (cursor !== undefined) saveCursor(stream, cursor)
      }),
    gaps: (limit) => gapsIn(db, limit),
    lacks: (limit) => lacksIn(db, limit),
    countGaps: () => count.all(),
  }
}

/**
 * Notes of what was lost that it was searched for. That proves nothing, for an app that may search some workloads only finds no others: a gap stays
 * one. A search that lacks something of that time itself says nothing.
 */
const searchedSince = `update gap set searched = substr(:now, 1, 10)
  where final = 1 and closed is null and instr(stream, :streams) = 1 and searched is null
    and julianday(since) - ${latenessDays} >= julianday(:from) and julianday(until) <= julianday(:to)
    and not exists (select 1 from gap own where own.stream = :stream and own.closed is null
      and julianday(own.since) < julianday(:to) and julianday(own.until) > julianday(:from))`

/** Why, in words, and whether it was searched for since. */
const reasonWithSearch = `reason || coalesce(' (the audit log was searched for it, to the end on ' || searched || ')', '')`

/** The newest gaps of a case, the newest first. */
function gapsIn(db: DatabaseSync, limit: number): StoredGap[] {
  return gapsBy(db, 'order by first_seen desc, stream, name', limit)
}

/** What a case lacks; a collector's has thousands of gaps that are closed. */
export function lacksIn(db: DatabaseSync, limit: number): StoredGap[] {
  const longest = 'julianday(until) - julianday(since) desc'
  return gapsBy(db, `where closed is null order by final desc, ${longest}, first_seen desc, stream, name`, limit)
}

function gapsBy(db: DatabaseSync, which: string, limit: number): StoredGap[] {
  const gaps = query<Omit<StoredGap, 'final' | 'closed'> & { readonly final: number; readonly closed: string | null }>(
    db,
    `select stream, name, since as "from", until as "to", ${reasonWithSearch} as reason, first_seen as firstSeen, final, closed from gap
    ${which} limit ?`,
  )
  return gaps.all(limit).map((gap) => ({ ...gap, final: gap.final === 1, closed: gap.closed ?? undefined }))
}
