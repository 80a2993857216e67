import type { Json, JsonObject } from '../activity.ts'
import type { Moment, NeighbourThen } from '../case/neighbours.ts'
import type { CaseReader, StoredActivity } from '../case/reader.ts'
import { once } from '../remember.ts'
import { restore } from '../sources/files/digest.ts'
import { isTypeName } from '../sources/files/shapes/powershell.ts'
import { valueText } from '../value-text.ts'
import { plain } from './near-rows.ts'
import { hashed, kinds, type Row, type Saying, type Teller } from './row-kinds.ts'
import { leaves } from './says-row.ts'
import { type Siblings, siblingsOf } from './siblings.ts'
import { toldRows } from './told-rows.ts'

/** What of some activities is told again. */
export interface Retold {
  /** Which stand in tables or logs of which the case has records too, as `seq`. */
  readonly told: ReadonlySet<number>
  /** What those of one thing say in place of each other, by `seq`. */
  readonly completed: ReadonlyMap<number, JsonObject>
}

/**
 * Which of these activities stand in tables that people or tools made of records that the case has too, or in a log that has no id in common with
 * one that tells the same. Such a row is told by this: it says nothing of what the record says otherwise, and is of the same moment,
 * operation and user.
 */
export function retold(
  activities: readonly StoredActivity[],
  reader: Pick<CaseReader, 'neighbours' | 'activities'>,
): Retold {
  const rows = activities.flatMap(rowsOf)
  if (rows.length === 0) return none
  // Where times are cut to the minute, thousands of rows and records share one: it is asked for once, and its records are read one by one.
  const moments = [...Map.groupBy(rows, ({ moment }) => JSON.stringify(moment)).values()].map(ofMoment)
  const found = inSeveralTables(reader.neighbours.at(moments.map(({ moment }) => moment)), moments)
  const told = new Set<number>()
  const siblings = siblingsOf()
  for (let at = 0; at < found.length && told.size < rows.length; at += readAtOnce) {
    const asking = Map.groupBy(found.slice(at, at + readAtOnce), ({ seq }) => seq)
    for (const stored of reader.activities({ seqs: [...asking.keys()] })) {
      const saying = sayingOf(stored)
      const { record } = saying
      const listed = once(() => new Set([record['Folders'], record['Item'], record['AffectedItems']].flatMap(leaves)))
      const other = { ...saying, listed }
      const there = (asking.get(stored.seq) ?? []).flatMap(({ of }) => moments[of] ?? [])
      for (const first of there.flatMap(({ rows: [one] }) => one ?? []))
        if (first.areApart && first.isRow(stored)) siblings.add(first, saying)
      for (const row of there.flatMap(({ toldBy }) => toldBy(other))) {
        if (!mayTell(other, row)) continue
        if (row.areApart) row.tellers.push(other)
        else if (counts(other, row)) told.add(row.stored.seq)
      }
    }
  }
  for (const row of rows) if (isTold(row, siblings)) told.add(row.stored.seq)
  const more = rows.map((row) => [row.stored.seq, completing(row, told.has(row.stored.seq), siblings)] as const)
  return { told, completed: new Map(more.filter(([, members]) => Object.keys(members).length > 0)) }
}

/** Rows of one moment. */
interface OfMoment {
  readonly moment: Moment
  readonly rows: readonly Row[]
  /** Those of which a record says all that they say. */
  readonly toldBy: (teller: Teller) => readonly Row[]
}

function ofMoment(rows: readonly Row[]): OfMoment {
  const [first] = rows as [Row]
  const toldBy = toldRows(rows)
  const isOneTable = first.areApart && rows.every(({ table }) => table === first.table)
  // In a table of thousands nobody compares each row with each other one, which are of other things.
  return {
    moment: first.moment,
    rows,
    toldBy: (teller) => (isOneTable && isApart(teller, first) ? [] : toldBy(teller)),
  }
}

/** Without moments of which one table of a log alone tells: in it each row is of something else. */
function inSeveralTables(found: readonly NeighbourThen[], moments: readonly OfMoment[]): readonly NeighbourThen[] {
  const evidence = new Map<number, number>()
  const several = new Set<number>()
  for (const one of found) {
    const first = evidence.get(one.of)
    if (first === undefined) evidence.set(one.of, one.evidence)
    else if (first !== one.evidence) several.add(one.of)
  }
  return found.filter(({ of }) => several.has(of) || moments[of]?.rows[0]?.areCompleted === undefined)
}

