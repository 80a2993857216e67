import { hash } from 'node:crypto'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Rejection } from '../activity.ts'
import type { PackedEntries } from '../bytes/packed-entries.ts'
import type { Counts } from '../counts.ts'
import { isGuid } from '../guid.ts'
import { query } from '../query.ts'
import { coarseTimes } from './coarse-times.ts'
import { keyWriter } from './key-writer.ts'
import { isBetter, isOtherCopy, otherCopiesKeeper } from './other-copies.ts'
import { cellsOf, type Envelope, envelopesIn } from './packed-sql.ts'

/** Prefix of the streams under which documents are delivered, one for each place they go to. */
export const publishing = 'publish:'

interface Known {
  readonly seq: number
  readonly operation: string
  readonly mailbox: string
  readonly fullness: number
}

/** What the case has under an entry's id and time, and whether that is the same and says as much. */
interface Found {
  readonly seq: number | null
  readonly isNew: number | null
  readonly saysAll: number | null
}

/** Some entries on their way into the case: nearly always all of them are new. */
interface Block {
  readonly evidence: number
  readonly packed: PackedEntries
  /** The event that each entry was stored as; null where its row is a further sighting only. */
  readonly seqs: (number | null)[]
  /** The same, without those that a fuller copy has replaced since. */
  readonly standing: (number | null)[]
  /** Those alone, where there are any. */
  readonly replaced: (number | null)[]
  /** The event that each entry is of, as a further copy too. */
  readonly events: (number | null)[]
  stored: number
}

/** Writes rows of one evidence inside a transaction that the caller holds, and tells what became of each. */
type WriteEntries = (
  evidence: number,
  stream: string,
  packed: PackedEntries,
  rejected: readonly Rejection[],
  /** Whether what only readers need may wait until all is written. */
  isBulk: boolean,
) => Counts

