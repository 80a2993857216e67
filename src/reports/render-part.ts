import { encode } from '../document.ts'
import {
  countLogon,
  type Fact,
  factColumns,
  factOf,
  type LogonCount,
  logonColumns,
  type Reading,
  readingColumns,
  readingOf,
} from './fact.ts'
import type { ReportedActivity } from './reported-activity.ts'
import { count, newTally, type Tally } from './tally.ts'
import { lineOf, readingTable, tablesFor } from './tsv/tables.ts'

/** All that one slice of a case gives to the reports: plain data, cheap to hand to another thread. */
export interface ReportPart {
  readonly tally: Tally
  /** ECS documents, one a line, where they are wanted. */
  readonly documents: Uint8Array<ArrayBuffer>
  /** The lines of each table, by the table's name. */
  readonly tables: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
  /** Rows of the scratch tables, each a JSON list of lists. */
  readonly facts: string
  readonly logons: string
  readonly readings: string
}

/** Writes a slice into every report at once. */
export function renderPart(activities: Iterable<ReportedActivity>, withDocuments: boolean): ReportPart {
  const tally = newTally()
  const lines: Record<string, string[]> = {}
  const facts: Fact[] = []
  const logons = new Map<string, LogonCount>()
  const readings: Reading[] = []
  const documents: string[] = []
  for (const activity of activities) {
    const { document } = activity
    count(tally, activity)
    if (withDocuments) documents.push(`${encode(document)}\n`)
    const fact = factOf(activity)
    if (fact !== undefined) facts.push(fact)
    if (document['hoofprint.category'] === 'logon') countLogon(logons, activity)
    for (const table of tablesFor(document)) {
      const line = lineOf(table, activity)
      lines[table.name] ??= []
      lines[table.name]?.push(line)
      if (table.name === readingTable) readings.push(readingOf(activity, Buffer.byteLength(line)))
    }
  }
  return {
    tally,
    documents: toBytes(documents),
    tables: Object.fromEntries(Object.entries(lines).map(([name, own]) => [name, toBytes(own)])),
    facts: toRows(facts, factColumns),
    logons: toRows(logons.values(), logonColumns),
    readings: toRows(readings, readingColumns),
  }
}

/** What a part holds that is handed over rather than copied. */
export function buffersOf({ documents, tables }: ReportPart): ArrayBuffer[] {
  return [documents.buffer, ...Object.values(tables).map(({ buffer }) => buffer)]
}

/** One by one: joined first, one emoji would make all of the text twice as large. */
function toBytes(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  let size = 0
  for (const line of lines) size += Buffer.byteLength(line)
  const bytes = Buffer.allocUnsafeSlow(size)
  let end = 0
  for (const line of lines) end += bytes.write(line, end)
  return bytes as Uint8Array<ArrayBuffer>
}

function toRows<Row>(rows: Iterable<Row>, columns: readonly (keyof Row)[]): string {
  return JSON.stringify(Array.from(rows, (row) => columns.map((column) => row[column] ?? null)))
}
