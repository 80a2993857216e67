import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Answers } from './answers.ts'
import { answersOf } from './count-answers.ts'
import { documentsPiece, piecesOf, type ReportPart, release } from './render-part.ts'
import { openReportFile, type ReportFile } from './report-file.ts'
import { openScratch, type Scratch } from './scratch.ts'
import { merge, newTally } from './tally.ts'
import { cell, noData } from './tsv/cell.ts'
import type { TsvTable } from './tsv/table.ts'
import { headerOf, readingTable, tsvTables } from './tsv/tables.ts'

/** Where the reports go, and what their names begin with. */
export interface ReportTarget {
  readonly folder: string
  readonly title: string
  /** Whether to write the documents too: five times the size of what was read. */
  readonly withDocuments: boolean
}

/** The name of the documents' file in the report folder. */
export const ndjsonName = 'events.ndjson'

/**
 * Writes TSVs and NDJSON from parts that come in time order, and counts the answers. Files appear whole or not at
 * all: each is written beside its place and moved there at the end.
 */
export async function writeReports(parts: AsyncIterable<ReportPart>, target: ReportTarget): Promise<Answers> {
  mkdirSync(target.folder, { recursive: true })
  const scratch = openScratch()
  const tally = newTally()
  const files = new Map<string, ReportFile>()
  const open = (name: string): ReportFile => {
    const file = openReportFile(join(target.folder, name))
    files.set(name, file)
    return file
  }
  try {
    rmSync(join(target.folder, ndjsonName), { force: true })
    const tables = new Map(tsvTables.map((table) => [table.name, open(fileOf(target, table.name))]))
    for (const table of tsvTables) tables.get(table.name)?.write(headerOf(table))
    if (target.withDocuments) tables.set(documentsPiece, open(ndjsonName))
    for await (const part of parts) {
      merge(tally, part.tally)
      const pieces = piecesOf(part)
      scratch.add(pieces)
      for (const [name, piece] of pieces) tables.get(name)?.write(piece)
      release(part)
    }
    scratch.sumUp()
    writeByItem(open(fileOf(target, 'read-activity-by-item')), tables.get(readingTable) as ReportFile, scratch)
    for (const file of files.values()) file.keep()
    return answersOf(scratch, tally)
  } finally {
    for (const file of files.values()) file.discard()
    scratch.close()
  }
}

/** The file of each table, by what it holds. */
export function tableFiles(target: ReportTarget): Record<string, string> {
  const names = [...tsvTables.map(({ name }) => name), 'read-activity-by-item']
  return Object.fromEntries(names.map((name) => [name, fileOf(target, name)]))
}

/** The path of a table's file. */
export function fileOf({ title }: ReportTarget, table: string): string {
  return `${title}-${table}.tsv`
}

/** The lines of readings once more, from the file that has them by time. */
function writeByItem(file: ReportFile, byTime: ReportFile, scratch: Scratch): void {
  const header = headerOf(tsvTables.find(({ name }) => name === readingTable) as TsvTable)
  const behindHeader = Buffer.byteLength(header)
  let current: number | undefined
  let run = { start: 0, bytes: 0 } // Lines that follow each other are read at once.
  const copyRun = () => {
    if (run.bytes > 0) file.write(byTime.read(behindHeader + run.start, run.bytes))
  }
  for (const { block, item, start, bytes } of scratch.readings()) {
    if (block === current && start === run.start + run.bytes) run.bytes += bytes
    else {
      copyRun()
      run = { start, bytes }
      if (block !== current) file.write(`${cell(item ?? undefined) || noData}\n${header}`)
      current = block
    }
  }
  copyRun()
}