/** Whether records, or rows of another table, tell more such things than come before it in its own. */
function isTold(row: Row, siblings: Siblings): boolean {
  const better = row.tellers.filter((teller) => counts(teller, row))
  const tables = Map.groupBy(better, ({ stored, table }) => (row.isRow(stored) ? table : ''))
  return [...tables.values()].some((tellers) => siblings.areEnough(row, tellers))
}

/** Whether what tells a row counts in its place. */
function counts(teller: Saying, row: Row): boolean {
  return !row.isRow(teller.stored) || row.yieldsTo(teller, row)
}

const none: Retold = { told: new Set(), completed: new Map() }
const readAtOnce = 256

function rowsOf(stored: StoredActivity): Row[] {
  const kind = kinds.find(({ isRow }) => isRow(stored))
  if (kind === undefined) return []
  const saying = sayingOf(stored)
  const place = JSON.stringify(kind.momentOf(stored, saying.record))
  const ways = kind.elsewhere === undefined ? [kind] : [kind, { ...kind, ...kind.elsewhere }]
  return ways.map((way) => {
    const told = way.listed?.(saying.record) ?? []
    return { ...way, ...saying, told, place, tellers: [], moment: way.momentOf(stored, saying.record) }
  })
}

function mayTell(other: Saying, row: Row): boolean {
  const { isRow, byRows, stored } = row
  if (other.stored.seq === stored.seq || isApart(other, row)) return false
  if (byRows === undefined) return !isRow(other.stored)
  return byRows === 'any' || byRows.includes(other.stored.evidence.format.shape) || !hashed.test(other.stored.id)
}

/** Whether another stands in the table of a row, where each is of something else. */
function isApart(other: Saying, { areApart, table, isRow }: Row): boolean {
  return areApart === true && other.table === table && isRow(other.stored)
}

/**
 * What a row that counts does not say and rows of other tables do that are of nothing else; of whom a row has no more than a name, what all that
 * tell it call him, where they say by his id or session that it was he, or tell nothing else. In the order of ids, whichever came first.
 */
function completing(row: Row, isTold: boolean, siblings: Siblings): JsonObject {
  const { record, tellers, isRow, areCompleted } = row
  if (areCompleted === undefined || tellers.length === 0) return {}
  const isKnown = (teller: Teller) => saysWho(record, teller.record) || (isTold && siblings.isOfNoOther(row, teller))
  const user = isName(record['UserId'] ?? null) ? namedBy(tellers, isKnown) : undefined
  const tables = Map.groupBy(isTold ? [] : tellers.filter(({ stored }) => isRow(stored)), ({ table }) => table)
  const others = [...tables.values()].filter(({ length }) => length === 1).flat()
  const said = others
    .filter((teller) => siblings.isOfNoOther(row, teller))
    .toSorted((a, b) => (a.stored.id < b.stored.id ? 1 : -1))
    .flatMap((other) => Object.entries(other.record))
  const missing = said.filter(([name, value]) => record[name] === undefined && !isTypeName(valueText(value) ?? ''))
  return Object.fromEntries([...missing, ...(user === undefined ? [] : [['UserId', user] as const])])
}

/** What those that have more than a name of him call somebody, where they are of one mind, and it is known of each that he is meant. */
function namedBy(tellers: readonly Teller[], isKnown: (teller: Teller) => boolean): string | undefined {
  const naming = tellers.filter((teller) => !isName(plain(teller.record['UserId'])))
  const users = new Set(naming.map((teller) => plain(teller.record['UserId'])))
  const [user] = users
  return users.size === 1 && naming.every(isKnown) ? user : undefined
}

/** Whether both say by what a name cannot be another's that it was the same person. */
function saysWho(record: JsonObject, other: JsonObject): boolean {
  return ['LogonUserSid', 'SessionId'].some((id) => plain(record[id]) !== '' && plain(record[id]) === plain(other[id]))
}

function isName(user: Json): boolean {
  return typeof user !== 'string' || !user.includes('@')
}

function sayingOf(stored: StoredActivity): Saying {
  const { format } = stored.evidence
  const { record, truncated } = restore(format, stored.content, stored.dataset)
  const table = `${format.shape} ${'columns' in format ? format.columns.join() : ''}`
  return { stored, record, truncated, size: leaves(record).length, table }
}
