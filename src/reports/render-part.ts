import { encode } from '../encode.ts'
import { ownBytes } from '../own-bytes.ts'
import { type Fact, factColumns, factOf } from './fact.ts'
import { hourColumns, newHourCounts } from './hour-count.ts'
import { countLogon, type LogonCount, logonColumns } from './logon-count.ts'
import { type Novelty, noveltyColumns, noveltyOf } from './novelty.ts'
import { type Reading, readingColumns, readingOf } from './reading.ts'
import type { ReportedActivity, ReportedMail } from './reported-activity.ts'
import { addStay, type Stay, stayColumns } from './stay.ts'
import { count, newTally, type Tally } from './tally.ts'
import type { TsvTable } from './tsv/table.ts'
import { lineOf, readingTable, tablesFor } from './tsv/tables.ts'
import { countUsage, type UsageCount, usageColumns } from './usage-count.ts'

/** All that one slice of a case gives to the reports: plain data, cheap to hand to another thread. */
export interface ReportPart {
  readonly tally: Tally
  /** ECS documents, one a line, where they are wanted. */
  readonly documents: Uint8Array<ArrayBuffer>
  /** The lines of each table, by the table's name. */
  readonly tables: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
  /** Rows of each scratch table, each a JSON list of lists. */
  readonly scratch: Readonly<Record<ScratchTable, string>>
}

/** The columns of each scratch table. */
export const scratchTables = {
  fact: factColumns,
  logon: logonColumns,
  reading: readingColumns,
  hour: hourColumns,
  usage: usageColumns,
  novelty: noveltyColumns,
  stay: stayColumns,
} as const

export type ScratchTable = keyof typeof scratchTables

/** Writes a slice into every report at once, or, without tables, into what is counted from. */
export function renderPart(
  activities: Iterable<ReportedActivity>,
  withDocuments: boolean,
  withTables = true,
): ReportPart {
  const tally = newTally()
  const lines: Record<string, string[]> = {}
  const facts: Fact[] = []
  const logons = new Map<string, LogonCount>()
  const readings: Reading[] = []
  const hours = newHourCounts()
  const documents: Buffer[] = []
  const usages = new Map<string, UsageCount>()
  const novelties: Novelty[] = []
  const stays: Stay[] = []
  const latestStays = new Map<string, Stay>()
  const write = (table: TsvTable, activity: ReportedActivity, mail: ReportedMail | undefined) => {
    if (!withTables && table.name !== readingTable) return
    const line = withTables ? lineOf(table, activity, mail) : ''
    lines[table.name] ??= []
    if (withTables) lines[table.name]?.push(line)
    if (table.name === readingTable) readings.push(readingOf(activity, mail, Buffer.byteLength(line)))
  }
  for (const activity of activities) {
    const { document, messages } = activity
    count(tally, activity)
    hours.count(activity)
    if (withDocuments) documents.push(Buffer.from(`${encode(document)}\n`)) // Its text is of a thousand pieces.
    const fact = factOf(activity)
    if (fact !== undefined) facts.push(fact)
    if (document['hoofprint.category'] === 'logon') countLogon(logons, activity)
    countUsage(usages, activity)
    addStay(stays, latestStays, activity)
    const novelty = noveltyOf(activity)
    if (novelty !== undefined) novelties.push(novelty)
    for (const table of tablesFor(document)) {
      if (table.eachMail !== true || messages.length < 2) write(table, activity, messages[0])
      else for (const mail of messages) write(table, activity, mail)
    }
  }
  return {
    tally,
    documents: ownBytes(documents),
    tables: Object.fromEntries(Object.entries(lines).map(([name, own]) => [name, toBytes(own)])),
    scratch: {
      fact: toRows(facts, factColumns),
      logon: toRows(logons.values(), logonColumns),
      reading: toRows(readings, readingColumns),
      hour: toRows(hours.rows, hourColumns),
      usage: toRows(usages.values(), usageColumns),
      novelty: toRows(novelties, noveltyColumns),
      stay: toRows(stays, stayColumns),
    },
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
  const lists: unknown[][] = []
  for (const row of rows) {
    const list: unknown[] = []
    for (let i = 0; i < columns.length; i += 1) list.push(row[columns[i] as keyof Row])
    lists.push(list)
  }
  return JSON.stringify(lists) // In a list, JSON writes null for what is undefined.
}
