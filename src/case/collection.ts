import type { DatabaseSync } from 'node:sqlite'
import type { Lack, StoredGap } from '../evidence.ts'
import { query } from '../query.ts'

/** How far a stream is, and what is new about its gaps. */
export interface Advance {
  readonly gaps: readonly Lack[]
  readonly closed: readonly string[]
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
  /** How many there are of each stream: lost for good, and open still. */
  countGaps(): { readonly stream: string; readonly lost: number; readonly open: number }[]
}

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
    reason = excluded.reason, final = max(final, excluded.final), closed = null`)
  const close = db.prepare('update gap set closed = ? where stream = ? and name = ? and closed is null')
  const count = query<{ stream: string; lost: number; open: number }>(
    db,
    `select stream, sum(final) as lost, sum(1 - final) as open from gap
    where closed is null group by stream order by stream`,
  )

  return {
    isSettled: (stream, name) =>
      findStored.get(evidencePath(stream, name)) !== undefined || findLost.get(stream, name) !== undefined,
    advance: (stream, { gaps, closed, cursor, at }) =>
      transaction(() => {
        const now = at.toISOString()
        for (const { name, from, to, reason, final } of gaps) {
          upsert.run(stream, name, from, to, reason, Number(final), now)
        }
        for (const name of closed) close.run(now, stream, name)
        if (cursor !== undefined) saveCursor(stream, cursor)
      }),
    gaps: (limit) => gapsIn(db, limit),
    countGaps: () => count.all(),
  }
}

/** The newest gaps of a case, the newest first. */
export function gapsIn(db: DatabaseSync, limit: number): StoredGap[] {
  const gaps = query<Omit<StoredGap, 'final' | 'closed'> & { readonly final: number; readonly closed: string | null }>(
    db,
    `select stream, name, since as "from", until as "to", reason, first_seen as firstSeen, final, closed from gap
    order by first_seen desc, stream, name limit ?`,
  )
  return gaps.all(limit).map((gap) => ({ ...gap, final: gap.final === 1, closed: gap.closed ?? undefined }))
}
