import { isObject, type Json, type JsonObject } from '../activity.ts'
import { booleanIn } from '../microsoft/booleans.ts'
import { valueText } from '../value-text.ts'
import { isNumberOf, isSameButPort, plain } from './near-rows.ts'

/** A row of a table, as the record that it is read as, and the mails and folders that it lists. */
interface ToldRow {
  readonly record: JsonObject
  readonly told: readonly string[]
  readonly truncated: boolean
}

/** Whether a record says what a row says. What a tool adds of its own, such as a country, is in no record; what both say has to be the same, but for lists that may lack their end. */
export function saysColumns(record: JsonObject, { record: row, truncated }: ToldRow): boolean {
  if (['Operation', 'UserId'].some((name) => plain(record[name]) !== plain(row[name]))) return false
  return Object.entries(row).every(
    ([name, value]) =>
      name === 'CreationTime' ||
      record[name] === undefined ||
      (truncated && typeof value === 'object') ||
      same(name, record[name], value),
  )
}

/** Scripts write the name of a record's type for its number, and leave the port of an address out. */
function same(name: string, own: Json | undefined, told: Json): boolean {
  const [a, b] = [plain(own), plain(told)]
  if (a === b) return true
  if (name === 'RecordType') return isNumberOf(a, b)
  return name === 'ClientIP' && isSameButPort(a, b)
}

/** The same of mails that a row lists. Two records of one second, user and session are told apart by what they list: looked at first, for a minute may have thousands of either. */
export function saysMail(record: JsonObject, row: ToldRow, listed: () => ReadonlySet<string>): boolean {
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
export function leaves(value: Json | undefined): string[] {
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

/** Whether an activity says what a row of Magic Unicorn's tables says. They leave semicolons out, and say of all searches that they were run. */
export function saysTable(record: JsonObject, { record: row }: ToldRow): boolean {
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
