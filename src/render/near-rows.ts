import type { Json, JsonObject } from '../activity.ts'
import type { Moment } from '../case/neighbours.ts'

/** By what a row calls each, what another calls it. */
export type Columns = Readonly<Record<string, string>>

/** A row of a table, of which others of the same moment may be many. */
export interface RowOfMoment {
  readonly moment: Moment
  /** The record that it is read as. */
  readonly record: JsonObject
  /** The mails and folders that have to be listed where it is told, with all that it says of them. */
  readonly told: readonly string[]
  /** Whether who lists one of them may tell it. */
  readonly isOneEnough?: true
  /** Columns in which one thing is said in several ways, where these are others than in most tables. */
  readonly unlike?: ReadonlySet<string>
  /** Columns in which who tells it says the same text, by what he calls them, where both say any: then no others are compared. */
  readonly alike?: Columns
}

/** Rows of one moment. */
export interface Near<Row> {
  readonly moment: Moment
  readonly rows: readonly Row[]
  /** Those that a record may tell, which lists these: of thousands nearly all are told apart by one column, or by a mail. */
  of(record: JsonObject, listed: () => ReadonlySet<string>): readonly Row[]
}

const few = 16

/** Sorts rows of one moment by what they say. Those of Outlook's activities say it in other words than records, and stay together. */
export function near<Row extends RowOfMoment>(rows: readonly Row[]): Near<Row> {
  const { moment, alike } = rows[0] as Row
  if (rows.length <= few || (alike === undefined && moment.dataset !== 'o365.audit'))
    return { moment, rows, of: () => rows }
  const byMail = byRarest(rows.filter(({ told }) => told.length > 0))
  const byText = byColumns(rows.filter(({ told }) => told.length === 0))
  return { moment, rows, of: (record, listed) => [...byMail(listed), ...byText(record)] }
}

/** By what each row lists that fewest others do: a record that does not list it does not tell the row. */
function byRarest<Row extends RowOfMoment>(
  rows: readonly Row[],
): (listed: () => ReadonlySet<string>) => readonly Row[] {
  if (rows.length === 0) return () => []
  const counts = new Map<string, number>()
  for (const leaf of rows.flatMap(({ told }) => told)) counts.set(leaf, (counts.get(leaf) ?? 0) + 1)
  const areEnough = rows[0]?.isOneEnough === true
  const rarer = (a: string, b: string) => ((counts.get(b) ?? 0) < (counts.get(a) ?? 0) ? b : a)
  const byLeaf = new Map<string, Row[]>()
  for (const row of rows) {
    for (const leaf of areEnough ? row.told : [row.told.reduce(rarer)]) {
      const known = byLeaf.get(leaf)
      if (known === undefined) byLeaf.set(leaf, [row])
      else known.push(row)
    }
  }
  return (listed) => [...new Set([...listed()].flatMap((leaf) => byLeaf.get(leaf) ?? []))]
}

/** Columns in which one thing is said in several ways. */
const unlike: ReadonlySet<string> = new Set(['CreationTime', 'RecordType', 'ClientIP'])

/** By the column in which fewest rows say what the record says, or nothing. */
function byColumns<Row extends RowOfMoment>(rows: readonly Row[]): (record: JsonObject) => readonly Row[] {
  const own = new Set(rows.flatMap(({ record }) => Object.keys(record))).difference(rows[0]?.unlike ?? unlike)
  const names = Object.entries(rows[0]?.alike ?? Object.fromEntries([...own].map((name) => [name, name])))
  const columns = names.map(
    ([name, called]) => [called, Map.groupBy(rows, ({ record }) => textIn(record[name]))] as const,
  )
  return (record) => {
    let fewest = rows
    for (const [called, byText] of columns) {
      const said = bare(record[called])
      if (said === '') continue
      const [same = [], others = []] = [byText.get(said), byText.get(undefined)]
      if (same.length + others.length < fewest.length) fewest = [...same, ...others]
    }
    return fewest
  }
}

/** Nothing where a list that was cut off may be the beginning of the record's. */
function textIn(value: Json | undefined): string | undefined {
  return typeof value === 'object' ? undefined : bare(value) || undefined
}

/** Without the marks that some put around ids and words. */
function bare(value: Json | undefined): string {
  return plain(value).replaceAll(/["<>]/g, '')
}

/** A value as texts are compared: its case and the blanks around it say nothing, nor does null. */
export function plain(value: Json | undefined): string {
  return (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? ''))
    .trim()
    .toLowerCase()
}

const withPort = /^(?:(\d+(?:\.\d+){3})|\[([\da-f:.]+)\]):\d+$/

/** Whether two addresses are the same text, where either may have its port. */
export function isSameButPort(a: string, b: string): boolean {
  return a.replace(withPort, '$1$2') === b.replace(withPort, '$1$2')
}

/** Whether one is a number and the other not, as of a record's type one has the name. */
export function isNumberOf(a: string, b: string): boolean {
  return /^\d+$/.test(a) !== /^\d+$/.test(b)
}
