import type { Random } from '../../random.ts'
import type { Told } from '../story.ts'

/** One file of evidence: its content, and the ids of the records in its rows, repeats included. */
export type EvidenceFile = { path: string; shape: string; content: Buffer; ids: string[] }

/** A file whose rows are not all there: the result indexes of those that are missing. */
export type Gap = { path: string; from: number; to: number; of: number }

/** Audit records told within a time, from the first moment to before the second. */
export function within<T extends Pick<Told, 'time'>>(told: T[], from: number, to: number): T[] {
  return told.filter(({ time }) => from <= time && time < to)
}

/** The same list in another order. */
export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  return list
    .map((value) => ({ value, rank: random.fraction() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value)
}

/** A cell in quotes, its own quotes doubled. */
export function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}

/** A cell in quotes only where it needs them. */
export function quotedIfNeeded(cell: string): string {
  return /[",\r\n]/.test(cell) ? quoted(cell) : cell
}
