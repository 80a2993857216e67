import { hash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Rejection } from '../activity.ts'
import type { Entry } from '../entry.ts'
import { itemHash } from './item-hash.ts'
import { supersededKeeper } from './superseded.ts'
import { usageWriter } from './usage-writer.ts'

/** What became of everything read: `read` is the sum of the other three. */
export interface Counts {
  readonly read: number
  readonly stored: number
  readonly duplicate: number
  readonly rejected: number
}

interface Known {
  readonly seq: number
  readonly operation: string
  readonly mailbox: string
  readonly fullness: number
}

/** Writes rows of one evidence inside a transaction that the caller holds, and tells what became of each. */
export function entryWriter(db: DatabaseSync) {
  const insertEvent = db.prepare(`insert into event
    (id, time, dataset, operation, mailbox, session, evidence, row, fullness, content)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`)
  const findEvent = db.prepare(
    'select seq, operation, mailbox, fullness from event where time = ? and id = ? and dataset = ?',
  )
  const findById = db.prepare(`select seq, operation, mailbox, fullness from event
    where id = ? and dataset in ('azure.signinlogs', 'o365.messagetrace')`)
  const replaceEvent =
    db.prepare(`update event set time = ?, mailbox = ?, session = ?, evidence = ?, row = ?, fullness = ?,
    content = ? where seq = ?`)
  const insertSighting = db.prepare('insert into further_sighting values (?, ?, ?) on conflict do nothing')
  const keepSighting = db.prepare(
    'insert into further_sighting select evidence, row, seq from event where seq = ? on conflict do nothing',
  )
  const insertLogon = db.prepare('insert into logon values (?, ?, ?, ?, ?, ?, ?, ?)')
  const insertReject = db.prepare(`insert into reject (stream, evidence, row, reason, original)
    values (?, ?, ?, ?, ?) on conflict do nothing`)
  const insertMessage = db.prepare('insert into message values (?, ?, ?, ?, ?, ?, ?, ?)')
  const superseded = supersededKeeper(db)
  let isDelivered = false
  const usages = usageWriter(db)
  const dropLogon = db.prepare('delete from logon where event = ?')
  const dropMessages = db.prepare('delete from message where event = ?')

  function insert(evidence: number, entry: Entry, id: string): number | undefined {
    const { time, dataset, operation, mailbox, session = null, row, fullness, content } = entry
    const { changes, lastInsertRowid } = insertEvent.run(
      id,
      time,
      dataset,
      operation,
      mailbox,
      session,
      evidence,
      row,
      fullness,
      content,
    )
    return changes === 0 ? undefined : Number(lastInsertRowid)
  }

  function addKeys(seq: number, entry: Entry, id: string): void {
    const { time, mailbox, session, messages, logon } = entry
    usages.add(seq, entry, id)
    if (logon !== undefined) {
      insertLogon.run(seq, mailbox, logon.platform, session ?? null, time, id, logon.ip, logon.userAgent ?? null)
    }
    for (const { item, rank, subject, from, received, messageId } of messages) {
      insertMessage.run(
        seq,
        itemHash(item),
        item,
        rank,
        subject ?? null,
        from ?? null,
        received ?? null,
        messageId ?? null,
      )
    }
  }

  /** The fuller copy stands in the event's place, and the other one stays as a sighting. */
  function replace(seq: number, evidence: number, entry: Entry, id: string): void {
    const { time, mailbox, session = null, row, fullness, content } = entry
    // Only replacing finds messages by their event: most cases never need this index.
    db.exec('create index if not exists message_event on message (event)')
    if (isDelivered) superseded.keep(seq)
    keepSighting.run(seq)
    replaceEvent.run(time, mailbox, session, evidence, row, fullness, content, seq)
    dropLogon.run(seq)
    dropMessages.run(seq)
    addKeys(seq, entry, id)
  }

  function addEvent(evidence: number, entry: Entry, id: string): boolean {
    const seq = insert(evidence, entry, id)
    if (seq !== undefined) {
      addKeys(seq, entry, id)
      return true
    }
    const known = (findEvent.get(entry.time, id, entry.dataset) ?? findById.get(id)) as unknown as Known
    if (id === entry.id && !isSame(known, entry)) return addEvent(evidence, entry, idOfOther(entry))
    if (entry.fullness > known.fullness) replace(known.seq, evidence, entry, id)
    else insertSighting.run(evidence, entry.row, known.seq)
    return false
  }

  return (evidence: number, stream: string, entries: Iterable<Entry>, rejected: readonly Rejection[]): Counts => {
    usages.begin()
    isDelivered = superseded.isNeeded()
    let stored = 0
    let duplicate = 0
    for (const entry of entries) {
      if (addEvent(evidence, entry, entry.id)) stored += 1
      else duplicate += 1
    }
    usages.flush(isDelivered)
    for (const { row, reason, original } of rejected) insertReject.run(stream, evidence, row ?? null, reason, original)
    return { read: stored + duplicate + rejected.length, stored, duplicate, rejected: rejected.length }
  }
}

/** Whether two records under one id tell of one thing. Of one that was cut off the mailbox may be missing. */
function isSame(known: Known, { operation, mailbox, fullness }: Entry): boolean {
  if (known.operation !== operation && known.operation.trim().toLowerCase() !== operation.trim().toLowerCase())
    return false
  return known.mailbox === mailbox || known.fullness < 0 || fullness < 0
}

/** Records that are no copies, for different things were done, may carry one id: so do some that people anonymized. */
function idOfOther({ id, operation, mailbox }: Entry): string {
  return `${id}~${hash('sha256', `${operation.trim().toLowerCase()}\n${mailbox}`, 'hex').slice(0, 8)}`
}
