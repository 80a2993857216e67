import type { CaseReport } from '../answers.ts'
import { countOf, minute as minuteOf } from '../words.ts'

/** Something to know about the evidence before believing the answers. */
export interface CoverageFact {
  readonly kind: string
  readonly severity: 'gap' | 'warning' | 'info'
  /** One sentence, with its figures. */
  readonly text: string
}

export type Covered = Pick<
  CaseReport,
  'answers' | 'evidence' | 'rejects' | 'skipped' | 'gaps' | 'behind' | 'forgotten' | 'altered'
>

/** One thing to look for; says nothing where there is nothing to say. */
export type Check = (report: Covered) => readonly CoverageFact[]

/** Provably missing. */
export const gap = (kind: string, text: string): CoverageFact => ({ kind, severity: 'gap', text })

/** Perhaps missing, or easily misread. */
export const warning = (kind: string, text: string): CoverageFact => ({ kind, severity: 'warning', text })

/** Good to know. */
export const info = (kind: string, text: string): CoverageFact => ({ kind, severity: 'info', text })

/** How many facts of a kind are told one by one. */
const named = 10

/** A fact for each of the first rows, and one for all the others. */
export function oneByOne<Row>(
  rows: readonly Row[],
  tell: (row: Row) => CoverageFact,
  tellMore: (more: number) => CoverageFact,
  total = rows.length,
): CoverageFact[] {
  const facts = rows.slice(0, named).map(tell)
  return total === facts.length ? facts : [...facts, tellMore(total - facts.length)]
}

/** A warning of one kind for each of the first files, and one for all the others. */
export function fileByFile<File extends { readonly path: string }>(
  kind: string,
  files: readonly File[],
  tell: (file: File) => string,
): CoverageFact[] {
  const others = (more: number) => warning(kind, `The same holds for ${countOf(more, 'more file')}.`)
  return oneByOne(files, (file) => warning(kind, tell(file)), others)
}

/** The verb to a number of things. */
export function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are'
}

/** `2018-06-20 09:00 UTC`. */
export function minute(at: number): string {
  return `${minuteOf(new Date(at).toISOString())} UTC`
}

/** `4 days 3 hours`. */
export function duration(hours: number): string {
  const rest = hours % 24
  const days = countOf(Math.floor(hours / 24), 'day')
  return rest === 0 ? days : `${days} ${countOf(rest, 'hour')}`
}
