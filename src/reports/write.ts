import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Crew, inline } from '../threads.ts'
import type { Answers } from './answers.ts'
import { applicationsTable, writeApplications } from './applications-table.ts'
import { type ByItemTask, byItemTable, writeByItem } from './by-item.ts'
import { answersOf } from './count-answers.ts'
import { documentsPiece, piecesOf, type ReportPart, release } from './render-part.ts'
import { discardPart, openReportFile, type ReportFile } from './report-file.ts'
import { openScratch } from './scratch.ts'
import { hasMarks, merge, newTally } from './tally.ts'
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

const scratchName = 'scratch.sqlite.part'

/**
 * Writes TSVs and NDJSON from parts that come in time order, and counts the answers. Files appear whole or not at
 * all: each is written beside its place and moved there at the end. The table by item is left to the crew that
 * `byItemCrew` makes when all parts are there.
 */
export async function writeReports(
  parts: AsyncIterable<ReportPart>,
  target: ReportTarget,
  byItemCrew: () => Crew<ByItemTask, void> = () => inline(writeByItem),
): Promise<Answers> {
  mkdirSync(target.folder, { recursive: true })
  const scratchPath = join(target.folder, scratchName)
  const pathOf = (table: string) => join(target.folder, fileOf(target, table))
  const byItemPath = pathOf(byItemTable)
  const applicationsPath = pathOf(applicationsTable)
  const scratch = openScratch(scratchPath)
  const tally = newTally()
  const files = new Map<string, ReportFile>()
  let crew: Crew<ByItemTask, void> | undefined
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
    crew = byItemCrew()
    scratch.sumUp(hasMarks(tally))
    for (const path of [byItemPath, applicationsPath]) rmSync(path, { force: true }) // An older one beside new tables would mislead, should this end here.
    for (const file of files.values()) file.keep()
    const byItem = crew.run({
      scratch: scratchPath,
      byTime: join(target.folder, fileOf(target, readingTable)),
      header: headerOf(tsvTables.find(({ name }) => name === readingTable) as TsvTable),
      path: byItemPath,
    })
    // Both wait for nothing but a core.
    const [answers] = await Promise.all([(async () => answersOf(scratch, tally))(), byItem])
    writeApplications(scratch, answers.applications, applicationsPath)
    return answers
  } finally {
    await crew?.close()
    discardPart(byItemPath) // Cut off, a thread leaves it.
    for (const file of files.values()) file.discard()
    scratch.close()
  }
}

/** The file of each table, by what it holds. */
export function tableFiles(target: ReportTarget): Record<string, string> {
  const names = [...tsvTables.map(({ name }) => name), byItemTable, applicationsTable]
  return Object.fromEntries(names.map((name) => [name, fileOf(target, name)]))
}

/** The path of a table's file. */
export function fileOf({ title }: ReportTarget, table: string): string {
  return `${title}-${table}.tsv`
}
