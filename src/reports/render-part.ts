import { encode } from '../document.ts'
import type { ScratchRow } from './fact.ts'
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

/** All that one slice of a case gives to the reports: plain data, so that it can cross threads. */
export interface ReportPart {
  readonly tally: Tally
  /** ECS documents, one a line, where they are wanted. */
  readonly ndjson: Uint8Array<ArrayBuffer>
  /** The lines of each table, by the table's name. */
  readonly tables: Readonly<Record<string, string>>
  /** Rows for the scratch tables. */
  readonly facts: readonly ScratchRow[]
  readonly logons: readonly ScratchRow[]
  readonly readings: readonly ScratchRow[]
}

/** Writes a slice into every report at once. */
export function renderPart(activities: Iterable<ReportedActivity>, withDocuments: boolean): ReportPart {
  const tally = newTally()
  const tables: Record<string, string> = {}
  const facts: Fact[] = []
  const logons = new Map<string, LogonCount>()
  const readings: Reading[] = []
  const documents: string[] = []
  for (const activity of activities) {
    const { document } = activity
    count(tally, activity)
    if (withDocuments) documents.push(encode(document))
    const fact = factOf(activity)
    if (fact !== undefined) facts.push(fact)
    if (document['hoofprint.category'] === 'logon') countLogon(logons, activity)
    for (const table of tablesFor(document)) {
      const line = lineOf(table, activity)
      tables[table.name] = (tables[table.name] ?? '') + line
      if (table.name === readingTable) readings.push(readingOf(activity, line))
    }
  }
  return {
    tally,
    ndjson: toLines(documents),
    tables,
    facts: toRows(facts, factColumns),
    logons: toRows(logons.values(), logonColumns),
    readings: toRows(readings, readingColumns),
  }
}

/** One by one: joined first, one emoji would make all of the text twice as large. */
function toLines(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  let size = 0
  for (const line of lines) size += Buffer.byteLength(line) + 1
  const bytes = Buffer.allocUnsafeSlow(size)
  let end = 0
  for (const line of lines) {
    end += bytes.write(line, end)
    bytes[end] = 10
    end += 1
  }
  return bytes as Uint8Array<ArrayBuffer>
}

function toRows<Row>(rows: Iterable<Row>, columns: readonly (keyof Row)[]): ScratchRow[] {
  return Array.from(rows, (row) => columns.map((column) => (row[column] ?? null) as ScratchRow[number]))
}