/** Prepared statements on one connection, for as long as it is open. */
export function entryWriter(db: DatabaseSync): WriteEntries {
  const { id, time, dataset, operation, mailbox, session, row, fullness, content } = cellsOf('event', 'value')
  const columns = 'id, time, dataset, operation, mailbox, session, evidence, row, fullness, content'
  const told = `${time}, ${dataset}, ${operation}, ${mailbox}, ${session}, :evidence, ${row}, ${fullness}, ${content}`
  const insertEvents = db.prepare(
    `insert into event (${columns}) select ${id}, ${told} from json_each(:rows) where true on conflict do nothing`,
  )
  const insertAs = db.prepare(
    `insert into event (${columns}) select :id, ${told} from json_each(:rows) where true on conflict do nothing`,
  )
  const findAll = query<Found>(
    db,
    `select e.seq, e.seq > :before as isNew,
    e.operation = ${operation} and e.mailbox = ${mailbox} and not (${isBetter}) and not (${isOtherCopy}) as saysAll
    from json_each(:rows) j left join event e on e.time = ${time} and e.id = ${id} and e.dataset = ${dataset} order by j.key`,
  )
  const compare = query<{ isBetter: number; isOther: number }>(
    db,
    `select ${isBetter} as isBetter, ${isOtherCopy} as isOther from json_each(:rows) cross join event e on e.seq = :seq`,
  )
  const lastSeq = query<{ seq: number | null }>(db, 'select max(seq) as seq from event')
  const findEvent = query<Known>(
    db,
    'select seq, operation, mailbox, fullness from event where time = ? and id = ? and dataset = ?',
  )
  const findById = query<Known>(
    db,
    `select seq, operation, mailbox, fullness from event
    where id = ? and dataset in ('azure.signinlogs', 'o365.messagetrace')`,
  )
  const replaceEvent =
    db.prepare(`update event set (time, operation, mailbox, session, evidence, row, fullness, content) =
    (select ${time}, ${operation}, ${mailbox}, ${session}, :evidence, ${row}, ${fullness}, ${content} from json_each(:rows))
    where seq = :seq`)
  const insertSightings = db.prepare(`insert into further_sighting
    select :evidence, ${cellsOf('event', 'key').row}, value from json_each(:seqs) where value is not null on conflict do nothing`)
  const insertSighting = db.prepare('insert into further_sighting values (?, ?, ?) on conflict do nothing')
  const keepSighting = db.prepare(
    'insert into further_sighting select evidence, row, seq from event where seq = ? on conflict do nothing',
  )
  const insertReject = db.prepare(`insert into reject (stream, evidence, row, reason, original)
    values (?, ?, ?, ?, ?) on conflict do nothing`)
  for (const statement of [insertEvents, insertAs, insertSightings, replaceEvent])
    statement.setAllowUnknownNamedParameters(true)
  const superseded = supersededKeeper(db)
  const others = otherCopiesKeeper(db)
  const keys = keyWriter(db)
  const coarse = coarseTimes(db)
  let isDelivered = false

  const rowsOf = ({ packed: { event, texts, contents }, evidence }: Block, entries: readonly number[]) => {
    return { rows: JSON.stringify(entries), cells: event.cells, texts, contents, evidence }
  }

  /** Inserts all that are new, in one statement. */
  function insert(evidence: number, packed: PackedEntries): Block {
    const before = lastSeq.get()?.seq ?? 0
    const { entries } = packed.event
    const seqs = entries.map((i): number | null => before + 1 + i)
    const block: Block = { evidence, packed, seqs, standing: seqs, replaced: [], events: seqs, stored: 0 }
    coarse.meet(rowsOf(block, entries))
    const finer = coarse.finerOf(packed)
    const others = finer.size === 0 ? entries : entries.filter((i) => !finer.has(i))
    block.stored = Number(insertEvents.run(rowsOf(block, others)).changes)
    return block.stored === entries.length ? block : tellApart(block, before, finer)
  }

  /** Tells apart what was inserted and what was known: plain copies in one statement, those that differ one by one. */
  function tellApart(given: Block, before: number, finer: ReadonlyMap<number, number>): Block {
    const { packed, evidence } = given
    const found = findAll.all({ ...rowsOf(given, packed.event.entries), before })
    const firsts = new Set<number>() // Of two copies in one block the first one was inserted.
    const isFirst = ({ seq, isNew }: Found) => isNew === 1 && firsts.size < firsts.add(seq as number).size
    const seqs = found.map((one) => (isFirst(one) ? one.seq : null))
    const copyOf = ({ seq, saysAll }: Found, i: number) => (seqs[i] === null && saysAll === 1 ? seq : null)
    const copies = found.map((one, i) => finer.get(i) ?? copyOf(one, i))
    insertSightings.run({ seqs: JSON.stringify(copies), cells: packed.event.cells, evidence })
    const block = { ...given, seqs, standing: [...seqs], events: seqs.map((seq, i) => seq ?? copies[i] ?? null) }
    const envelopeOf = envelopesIn(packed)
    for (const i of packed.event.entries.filter((i) => seqs[i] === null && copies[i] === null)) {
      const envelope = envelopeOf(i)
      meet(block, i, envelope, envelope.id)
    }
    return block
  }

  /** What becomes of an entry whose id is known. */
  function meet(block: Block, i: number, entry: Envelope, id: string): void {
    const known = (findEvent.get(entry.time, id, entry.dataset) ?? findById.get(id)) as Known // It was in its way.
    if (id === entry.id && !isSame(known, entry)) insertOther(block, i, entry)
    else {
      block.events[i] = known.seq
      const rows = rowsOf(block, [i])
      const { isBetter, isOther } = compare.all({ ...rows, seq: known.seq })[0] as { isBetter: number; isOther: number }
      if (isOther === 1) keepOther(rows, known.seq, isBetter === 1)
      if (isBetter === 1) replace(block, i, known.seq)
      else insertSighting.run(block.evidence, entry.row, known.seq)
    }
  }

  /** The copy that does not stand is told by the document of the one that does. */
  function keepOther(rows: Record<string, SQLInputValue>, seq: number, isBetter: boolean): void {
    if (isBetter) others.keepStanding(seq)
    else if (others.keepComing(rows, seq) && isDelivered) superseded.keep(seq)
  }

  function insertOther(block: Block, i: number, entry: Envelope): void {
    const id = idOfOther(entry)
    const { changes, lastInsertRowid } = insertAs.run({ ...rowsOf(block, [i]), id })
    if (changes === 0) meet(block, i, entry, id)
    else {
      block.stored += 1
      block.seqs[i] = block.standing[i] = block.events[i] = Number(lastInsertRowid)
    }
  }

  /** The better copy stands in the event's place, and the other one stays as a sighting. */
  function replace(block: Block, i: number, seq: number): void {
    if (isDelivered) superseded.keep(seq)
    keepSighting.run(seq)
    replaceEvent.run({ ...rowsOf(block, [i]), seq })
    keys.drop(seq, isDelivered)
    const replaced = block.standing.indexOf(seq)
    if (replaced !== -1) {
      block.standing[replaced] = null
      block.replaced[replaced] = seq
    }
    block.seqs[i] = block.standing[i] = seq
  }

  return (evidence, stream, packed, rejected, isBulk) => {
    isDelivered = superseded.isNeeded()
    const { seqs, standing, replaced, events, stored } = insert(evidence, packed)
    const copies = { stored: seqs, standing, replaced, any: events }
    keys.write(packed, copies, isDelivered ? 'delivered' : isBulk ? 'bulk' : 'plain')
    if (!isBulk) keys.settle()
    for (const { row, reason, original } of rejected) insertReject.run(stream, evidence, row ?? null, reason, original)
    const entries = seqs.length
    return { read: entries + rejected.length, stored, duplicate: entries - stored, rejected: rejected.length }
  }
}

