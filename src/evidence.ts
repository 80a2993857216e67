import type { Counts } from './counts.ts'
import type { DateOrder } from './time/culture-time.ts'

/** A file that was read, or is being read. */
export interface Evidence {
  readonly id: number
  readonly path: string
  readonly sha256: string
  /** Whose mailbox it was taken for: the same bytes under another owner are other activities. */
  readonly mailbox: string
  /** In bytes, as it lay there. */
  readonly size: number
  /** When its reading began, ISO 8601 in UTC. */
  readonly imported: string
  readonly shape: string
  /** What its dates with slashes have first; `either` where no row tells, undefined where it has none. */
  readonly dates: DateOrder | 'either' | undefined
  /** Whether its times may be of the time zone of whoever saved it: see `CsvFormat.isShown`. */
  readonly isShown: boolean
  /** Whether another version of this program read it, or its beginning. */
  readonly byOther: boolean
  readonly complete: boolean
  /** Why its text ends before its end, where it does: what could be read of it was. */
  readonly brokeOff: string | undefined
  readonly counts: Counts
  /** How many rows say that their search had so many results, or what `claimed` has a number for. */
  readonly claims: readonly (readonly [results: number, rows: number])[]
}

/** What could not be stored, and why. */
export interface RejectedRow {
  readonly stream: string
  readonly path: string | undefined
  readonly row: number | undefined
  readonly reason: string
  readonly original: Uint8Array | undefined
}

/** A file that was looked at and left out. */
export interface SkippedFile {
  readonly path: string
  readonly reason: string
}

/** Something that a service had and that could not be had: what, from when to when, why. */
export interface Lack {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly reason: string
  /** Whether it is lost for good; otherwise it is tried again, and may be closed. */
  readonly final: boolean
}

/** What a collector has not read to its end. */
export interface Behind {
  readonly stream: string
  /** Not since `from`, never though it is asked since `from`, or a search from `from` to `to` that is not done. */
  readonly how: 'since' | 'never' | 'search'
  readonly from: string
  readonly to?: string
}

/** Events that a collector's case no longer has, for they were delivered long ago. */
export interface Forgotten {
  readonly events: number
  /** What was collected before has gone, but for what others are joined to; ISO 8601 in UTC. */
  readonly before: string
}

/** A lack as the case knows it. */
export interface StoredGap extends Lack {
  readonly stream: string
  /** ISO 8601. */
  readonly firstSeen: string
  /** When it was had after all. */
  readonly closed: string | undefined
}
