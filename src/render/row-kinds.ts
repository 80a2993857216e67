import type { JsonObject } from '../activity.ts'
import type { Moment } from '../case/neighbours.ts'
import type { StoredActivity } from '../case/reader.ts'
import { coarseMs } from '../entry.ts'
import { activityTables, exchangeLogs, mailTables } from '../shape-names.ts'
import { isCoarseTime } from '../time/culture-time.ts'
import { valueText } from '../value-text.ts'
import { type Columns, plain, type RowOfMoment } from './near-rows.ts'
import { itemsIn, readInLogs, saysExchange, unlikeInLogs } from './says-exchange.ts'
import { leaves, saysColumns, saysMail, saysTable } from './says-row.ts'
import {
  alikeInLogons,
  alikeInSignIns,
  comparedInLogons,
  logonOperation,
  readInSignIns,
  sameInSignIns,
  saysLogon,
  saysSignIn,
} from './says-sign-in.ts'
import { alikeInTraces, isNamelessTrace, readInTraces, saysTrace } from './says-trace.ts'

/** What an activity says. */
export interface Saying {
  readonly stored: StoredActivity
  readonly record: JsonObject
  readonly truncated: boolean
  /** How much it says. */
  readonly size: number
  /** What is the same of all rows of one table, or of tables with the same columns: these are of two things, for of one thing they would be one. */
  readonly table: string
}

/** What of some activities is told again. */
export interface Retold {
  /** Which stand in tables or logs of which the case has records too, as `seq`. */
  readonly told: ReadonlySet<number>
  /** What those of one thing say in place of each other, by `seq`. */
  readonly completed: ReadonlyMap<number, JsonObject>
}

/** What is looked at of a record, or of another row, that may tell a row, and what of the row: those that are the same in it are told, and tell, alike. */
export interface Compared {
  readonly teller: readonly string[]
  readonly row: readonly string[]
  /** What else is where both say it, by what a row calls it; or whatever both have. */
  readonly ifBoth: Columns | 'all'
  /** Whether it is looked at, too, when within the moment what tells a row was. */
  readonly isWhen?: true
}

/** A kind of tables, and of logs that have no id in common with others. */
export interface Kind {
  isRow(stored: StoredActivity): boolean
  /** When another may tell it, and where. */
  momentOf(stored: StoredActivity, record: JsonObject): Moment
  /** Whether another, which lists these, says all that a row says. */
  says(other: Saying, row: Told, listed: () => ReadonlySet<string>): boolean
  /** The shapes of tables whose rows tell it too, which have no ids either. Without these only records do. */
  readonly byRows?: readonly string[] | 'any'
  /** Of two rows that tell the same, whether the other one counts; of tables whose rows are apart, that which is whole, says more, or has the lower id. */
  yieldsTo?(other: Saying, row: Row): boolean
  /** The mails and folders that have to be listed where it is told. */
  readonly listed?: (record: JsonObject) => readonly string[]
  readonly isOneEnough?: true
  readonly unlike?: ReadonlySet<string>
  readonly alike?: Columns
  /** Of tables of which no two rows are of one thing, so that no more of them are told than there are others that tell them: what is compared. */
  readonly compared?: Compared
  /** Whether two that are of one thing need not say all of it: what counts is given what others alone say. */
  readonly areCompleted?: true
  /** Which records of another dataset tell it, too. */
  readonly elsewhere?: Pick<Kind, 'says' | 'alike' | 'compared'> & {
    /** When, of a row that stands at a moment of its own log. */
    momentAround(moment: Moment, stored: StoredActivity, record: JsonObject): Moment
  }
}

/** What says all that a row says, and the mails and folders that it lists. */
export interface Teller extends Saying {
  readonly listed: () => ReadonlySet<string>
  /** Which rows ask for it. */
  readonly pool: string
}

/** A row of a table, with the record that it is read as. */
export interface Told extends Kind, RowOfMoment, Saying {}

/** One of those that are asked for, or beside which they stand. */
export interface Row extends Told {
  readonly pool: string
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

function isOf(...shapes: readonly string[]): Kind['isRow'] {
  return ({ evidence }) => shapes.includes(evidence.format.shape)
}

/** An id that was made of what a record says. */
export const hashed = /^[0-9a-f]{32}$/
const secondMs = 1000
const [ofSessions, ofMails, ofAccess, ofColumns] = mailTables
const ofMail = {
  momentOf: (stored: StoredActivity, record: JsonObject) => ({
    ...momentOf(stored, record),
    operation: null,
    hasRows: true,
  }),
  says: ({ record }: Saying, row: Told, listed: () => ReadonlySet<string>) => saysMail(record, row, listed),
  yieldsTo: yieldsToAll,
  listed: ({ Folders: folders }: JsonObject) => leaves(folders),
}
const ofRecords = { momentOf, yieldsTo: () => false }
/** Of several that a row is of, the first counts. */
export const kinds: readonly Kind[] = [
  // One mail or folder of a record that may list many; and a record without its mails, which such rows tell as well.
  { ...ofMail, isRow: isOf(ofMails, ofAccess), byRows: [ofMails, ofAccess, ofColumns] },
  { ...ofMail, isRow: isOf(ofSessions), byRows: mailTables },
  // Exchange's own logs, which tell what the audit log tells, and each other's exports.
  {
    isRow: isOf(...exchangeLogs),
    momentOf: (stored, record) => ({ ...momentOf(stored, record), hasRows: true }),
    says: ({ record }, row, listed) => saysExchange(record, row, listed),
    byRows: exchangeLogs,
    listed: itemsIn,
    isOneEnough: true,
    unlike: unlikeInLogs,
    compared: { teller: readInLogs, row: readInLogs, ifBoth: 'all' },
    areCompleted: true,
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
    alike: alikeInSignIns,
    compared: { teller: readInSignIns, row: readInSignIns, ifBoth: sameInSignIns },
    byRows: 'any',
    elsewhere: { momentAround: logonsAround, says: saysLogonThen, alike: alikeInLogons, compared: comparedInLogons },
  },
  // Message traces of which the id was left out.
  {
    isRow: isNamelessTrace,
    momentOf: (stored, record) => ({ ...secondMoment(stored, record), mailbox: stored.mailbox, operation: null }),
    says: ({ record }, row) => saysTrace(record, row.record),
    alike: alikeInTraces,
    compared: { teller: readInTraces, row: readInTraces, ifBoth: alikeInTraces },
    byRows: 'any',
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
function logonsAround({ from, to }: Moment, stored: StoredActivity, record: JsonObject): Moment {
  const around = { from: from - secondMs, to: to + secondMs, mailbox: stored.mailbox }
  return { ...around, dataset: 'o365.audit', operation: logonOperation(record), hasRows: false }
}

function saysLogonThen({ stored: { time }, record }: Saying, row: Told): boolean {
  const { from, to } = row.moment
  return saysLogon(record, row.record, time >= from + secondMs && time <= to - secondMs)
}
