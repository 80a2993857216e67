import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseReport } from './case-report.ts'

/** What of a report takes long to find out, and when it was. */
export type KeptReport = Pick<CaseReport, 'answers' | 'tables' | 'writtenAt'>

interface Kept extends KeptReport {
  readonly stamp: string
  /** Size and time of change of every file of the report: whoever changed one gets it written anew. */
  readonly files: Readonly<Record<string, readonly [bytes: number, changed: number]>>
}

const name = 'answers.json'

/** Keeps the answers beside the report that shows them; `stamp` names all that they were made from. */
export function keepReport(folder: string, stamp: string, { answers, tables, writtenAt }: CaseReport): void {
  const files = Object.fromEntries(Object.values(tables).map((file) => [file, factsOf(folder, file)]))
  const kept = { stamp, writtenAt, tables, answers, files: { ...files, [reportName]: factsOf(folder, reportName) } }
  const part = join(folder, `${name}.part`)
  writeFileSync(part, JSON.stringify(kept))
  renameSync(part, join(folder, name))
}

/** The name of the report in its folder. */
export const reportName = 'report.html'

/** The report that stands in the folder, if it was made from the same and all of its files are as they were written. */
export function keptReport(folder: string, stamp: string): KeptReport | undefined {
  try {
    const kept: Kept = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    if (kept.stamp !== stamp) return undefined
    const isWhole = Object.entries(kept.files).every(([file, [bytes, changed]]) => {
      const now = factsOf(folder, file)
      return now[0] === bytes && now[1] === changed
    })
    return isWhole ? kept : undefined
  } catch {
    return undefined // There is none, or what is there is none: either way the report is written.
  }
}

/** Before the files change: what is half written is of no state at all. */
export function dropReport(folder: string): void {
  rmSync(join(folder, name), { force: true })
}

function factsOf(folder: string, file: string): [bytes: number, changed: number] {
  const { size, mtimeMs } = statSync(join(folder, file))
  return [size, mtimeMs]
}
