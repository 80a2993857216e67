import type { JsonObject } from '../activity.ts'
import type { Moment } from '../case/neighbours.ts'
import type { CaseReader, StoredActivity } from '../case/reader.ts'
import { coarseMs, type Format } from '../entry.ts'
import { once } from '../remember.ts'
import { activityTables, exchangeLogs, mailTables } from '../shape-names.ts'
import { restore } from '../sources/files/digest.ts'
import { isCoarseTime } from '../time/culture-time.ts'
import { valueText } from '../value-text.ts'
import { near, plain, type RowOfMoment } from './near-rows.ts'
import { alikeBefore, itemsIn, saysExchange, unlikeInLogs } from './says-exchange.ts'
import { leaves, saysColumns, saysMail, saysTable } from './says-row.ts'
import { logonOperation, saysLogon, saysSignIn } from './says-sign-in.ts'
import { isNamelessTrace, saysTrace } from './says-trace.ts'

/**
 * Which of these activities stand in tables that people or tools made of records that the case has too, or in a log that has no id in common with
 * one that tells the same, as `seq`. Such a row is told by this: it says nothing of what the record says otherwise, and is of the same moment,
 * operation and user.
 */
export function retold(
  activities: readonly StoredActivity[],
  reader: Pick<CaseReader, 'neighbours' | 'activities'>,
): ReadonlySet<number> {
  const rows = activities.flatMap(rowsOf)
  if (rows.length === 0) return none
  // Where times are cut to the minute, thousands of rows and records share one: it is asked for once, and its records are read one by one.
  const moments = [...Map.groupBy(rows, ({ moment }) => JSON.stringify(moment)).values()].map(near)
  const found = reader.neighbours.at(moments.map(({ moment }) => moment))
  const told = new Set<number>()
  for (let at = 0; at < found.length && told.size < rows.length; at += readAtOnce) {
    const asking = Map.groupBy(found.slice(at, at + readAtOnce), ({ seq }) => seq)
    for (const stored of reader.activities({ seqs: [...asking.keys()] })) {
      const other = { stored, ...restored(stored) }
      const { record } = other
      const listed = once(() => new Set([record['Folders'], record['Item'], record['AffectedItems']].flatMap(leaves)))
      for (const row of (asking.get(stored.seq) ?? []).flatMap(({ of }) => moments[of]?.of(record, listed) ?? [])) {
        const alike = row.alikeBefore?.(record, row.record)
        if (alike !== undefined) row.before.add(alike)
        if (!mayTell(stored, row) || !row.says(other, row, listed)) continue
        if (row.isRow(stored) ? row.yieldsTo(other, row) : row.alikeBefore === undefined) told.add(row.stored.seq)
        else if (!row.isRow(stored)) row.records += 1
      }
    }
  }
  for (const { stored, records, before } of rows) if (records > before.size) told.add(stored.seq)
  return told
}

const none: ReadonlySet<number> = new Set()
const readAtOnce = 256

/** What an activity says. */
interface Saying {
  readonly stored: StoredActivity
  readonly record: JsonObject
  readonly truncated: boolean
}

interface Kind {
  isRow(stored: StoredActivity): boolean
  /** When another may tell it, and where. */
  momentOf(stored: StoredActivity, record: JsonObject): Moment
  /** Whether another, which lists these, says all that a row says. */
  says(other: Saying, row: Row, listed: () => ReadonlySet<string>): boolean
  /** The shapes of tables whose rows tell it too, which have no ids either. Without these only records do. */
  readonly byRows?: readonly string[] | 'any'
  /** Of two rows that tell the same, whether the other one counts. */
  yieldsTo(other: Saying, row: Row): boolean
  /** The mails and folders that have to be listed where it is told. */
  readonly listed?: (record: JsonObject) => readonly string[]
  readonly unlike?: ReadonlySet<string>
  /**
   * Where each row is a record of a log: what another one is called there that is of something else, which was alike, and comes first. No more rows are told
   * than there are records.
   */
  alikeBefore?(other: JsonObject, row: JsonObject): string | undefined
  /** Which records of another dataset tell it, too. */
  readonly elsewhere?: Pick<Kind, 'momentOf' | 'says'>
}

/** A row of a table, with the record that it is read as. */
interface Row extends Kind, RowOfMoment, Saying {
  /** How many records tell it, and how many others that are alike come first. */
  records: number
  readonly before: Set<string>
}

function rowsOf(stored: StoredActivity): Row[] {
  const kind = kinds.find(({ isRow }) => isRow(stored))
  if (kind === undefined) return []
  const saying = { stored, ...restored(stored), records: 0 }
  const ways = kind.elsewhere === undefined ? [kind] : [kind, { ...kind, ...kind.elsewhere }]
  return ways.map((way) => {
    const told = way.listed?.(saying.record) ?? []
    return { ...way, ...saying, told, before: new Set(), moment: way.momentOf(stored, saying.record) }
  })
}

function mayTell(other: StoredActivity, { isRow, byRows, stored }: Row): boolean {
  if (other.seq === stored.seq) return false
  if (byRows === undefined) return !isRow(other)
  return byRows === 'any' || !hashed.test(other.id) || byRows.includes(other.evidence.format.shape)
}

/**
 * Whether of two rows of one shape that tell the same this one is not the one that counts: which columns a table has differs by its version and by
 * what it was asked for. Of those that say as much, and list as much, one counts, whichever came first.
 */
function yieldsToAll({ stored: other, record: whole }: Saying, { stored, record, told }: Row): boolean {
  if (!isAllIn(whole, record)) return false
  return !isAllIn(record, whole) || leaves(whole['Folders']).length > told.length || other.id < stored.id
}