// Whom earlier versions took for the owner of each mail that it found something in.
const threatIntelligence = 'threatintel'

/** Whether two records under one id tell of one thing. Of one that was cut off, or says less, the mailbox may be missing. */
function isSame(known: Known, { dataset, operation, mailbox, fullness }: Envelope): boolean {
  if (dataset === 'o365.messagetrace') return true // Its id is made of what it is of; what is called its operation changes until it is delivered.
  if (known.operation !== operation && known.operation.trim().toLowerCase() !== operation.trim().toLowerCase())
    return false
  const names = [known.mailbox, mailbox]
  const namesNobody = names.some((name) => name === '' || name === threatIntelligence)
  const hasIdOnce = isGuid(known.mailbox) !== isGuid(mailbox) // One names the owner, the other the mailbox's id.
  return known.mailbox === mailbox || namesNobody || hasIdOnce || known.fullness < 0 || fullness < 0
}

/** Records that are no copies, for different things were done, may carry one id: so do some that people anonymized. */
function idOfOther({ id, operation, mailbox }: Envelope): string {
  return `${id}~${hash('sha256', `${operation.trim().toLowerCase()}\n${mailbox}`, 'hex').slice(0, 8)}`
}

/** Remembers what an event told before a fuller copy takes its place. Costs nothing as long as nothing was ever delivered. */
function supersededKeeper(db: DatabaseSync) {
  const delivering = query(db, `select 1 from cursor where stream glob '${publishing}*' limit 1`)
  const keeps = [
    'insert into superseded (event) values (?)',
    `insert into superseded (event, mailbox, platform, session, time)
      select event, mailbox, platform, session, time from logon where event = ?`,
    'insert into superseded (event, item) select event, item from message where event = ?',
    `insert into superseded (event, item)
      select event, message_id from message where event = ? and message_id is not null`,
  ].map((sql) => db.prepare(sql))

  return {
    isNeeded: () => delivering.get() !== undefined,
    keep(seq: number): void {
      for (const statement of keeps) statement.run(seq)
    },
  }
}
