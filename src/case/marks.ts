import { hash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { DatedMark, Mark, Trait } from '../marks.ts'
import { query } from '../query.ts'

/** What investigators mark in a case. */
export interface MarkBook {
  marks(): Mark[]
  changeMarks(set: readonly Mark[], cleared: readonly Trait[] | 'all'): void
  /** Whether some record is of this session. */
  knowsSession(session: string): boolean
  /** The addresses with their clients that the case has noted: not all, for what failed without a session is not among them. */
  origins(): Iterable<KnownOrigin>
}

export interface KnownOrigin {
  readonly ip: string | null
  readonly userAgent: string | null
}

/** All marks of the case. */
export function marksIn(db: DatabaseSync): Mark[] {
  return query<Mark>(db, 'select kind, value, actor from mark order by kind, value').all()
}

/** All marks of the case with when each was set. */
export function datedMarksIn(db: DatabaseSync): DatedMark[] {
  return query<DatedMark>(db, 'select kind, value, actor, at from mark order by kind, value').all()
}

/** Sets marks and takes others away; the last word on a trait counts, and one that is said again stands since it was said first. */
export function changeMarks(db: DatabaseSync, set: readonly Mark[], cleared: readonly Trait[] | 'all'): void {
  const drop = db.prepare('delete from mark where kind = ? and value = ?')
  const save = db.prepare(`insert into mark (kind, value, actor, at) values (?, ?, ?, unixepoch() * 1000)
    on conflict do update set actor = excluded.actor, at = iif(actor = excluded.actor, at, excluded.at)`)
  if (cleared === 'all') db.exec('delete from mark')
  else for (const { kind, value } of cleared) drop.run(kind, value)
  for (const { kind, value, actor } of set) save.run(kind, value, actor)
}

/** Where records joined to others say that something was done from. */
export function originsIn(db: DatabaseSync): Iterable<KnownOrigin> {
  return query<KnownOrigin>(db, origins).iterate()
}

const origins = ['usage', 'session_usage', 'logon', 'request', 'pending_origin']
  .map((table) => `select ip, user_agent as userAgent from ${table}`)
  .join(' union ')

/**
 * Names what is marked, and nothing where nothing is: whoever delivered documents under another name has to deliver again those that differ
 * now. Marks reach events by address, which the case finds only by going through all of them.
 */
export function marksVersion(db: DatabaseSync): string {
  const marks = marksIn(db)
  return marks.length === 0 ? '' : hash('sha256', JSON.stringify(marks), 'hex').slice(0, 16)
}

/** Whether some event is of this session. */
export function knowsSession(db: DatabaseSync, session: string): boolean {
  const known = 'select 1 from session_usage where session = ? union select 1 from session_link where session = ?'
  if (query(db, known).get(session, session) !== undefined) return true
  return query(db, 'select 1 from event where session = ? limit 1').get(session) !== undefined
}
