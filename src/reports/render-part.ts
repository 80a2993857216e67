import { encode } from '../encode.ts'
import { type GrowingBytes, growingBytes } from '../growing-bytes.ts'
import { type ApplicationCount, applicationColumns, countApplication } from './application-count.ts'
import { type Fact, factColumns, factOf, listedFacts } from './fact.ts'
import { hourColumns, newHourCounts } from './hour-count.ts'
import { countLogon, type LogonCount, logonColumns } from './logon-count.ts'
import { type Novelty, noveltyColumns, noveltyOf } from './novelty.ts'
import {
  type Reading,
  type ReadingRecord,
  readingColumns,
  readingMailColumns,
  readingOf,
  readingRecordColumns,
  readingRecordOf,
} from './reading.ts'
import type { ReportedActivity } from './reported-activity.ts'
import { addStay, type Stay, stayColumns } from './stay.ts'
import { count, newTally, type Tally } from './tally.ts'
import { countTrace, type TraceCount, traceColumns } from './trace-count.ts'
import type { TsvTable } from './tsv/table.ts'
import { linesOf, mailsIn, readingTable, tablesFor } from './tsv/tables.ts'
import { newUsageCounts, type UsageCount, usageColumns } from './usage-count.ts'

/** All that some slices of a case give to the reports: plain data, cheap to hand to another thread. */
export interface ReportPart {
  readonly tally: Tally
  /** All pieces, one behind the other: the lines of tables, documents, and rows of scratch tables. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly pieces: readonly Piece[]
}

/** A table's lines by the table's name, ECS documents one a line, or a scratch table's rows: a JSON list of lists. */
type Piece = readonly [name: string, bytes: number]

/** The name of the piece that has the ECS documents, where they are wanted. */
export const documentsPiece = 'documents'

/** The columns of each scratch table. */
export const scratchTables = {
  fact: factColumns,
  logon: logonColumns,
  reading: readingColumns,
  hour: hourColumns,
  usage: usageColumns,
  application: applicationColumns,
  novelty: noveltyColumns,
  stay: stayColumns,
  trace: traceColumns,
} as const

export type ScratchTable = keyof typeof scratchTables

/** Writes a slice into every report at once, or, without tables, into what is counted from. */
export function renderPart(
  activities: Iterable<ReportedActivity>,
  withDocuments: boolean,
  withTables = true,
): ReportPart {
  return partRenderer(withDocuments, withTables)(activities)
}

/** The same for one slice after the other, in room that is made once. */
export function partRenderer(
  withDocuments: boolean,
  withTables: boolean,
): (activities: Iterable<ReportedActivity>) => ReportPart {
  const pieces = piecesBeingWritten()
  const factIn = withTables ? listedFacts() : factOf
  return (activities) => {
    const tally = newTally()
    const logons = new Map<string, LogonCount>()
    const applications = new Map<string, ApplicationCount>()
    const hours = newHourCounts()
    const usages = newUsageCounts()
    const stays: Stay[] = []
    const latestStays = new Map<string, Stay>()
    const traces = new Map<string, TraceCount>()
    const write = (table: TsvTable, activity: ReportedActivity) => {
      const mails = mailsIn(table, activity)
      const lines = withTables ? linesOf(table, activity, mails) : []
      const bytes = lines.map((line) => pieces.of(table.name).write(line))
      if (table.name !== readingTable) return
      const readings = mails.map((mail, i) => readingOf(activity, mail, bytes[i]))
      pieces.addAlike(readingRecordOf(activity, !withTables), readings)
    }
    for (const activity of activities) {
      const { document } = activity
      count(tally, activity)
      hours.count(activity)
      if (withDocuments) pieces.of(documentsPiece).write(`${encode(document)}\n`)
      const fact = factIn(activity)
      if (fact !== undefined) pieces.add<Fact>('fact', fact, factColumns)
      if (document['hoofprint.category'] === 'logon') countLogon(logons, activity)
      usages.count(activity)
      countApplication(applications, activity)
      addStay(stays, latestStays, activity)
      countTrace(traces, activity)
      const novelty = noveltyOf(activity)
      if (novelty !== undefined) pieces.add<Novelty>('novelty', novelty, noveltyColumns)
      for (const table of tablesFor(document)) {
        if (withTables || table.name === readingTable) write(table, activity)
      }
    }
    for (const row of logons.values()) pieces.add<LogonCount>('logon', row, logonColumns)
    for (const row of hours.rows) pieces.add('hour', row, hourColumns)
    for (const row of usages.rows) pieces.add<UsageCount>('usage', row, usageColumns)
    for (const row of applications.values()) pieces.add<ApplicationCount>('application', row, applicationColumns)
    for (const row of stays) pieces.add<Stay>('stay', row, stayColumns)
    for (const row of traces.values()) pieces.add<TraceCount>('trace', row, traceColumns)
    return { tally, ...pieces.taken() }
  }
}

/** What a part holds that is handed over rather than copied. */
export function buffersOf({ bytes }: ReportPart): ArrayBuffer[] {
  return [bytes.buffer]
}

/** The pieces of a part by name, as long as its bytes are there. */
export function piecesOf({ bytes, pieces }: ReportPart): ReadonlyMap<string, Buffer> {
  const views = new Map<string, Buffer>()
  // What came from another thread is plain bytes.
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let start = 0
  for (const [name, length] of pieces) {
    views.set(name, all.subarray(start, start + length))
    start += length
  }
  return views
}

/** Gives the memory of a part back at once: the garbage collector, which sees nothing but the small object that stands for it, lets some 40 MB pile up. */
export function release({ bytes }: ReportPart): void {
  bytes.buffer.transfer(0)
}

function piecesBeingWritten() {
  const pieces = new Map<string, GrowingBytes>()

  function of(name: string): GrowingBytes {
    const known = pieces.get(name)
    if (known !== undefined) return known
    const made = growingBytes()
    pieces.set(name, made)
    return made
  }

  function addRow(table: ScratchTable, json: string): void {
    const rows = of(table)
    rows.write(`${rows.length() === 0 ? '[' : ','}${json}`)
  }

  return {
    of,
    /** Adds a row of a scratch table. */
    add<Row>(table: ScratchTable, row: Row, columns: readonly (keyof Row)[]): void {
      addRow(table, toJson(row, columns))
    },
    /** Adds the readings of one record: what they share is made text once. */
    addAlike(record: ReadingRecord, readings: readonly Reading[]): void {
      const start = toJson(record, readingRecordColumns).slice(0, -1)
      for (const reading of readings) addRow('reading', `${start},${toJson(reading, readingMailColumns).slice(1)}`)
    },
    /** All that was written since the last time. */
    taken() {
      const filled = [...pieces].filter(([, piece]) => piece.length() > 0)
      for (const [name, piece] of filled) if (name in scratchTables) piece.write(']')
      const bytes = Buffer.allocUnsafeSlow(filled.reduce((sum, [, piece]) => sum + piece.length(), 0))
      let start = 0
      const lengths = filled.map(([name, piece]): Piece => {
        const length = piece.bytes().copy(bytes, start)
        piece.clear()
        start += length
        return [name, length]
      })
      return { bytes: bytes as Uint8Array<ArrayBuffer>, pieces: lengths }
    },
  }
}

/** What is only shown: nothing is found or told apart by it. */
const shown: ReadonlySet<string> = new Set(['subject', 'sender', 'object', 'detail'])
/** How long that may be: a record may hold a text of many megabytes, of which the tables hold all. */
const longest = 10_000
const [kept, keptOfEnd] = [8_000, 1_900] as const

function toJson<Row>(row: Row, columns: readonly (keyof Row)[]): string {
  const list: unknown[] = []
  for (let i = 0; i < columns.length; i += 1) {
    const column = columns[i] as keyof Row & string
    const value = row[column]
    list.push(typeof value === 'string' && value.length > longest && shown.has(column) ? cut(value) : value)
  }
  return JSON.stringify(list) // In a list, JSON writes null for what is undefined.
}

/** A text without its middle: what a rule does stands at its end. */
function cut(text: string): string {
  const rest = text.length - kept - keptOfEnd
  return `${text.slice(0, kept)} … (${rest} characters left out) … ${text.slice(-keptOfEnd)}`
}
