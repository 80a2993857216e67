import type { DatabaseSync } from 'node:sqlite'
import type { Rejection } from '../activity.ts'
import type { Entry } from '../entry.ts'

/** What became of everything read: `read` is the sum of the other three. */
export interface Counts {
  readonly read: number
  readonly stored: number
  readonly duplicate: number
  readonly rejected: number
}

/** Writes rows of one evidence inside a transaction that the caller holds, and tells what became of each. */
export function entryWriter(db: DatabaseSync) {
  const insertEvent = db.prepare(`insert into event
    (id, time, dataset, operation, mailbox, session, item, evidence, row, content, original)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`)
  const findEvent = db.prepare('select seq from event where time = ? and id = ?')
  const insertSighting = db.prepare('insert into sighting values (?, ?, ?) on conflict do nothing')
  const lastSeq = db.prepare('select coalesce(max(seq), 0) as seq from event')
  const insertFirstSightings = db.prepare(
    'insert into sighting select evidence, row, seq from event where seq > ? on conflict do nothing',
  )
  const insertLogon = db.prepare('insert into logon values (?, ?, ?, ?, ?, ?, ?, ?)')
  const insertReject = db.prepare(`insert into reject (stream, evidence, row, reason, original)
    values (?, ?, ?, ?, ?) on conflict do nothing`)
  const insertMessage = db.prepare('insert into message values (?, ?, ?, ?, ?, ?, ?)')

  function addEvent(evidence: number, entry: Entry): boolean {
    const { id, time, dataset, operation, mailbox, session = null, item = null, row, content, original = null } = entry
    const { changes, lastInsertRowid } = insertEvent.run(
      id,
      time,
      dataset,
      operation,
      mailbox,
      session,
      item,
      evidence,
      row,
      content,
      original,
    )
    if (changes === 0) {
      insertSighting.run(evidence, row, (findEvent.get(time, id) as { seq: number }).seq)
      return false
    }
    const seq = lastInsertRowid
    const { message, logon } = entry
    if (logon !== undefined) {
      insertLogon.run(seq, mailbox, logon.platform, session, time, id, logon.ip, logon.userAgent ?? null)
    }
    if (message !== undefined) {
      const { rank, subject = null, from = null, received = null, messageId = null } = message
      insertMessage.run(seq, item, rank, subject, from, received, messageId)
    }
    return true
  }

  return (evidence: number, stream: string, entries: Iterable<Entry>, rejected: readonly Rejection[]): Counts => {
    const { seq: before } = lastSeq.get() as { seq: number }
    let stored = 0
    let duplicate = 0
    for (const entry of entries) {
      if (addEvent(evidence, entry)) stored += 1
      else duplicate += 1
    }
    insertFirstSightings.run(before) // All at once: one by one they are a tenth of the import.
    for (const { row, reason, original } of rejected) insertReject.run(stream, evidence, row ?? null, reason, original)
    return { read: stored + duplicate + rejected.length, stored, duplicate, rejected: rejected.length }
  }
}
