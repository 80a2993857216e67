import { type GrowingBytes, growingBytes } from '../bytes/growing-bytes.ts'
import type { EcsDocument } from '../document.ts'
import { encode } from '../encode.ts'
import { foundOrMade } from '../remember.ts'
import { type CountTable, columnsOf, countTables } from './count-tables.ts'
import { factColumns, isFact, listedFacts } from './fact.ts'
import { mergedRows } from './merged-rows.ts'
import { noveltyColumns } from './novelty.ts'
import { type MailColumn, readingMailColumns, readingRecordColumns, toldWithoutTables } from './reading.ts'
import type { ReportedActivity, ReportedMail } from './reported-activity.ts'
import { stateColumns } from './states.ts'
import { addStay, type Stay, stayColumns } from './stay.ts'
import { count, newTally, type Tally } from './tally.ts'
import type { TsvTable } from './tsv/table.ts'
import { linesOf, mailsIn, readingTable, tablesFor } from './tsv/tables.ts'

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
  fact: Object.keys(factColumns),
  logon: columnsOf(countTables.logon),
  reading: [...Object.keys(readingRecordColumns), ...Object.keys(readingMailColumns)],
  hour: columnsOf(countTables.hour),
  usage: columnsOf(countTables.usage),
  application: columnsOf(countTables.application),
  novelty: Object.keys(noveltyColumns),
  stay: stayColumns,
  trace: columnsOf(countTables.trace),
  state: Object.keys(stateColumns),
} as const

export type ScratchTable = keyof typeof scratchTables

const ofFact = Object.values(factColumns)
const ofState = Object.values(stateColumns)
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
  const counters = Object.entries(countTables).map(([name, table]) =>
    counter(table, (row) => pieces.addRow(name as ScratchTable, JSON.stringify(row))),
  )
  return (activities) => {
    const tally = newTally()
    const stays: Stay[] = []
    const latestStays = new Map<string, Stay>()
    const write = (table: TsvTable, activity: ReportedActivity) => {
      const mails = mailsIn(table, activity)
      const lines = withTables ? linesOf(table, activity, mails) : []
      const bytes = lines.map((line) => pieces.of(table.name).write(line))
      if (table.name !== readingTable) return
      const shared = rowOf(ofRecord, activity.document).slice(0, -1) // Made text once for all mails.
      for (const [i, mail] of mails.entries())
        pieces.addRow('reading', `${shared},${rowOf(ofMail, activity, mail, bytes[i]).slice(1)}`)
    }
    const countIn = (activity: ReportedActivity) => {
      const { document } = activity
      count(tally, activity)
      for (const counter of counters) counter.count(document)
      if (isListed(activity)) pieces.addRow('fact', rowOf(ofFact, document))
      addStay(stays, latestStays, activity)
      if (document['hoofprint.first_seen'] !== undefined) pieces.addRow('novelty', rowOf(ofNovelty, document))
    }
    for (const activity of activities) {
      const { document } = activity
      if (withDocuments) pieces.of(documentsPiece).write(`${encode(document)}\n`)
      // That something stood is nobody's activity, and no time of which there are records.
      if (document['hoofprint.category'] === 'state') pieces.addRow('state', rowOf(ofState, document))
      else countIn(activity)
      for (const table of tablesFor(document)) {
        if (withTables || table.name === readingTable) write(table, activity)
      }
    }
    for (const { flush } of counters) flush()
    for (const stay of stays) pieces.addRow('stay', JSON.stringify(stayColumns.map((column) => stay[column])))
    return { tally, ...pieces.taken() }
  }
}

/** Counts documents as a table says, until its rows are stored. */
function counter(table: CountTable, store: (row: readonly unknown[]) => void) {
  const { add, flush } = mergedRows<unknown>(table, store)
  const columns = [...Object.values(table.keys), ...Object.values(table.sums), ...Object.values(table.others)]
  return {
    count(document: EcsDocument): void {
      for (const one of table.each(document)) add(columns.map((read) => read(document, one)))
    },
    flush,
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
