import { isObject, type Json, type JsonObject } from '../activity.ts'
import type { Moment } from '../case/neighbours.ts'
import type { CaseReader, StoredActivity } from '../case/reader.ts'
import { coarseMs } from '../entry.ts'
import { booleanIn } from '../normalize/booleans.ts'
import { once } from '../remember.ts'
import { activityTables, mailTables } from '../shape-names.ts'
import { restore } from '../sources/files/digest.ts'
import { isCoarseTime } from '../time/culture-time.ts'
import { valueText } from '../value-text.ts'
import { near, plain, type RowOfMoment } from './near-rows.ts'
import { saysSignIn } from './says-sign-in.ts'

/**
 * Which of these activities stand in tables that people or tools made of records that the case has too, as `seq`. Such a row has no id, so it is
 * told by this: it says nothing of what the record says otherwise, and is of the same moment, operation and user.
 */
export function retold(
  activities: readonly StoredActivity[],
  reader: Pick<CaseReader, 'neighbours' | 'activities'>,
): ReadonlySet<number> {
  const rows = activities.flatMap((stored) => {
    const kind = kinds.find(({ isRow }) => isRow(stored))
    if (kind === undefined) return []
    const { record, truncated } = restored(stored)
    const told = kind.says === saysMail ? leaves(record['Folders']) : []
    return [{ ...kind, stored, record, truncated, told, moment: momentOf(stored, record, kind) }]
  })
  if (rows.length === 0) return none
  // Where times are cut to the minute, thousands of rows and records share one: it is asked for once, and its records are read one by one.
  const moments = [...Map.groupBy(rows, ({ moment }) => JSON.stringify(moment)).values()].map(near)
  const found = reader.neighbours.at(moments.map(({ moment }) => moment))
  const told = new Set<number>()
  for (let at = 0; at < found.length && told.size < rows.length; at += readAtOnce) {
    const asking = Map.groupBy(found.slice(at, at + readAtOnce), ({ seq }) => seq)
    for (const other of reader.activities({ seqs: [...asking.keys()] })) {
      const { record } = restored(other)
      const listed = once(() => new Set([record['Folders'], record['Item']].flatMap(leaves)))
      for (const row of (asking.get(other.seq) ?? []).flatMap(({ of }) => moments[of]?.of(record, listed) ?? [])) {
        if (mayTell(other, row) && row.says(record, row, listed)) {
          if (!row.isRow(other) || yieldsTo(other, record, row)) told.add(row.stored.seq)
        }
      }
    }
  }
  return told
}

const none: ReadonlySet<number> = new Set()
const readAtOnce = 256

type Restored = ReturnType<typeof restore>

interface Kind {
  isRow(stored: StoredActivity): boolean
  /** Whether a record, which lists these, says all that a row says. */
  says(record: JsonObject, row: Row, listed: () => ReadonlySet<string>): boolean
  /** The shapes of tables whose rows tell it too, which have no ids either. Without these only records do. */
  readonly byRows?: readonly string[]
}

/** A row of a table, with the record that it is read as. */
interface Row extends Kind, RowOfMoment {
  readonly stored: StoredActivity
  readonly truncated: boolean
}

function mayTell(other: StoredActivity, { isRow, byRows }: Row): boolean {
  return byRows === undefined ? !isRow(other) : !hashed.test(other.id) || byRows.includes(other.evidence.format.shape)
}

/**
 * Whether of two rows of one shape that tell the same this one is not the one that counts: which columns a table has differs by its version and by
 * what it was asked for. Of those that say as much, and list as much, one counts, whichever came first.
 */
