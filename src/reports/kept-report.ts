import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { fileStamp } from '../version.ts'
import type { Answers, CaseReport } from './answers.ts'
import { moveToPlace } from './report-file.ts'
import { visibleJson } from './visible.ts'

/** The name of the report in its folder. */
export const reportName = 'report.html'

const name = 'answers.json'
const partName = `${name}.part`

/** What of a report takes long to find out, and when it was. */
export type KeptReport = Pick<CaseReport, 'answers' | 'tables' | 'writtenAt'>

const Kept = z.object({
  stamp: z.string(),
  writtenAt: z.string(),
  tables: z.record(z.string(), z.string()),
  /** Size and time of change of every file of the report: whoever changed one gets it written anew. */
  files: z.record(z.string(), z.tuple([z.number(), z.number()])),
  answers: z.custom<Answers>((value) => typeof value === 'object' && value !== null),
})

/** Keeps the answers beside the report that shows them; `stamp` names all that they were made from. */
export function keepReport(folder: string, stamp: string, { answers, tables, writtenAt }: CaseReport): void {
  const names = [...Object.values(tables), reportName]
  const files = Object.fromEntries(names.map((file) => [file, fileStamp(join(folder, file))]))
  const kept: z.output<typeof Kept> = { stamp, writtenAt, tables, files, answers }
  writeFileSync(join(folder, partName), visibleJson(JSON.stringify(kept)))
  moveToPlace(join(folder, partName), join(folder, name))
}

/** The report that stands in the folder, if it was made from the same and all of its files are as they were written. */
export function keptReport(folder: string, stamp: string): KeptReport | undefined {
  const kept = keptIn(folder)
  if (kept?.stamp !== stamp || !(reportName in kept.files)) return undefined
  return Object.entries(kept.files).every(([file, then]) => isAsThen(join(folder, file), then)) ? kept : undefined
}

function isAsThen(path: string, then: readonly number[]): boolean {
  return existsSync(path) && `${fileStamp(path)}` === `${then}`
}

/**
 * Before the files change: what is half written is of no state at all. Of a case that was called otherwise, tables stand there that none of
 * these `tables` takes the place of: they would tell how things were beside how they are.
 */
export function dropReport(folder: string, tables: KeptReport['tables']): void {
  const kept = keptIn(folder)?.tables ?? {}
  const former = Object.entries(tables)
    .filter(([table, file]) => kept[table] !== file && isFileOf(table, kept[table]))
    .map(([table]) => String(kept[table]))
  for (const file of [...former, name, partName]) rmSync(join(folder, file), { force: true })
}

/** Whether it is the name of a table in its folder: a case from elsewhere may name anything. */
function isFileOf(table: string, file: string | undefined): boolean {
  return file?.endsWith(`-${table}.tsv`) === true && basename(file) === file
}

function keptIn(folder: string): z.output<typeof Kept> | undefined {
  try {
    return Kept.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
  } catch {
    return undefined // There is none, or what is there is none: either way the report is written.
  }
}
