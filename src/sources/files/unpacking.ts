import { asContentError } from './content.ts'
import type { Limits } from './limits.ts'
import type { Unread } from './magic.ts'
import type { Names } from './member-names.ts'
import type { Spool, Spooled } from './spool.ts'

/** What unpacking one file after the other has in common. */
export interface Unpacking {
  readonly spool: Spool
  readonly limits: Limits
  readonly names: Names
  readonly signal: AbortSignal
  /** How much of what was unpacked is on the disk. */
  spooledBytes: number
}

/** What must be read from more than one place; where there is no room for it, why: that is told of it alone. */
export async function putOnDisk(
  bytes: AsyncIterable<Buffer>,
  { spool, limits, spooledBytes, signal }: Unpacking,
): Promise<Spooled | Unread> {
  try {
    return await spool.write(bytes, limits.spooledBytes - spooledBytes, signal)
  } catch (error) {
    return { reason: asContentError(error, signal).message, mayBeEvidence: true }
  }
}