/** A mail that may be another record's counts as said by a version that has the kind of access: that names each record's own. */
function isAllIn(whole: JsonObject, { UnsureInternetMessageId: unsure, ...part }: JsonObject): boolean {
  if (unsure !== undefined && whole['OperationProperties'] === undefined) return false
  return Object.keys(part).every((name) => whole[name] !== undefined)
}

/**
 * Of two of different tables the one counts that is whole, says more, or has the lower id, whichever came first. In one table each row is of something
 * else.
 */
function yieldsToMore(other: Saying, row: Row): boolean {
  if (isOfOneTable(other.stored, row.stored)) return false
  if (other.truncated !== row.truncated) return row.truncated
  const [more, less] = [leaves(other.record).length, leaves(row.record).length]
  return more === less ? other.stored.id < row.stored.id : more > less
}

function isOfOneTable(
  { evidence: { format } }: StoredActivity,
  { evidence: { format: other } }: StoredActivity,
): boolean {
  if (format.shape !== other.shape) return false
  const columnsOf = (one: Format) => ('columns' in one ? one.columns.join() : '')
  return columnsOf(format) === columnsOf(other)
}

function isOf(...shapes: readonly string[]): Kind['isRow'] {
  return ({ evidence }) => shapes.includes(evidence.format.shape)
}

const hashed = /^[0-9a-f]{32}$/
const secondMs = 1000
const [ofSessions, ofMails, ofAccess, ofColumns] = mailTables
const ofMail = {
  momentOf: (stored: StoredActivity, record: JsonObject) => ({
    ...momentOf(stored, record),
    operation: null,
    hasRows: true,
  }),
  says: ({ record }: Saying, row: Row, listed: () => ReadonlySet<string>) => saysMail(record, row, listed),
  yieldsTo: yieldsToAll,
  listed: ({ Folders: folders }: JsonObject) => leaves(folders),
}
const ofRecords = { momentOf, yieldsTo: () => false }
const kinds: readonly Kind[] = [
  // One mail or folder of a record that may list many; and a record without its mails, which such rows tell as well.
  { ...ofMail, isRow: isOf(ofMails, ofAccess), byRows: [ofMails, ofAccess, ofColumns] },
  { ...ofMail, isRow: isOf(ofSessions), byRows: mailTables },
  // Exchange's own logs, which tell what the audit log tells, and each other's exports.
  {
    isRow: isOf(...exchangeLogs),
    momentOf: (stored, record) => ({ ...momentOf(stored, record), hasRows: true }),
    says: ({ record }, row) => saysExchange(record, row.record),
    byRows: exchangeLogs,
    yieldsTo: yieldsToMore,
    listed: itemsIn,
    unlike: unlikeInLogs,
    alikeBefore,
  },
  // Columns that somebody selected, without the Id; or a record that was cut off before it.
  {
    ...ofRecords,
    isRow: ({ dataset, id }) => dataset === 'o365.audit' && hashed.test(id),
    says: ({ record }, row) => saysColumns(record, row),
  },
  // Columns of sign-ins that somebody selected, without the Id.
  {
    isRow: ({ dataset, id }) => dataset === 'azure.signinlogs' && hashed.test(id),
    momentOf: secondMoment,
    says: ({ record }, row) => saysSignIn(record, row.record),
    byRows: 'any',
    yieldsTo: yieldsToMore,
    elsewhere: { momentOf: logonMoment, says: saysLogonThen },
  },
  // Message traces of which the id was left out.
  {
    isRow: isNamelessTrace,
    momentOf: (stored, record) => ({ ...secondMoment(stored, record), mailbox: stored.mailbox, operation: null }),
    says: ({ record }, row) => saysTrace(record, row.record),
    byRows: 'any',
    yieldsTo: yieldsToMore,
  },
  // Outlook's activities have no ids at all, but Magic Unicorn's tables are known.
  {
    isRow: isOf(...activityTables),
    // Magic Unicorn called some operations otherwise, and mailboxes are guessed where records do not name them.
    momentOf: (stored, record) => ({
      ...momentOf(stored, record),
      mailbox: stored.mailbox,
      operation: null,
      hasRows: true,
    }),
    says: ({ record }, row) => saysTable(record, row),
    yieldsTo: () => false,
  },
]

/** Whose time was cut to the minute may be of any second of it. */
function momentOf({ dataset, time: from, operation }: StoredActivity, { CreationTime: at = null }: JsonObject): Moment {
  const to = from + (isCoarseTime(valueText(at) ?? '') ? coarseMs : 1) - 1
  return { dataset, from, to, mailbox: null, operation: plain(operation), hasRows: false }
}

/** Some exports tell no less than the second. */
function secondMoment(
  { dataset, time, operation }: StoredActivity,
  { createdDateTime: at = null }: JsonObject,
): Moment {
  const from = time - (time % secondMs)
  const to = from + (isCoarseTime(valueText(at) ?? '') ? coarseMs : secondMs) - 1
  return { dataset, from, to, mailbox: null, operation: plain(operation), hasRows: true }
}

/** The audit log's records of logons around it, whose seconds are cut or rounded. */
function logonMoment(stored: StoredActivity, record: JsonObject): Moment {
  const { from, to } = secondMoment(stored, record)
  const around = { from: from - secondMs, to: to + secondMs, mailbox: stored.mailbox }
  return { ...around, dataset: 'o365.audit', operation: logonOperation(record), hasRows: false }
}

function saysLogonThen({ stored: { time }, record }: Saying, row: Row): boolean {
  const { from, to } = row.moment
  return saysLogon(record, row.record, time >= from + secondMs && time <= to - secondMs)
}

function restored({ dataset, evidence, content }: StoredActivity): Pick<Saying, 'record' | 'truncated'> {
  return restore(evidence.format, content, dataset)
}
