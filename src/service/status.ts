import type { Counts } from '../case/store.ts'
import type { TaskStatus } from '../scheduler.ts'

/** A stream as it is doing: its task's status, and what came of it. Times are milliseconds since the epoch. */
export type StreamStatus = TaskStatus & StreamFacts

export interface StreamFacts {
  readonly failingAfterMs: number
  /** Infinite where silence says nothing. */
  readonly silentAfterMs: number
  /** Since when records could have come. */
  readonly watchedSince: number
  readonly lastRecordAt: number | undefined
  /** When something of it was last stored, if only how far it is. */
  readonly progressAt: number | undefined
  /** Since the start. */
  readonly contents: number
  readonly counts: Counts
}
