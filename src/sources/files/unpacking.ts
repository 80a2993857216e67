import type { Limits } from './limits.ts'
import type { Names } from './member-names.ts'
import type { Spool } from './spool.ts'

/** What unpacking one file after the other has in common. */
export interface Unpacking {
  readonly spool: Spool
  readonly limits: Limits
  readonly names: Names
  readonly signal: AbortSignal
  /** How much of what was unpacked is on the disk. */
  spooledBytes: number
}