function yieldsTo(other: StoredActivity, whole: JsonObject, { stored, record, told }: Row): boolean {
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

const hashed = /^[0-9a-f]{32}$/
const secondMs = 1000
const [ofSessions, ofMails, ofAccess, ofColumns] = mailTables
const kinds: readonly Kind[] = [
  // One mail or folder of a record that may list many; and a record without its mails, which such rows tell as well.
  { isRow: isOf(ofMails, ofAccess), says: saysMail, byRows: [ofMails, ofAccess, ofColumns] },
  { isRow: isOf(ofSessions), says: saysMail, byRows: mailTables },
  // Columns that somebody selected, without the Id; or a record that was cut off before it.
  { isRow: ({ dataset, id }) => dataset === 'o365.audit' && hashed.test(id), says: saysColumns },
  // Columns of sign-ins that somebody selected, without the Id.
  {
    isRow: ({ dataset, id }) => dataset === 'azure.signinlogs' && hashed.test(id),
    says: (record, { record: row }) => saysSignIn(record, row),
  },
  // Outlook's activities have no ids at all, but Magic Unicorn's tables are known.
  { isRow: isOf(...activityTables), says: saysTable },
]

/** Whose time was cut to the minute may be of any second of it; of sign-ins some exports tell no less than the second. */
function momentOf({ dataset, time, mailbox, operation }: StoredActivity, record: JsonObject, { byRows }: Kind): Moment {
  const isCoarse = isCoarseTime(valueText(record['CreationTime'] ?? record['createdDateTime'] ?? null) ?? '')
  const isSignIn = dataset === 'azure.signinlogs'
  const from = isSignIn ? time - (time % secondMs) : time
  return {
    dataset,
    from,
    to: from + (isCoarse ? coarseMs : isSignIn ? secondMs : 1) - 1,
    // Magic Unicorn called some operations otherwise, and mailboxes are guessed where records do not name them.
    ...(dataset === 'o365.activity'
      ? { mailbox, operation: null }
      : { mailbox: null, operation: byRows === undefined ? plain(operation) : null }),
  }
}

function restored({ dataset, evidence, content }: StoredActivity): Restored {
  return restore(evidence.format, content, dataset)
}

/** What a tool adds of its own, such as a country, is in no record; what both say has to be the same, but for lists that may lack their end. */
function saysColumns(record: JsonObject, { record: row, truncated }: Row): boolean {
  if (['Operation', 'UserId'].some((name) => plain(record[name]) !== plain(row[name]))) return false
  return Object.entries(row).every(
    ([name, value]) =>
      name === 'CreationTime' ||
      record[name] === undefined ||
      (truncated && typeof value === 'object') ||
      same(name, record[name], value),
  )
}

const withPort = /^(?:(\d+(?:\.\d+){3})|\[([\da-f:.]+)\]):\d+$/

/** Scripts write the name of a record's type for its number, and leave the port of an address out. */
function same(name: string, own: Json | undefined, told: Json): boolean {
  const [a, b] = [plain(own), plain(told)]
  if (a === b) return true
  if (name === 'RecordType') return /^\d+$/.test(a) !== /^\d+$/.test(b)
  return name === 'ClientIP' && a.replace(withPort, '$1$2') === b.replace(withPort, '$1$2')
}

/** Two records of one second, user and session are told apart by what they list: looked at first, for a minute may have thousands of either. */
function saysMail(record: JsonObject, row: Row, listed: () => ReadonlySet<string>): boolean {
  if (!row.told.every((leaf) => listed().has(leaf)) || !saysColumns(record, row)) return false
  const [own, told] = [propertiesIn(record), propertiesIn(row.record)]
  const [type, toldType] = [own.get('mailaccesstype'), told.get('mailaccesstype')]
  if (type !== undefined && toldType !== undefined && type !== toldType) return false
  return booleanIn(told.get('isthrottled')) !== true || booleanIn(own.get('isthrottled')) === true
}

function propertiesIn({ OperationProperties: list }: JsonObject): ReadonlyMap<string, string> {
  const properties = Array.isArray(list) ? list.filter(isObject) : []
  return new Map(properties.map(({ Name, Value }) => [plain(Name), plain(Value)]))
}

/** Every text and number that stands somewhere in a value, as `plain` gives it. */
function leaves(value: Json | undefined): string[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value.flatMap(leaves)
  return isObject(value) ? Object.values(value).flatMap(leaves) : [plain(value)]
}

/** By the table's property, those that activities have in its place. */
const inTables: Readonly<Record<string, readonly string[]>> = {
  ClientIP: ['ClientIP', 'IPAddress'],
  UserName: ['UserName'],
  UserAgent: ['UserAgent', 'Browser'],
  Query: ['Query', 'SuggestionStimulus'],
}
const searching = /^Search(?:Result|Suggestions?Display)$/

/** The tables leave semicolons out, and say of all searches that they were run. */
function saysTable(record: JsonObject, { record: row }: Row): boolean {
  const [own, told] = [record['CustomProperties'], row['CustomProperties']]
  const isSame = ['AppIdType', 'ActivityIdType'].every((name) => record[name] === row[name])
  const isSearch =
    'Query' in (isObject(told) ? told : {}) && searching.test(valueText(record['ActivityIdType'] ?? null) ?? '')
  if ((!isSame && !isSearch) || !isObject(own) || !isObject(told)) return false
  return Object.entries(told).every(([name, value]) =>
    inTables[name]?.some((property) => own[property] !== undefined && bare(own[property]) === bare(value)),
  )
}

function bare(value: Json | undefined): string {
  return plain(value).replaceAll(/[;\s]+/g, ' ')
}
