import type { TaskStatus } from '../collect/scheduler.ts'
import type { Counts } from '../counts.ts'

/** A stream as it is doing: its task's status, and what came of it. Times are milliseconds since the epoch, and none is to come. */
export type StreamStatus = TaskStatus & StreamFacts

export interface StreamFacts {
  /** When the last run that came to its end began: up to then all is done. */
  readonly doneUntil: number | undefined
  readonly succeededAt: number | undefined
  readonly failingAfterMs: number
  /** Infinite where silence says nothing. */
  readonly silentAfterMs: number
  /** Since when records could have come. */
  readonly watchedSince: number
  readonly lastRecordAt: number | undefined
  /** When something of it was last stored, if only how far it is. */
  readonly progressAt: number | undefined
  /** When something new of it was last stored, or delivered: what fails each time may save each time how far it was before. */
  readonly storedAt: number | undefined
  /** Since the start. */
  readonly contents: number
  readonly counts: Counts
}
