import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { fileStamp } from '../version.ts'
import type { Answers, CaseReport } from './answers.ts'
import { moveToPlace } from './report-file.ts'

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
  writeFileSync(join(folder, partName), JSON.stringify(kept))
  moveToPlace(join(folder, partName), join(folder, name))
}

/** The report that stands in the folder, if it was made from the same and all of its files are as they were written. */
export function keptReport(folder: string, stamp: string): KeptReport | undefined {
  try {
    const kept = Kept.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
    const isSame = kept.stamp === stamp && reportName in kept.files
    const isWhole = Object.entries(kept.files).every(([file, then]) => `${fileStamp(join(folder, file))}` === `${then}`)
    return isSame && isWhole ? kept : undefined
  } catch {
    return undefined // There is none, or what is there is none: either way the report is written.
  }
}

/** Before the files change: what is half written is of no state at all. */
export function dropReport(folder: string): void {
  for (const file of [name, partName]) rmSync(join(folder, file), { force: true })
}
