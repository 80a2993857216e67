import { type GrowingBytes, growingBytes } from '../bytes/growing-bytes.ts'
import { encode } from '../encode.ts'
import { foundOrMade } from '../remember.ts'
import { factColumns, isFact, listedFacts } from './fact.ts'
import { allOf } from './merged-rows.ts'
import { noveltyColumns } from './novelty.ts'
import { type MailColumn, readingMailColumns, readingRecordColumns, toldWithoutTables } from './reading.ts'
import type { ReportedActivity, ReportedMail } from './reported-activity.ts'
import {
  type ApplicationCount,
  applicationColumns,
  countApplication,
  countHour,
  countLogon,
  countTrace,
  type HourCount,
  hourColumns,
  type LogonCount,
  logonColumns,
  type TraceCount,
  traceColumns,
} from './slice-counts.ts'
import { addStay, type Stay, stayColumns } from './stay.ts'
import { count, newTally, type Tally } from './tally.ts'
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

const [ofLogons, ofApplications] = [allOf(logonColumns), allOf(applicationColumns)]

/** The columns of each scratch table. */
export const scratchTables = {
  fact: Object.keys(factColumns),
  logon: ofLogons,
  reading: [...Object.keys(readingRecordColumns), ...Object.keys(readingMailColumns)],
  hour: hourColumns,
  usage: usageColumns,
  application: ofApplications,
  novelty: Object.keys(noveltyColumns),
  stay: stayColumns,
  trace: traceColumns,
} as const

export type ScratchTable = keyof typeof scratchTables

const ofFact = Object.values(factColumns)
const ofNovelty = Object.values(noveltyColumns)
const ofMail = Object.values(readingMailColumns)

/** Writes one slice after the other into every report at once, in room that is made once; without tables, into what is counted from. */
export function partRenderer(
  withDocuments: boolean,
  withTables: boolean,
): (activities: Iterable<ReportedActivity>) => ReportPart {
  const pieces = piecesBeingWritten()
  const isListed = withTables ? listedFacts() : isFact
  const ofRecord = Object.entries(readingRecordColumns).map(([name, read]) =>
    withTables && toldWithoutTables.has(name) ? () => undefined : read,
  )
  return (activities) => {
    const tally = newTally()
    const logons = new Map<string, LogonCount>()
    const applications = new Map<string, ApplicationCount>()
    const hours = new Map<string, HourCount>()
    const usages = newUsageCounts()
    const stays: Stay[] = []
    const latestStays = new Map<string, Stay>()
    const traces = new Map<string, TraceCount>()
    const write = (table: TsvTable, activity: ReportedActivity) => {
      const mails = mailsIn(table, activity)
      const lines = withTables ? linesOf(table, activity, mails) : []
      const bytes = lines.map((line) => pieces.of(table.name).write(line))
      if (table.name !== readingTable) return
      const shared = rowOf(ofRecord, activity.document).slice(0, -1) // Made text once for all mails.
      for (const [i, mail] of mails.entries())
        pieces.addRow('reading', `${shared},${rowOf(ofMail, activity, mail, bytes[i]).slice(1)}`)
    }
    for (const activity of activities) {
      const { document } = activity
      count(tally, activity)
      countHour(hours, activity)
      if (withDocuments) pieces.of(documentsPiece).write(`${encode(document)}\n`)
      if (isListed(activity)) pieces.addRow('fact', rowOf(ofFact, document))
      if (document['hoofprint.category'] === 'logon') countLogon(logons, activity)
      usages.count(activity)
      countApplication(applications, activity)
      addStay(stays, latestStays, activity)
      countTrace(traces, activity)
      if (document['hoofprint.first_seen'] !== undefined) pieces.addRow('novelty', rowOf(ofNovelty, document))
      for (const table of tablesFor(document)) {
        if (withTables || table.name === readingTable) write(table, activity)
      }
    }
    for (const row of logons.values()) pieces.add<LogonCount>('logon', row, ofLogons)
    for (const row of hours.values()) pieces.add<HourCount>('hour', row, hourColumns)
    for (const row of usages.rows) pieces.add<UsageCount>('usage', row, usageColumns)
    for (const row of applications.values()) pieces.add<ApplicationCount>('application', row, ofApplications)
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

  const of = (name: string): GrowingBytes => foundOrMade(pieces, name, growingBytes)

  function addRow(table: ScratchTable, json: string): void {
    const rows = of(table)
    rows.write(`${rows.length() === 0 ? '[' : ','}${json}`)
  }

  return {
    of,
    /** Adds a row of a scratch table, which is a list in JSON. */
    addRow,
    /** Adds one of counts. */
    add<Row>(table: ScratchTable, row: Row, columns: readonly (keyof Row)[]): void {
      addRow(table, JSON.stringify(columns.map((column) => row[column])))
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

/** What each column says, as a list in JSON, which writes null for what is undefined. */
function rowOf<Of>(columns: readonly MailColumn<Of>[], of: Of, mail?: ReportedMail, bytes?: number): string {
  const list: unknown[] = []
  for (let i = 0; i < columns.length; i += 1) list.push((columns[i] as MailColumn<Of>)(of, mail, bytes))
  return JSON.stringify(list)
}
