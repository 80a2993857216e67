import { asContentError, type ContentError } from './content.ts'
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

/** What is on the disk of something, and why that is not all, where it is not. */
export interface OnDisk {
  readonly spooled: Spooled
  readonly damage: ContentError | undefined
}

/** What must be read from more than one place, as far as it can be had; where there is no room for it, why: that is told of it alone. */
export async function putOnDisk(
  bytes: AsyncIterable<Buffer>,
  { spool, limits, spooledBytes, signal }: Unpacking,
): Promise<OnDisk | Unread> {
  let damage: ContentError | undefined
  const whole = async function* (): AsyncGenerator<Buffer> {
    try {
      yield* bytes
    } catch (error) {
      damage = asContentError(error, signal)
    }
  }
  try {
    const spooled = await spool.write(whole(), limits.spooledBytes - spooledBytes, signal)
    return { spooled, damage }
  } catch (error) {
    return { reason: asContentError(error, signal).message, mayBeEvidence: true }
  }
}
