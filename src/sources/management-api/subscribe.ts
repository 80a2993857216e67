import { FatalError, RetryableError } from '../../errors.ts'
import type { Part } from '../source.ts'
import type { Reading } from './contents.ts'

const waitMs = 15 * 60_000

/** Sees to it that there is a subscription, and that the service's clock is known. Never stops one. */
export async function* subscribe(reading: Reading, isMissing = false): AsyncGenerator<Part> {
  const { stream, signal } = reading
  const status = await stream.feed.subscription(signal)
  if (!isMissing && (status === 'enabled' || status === 'unknown')) return

  const now = stream.feed.now()
  const { startedAt, until, refused } = reading.cursor
  if (startedAt !== undefined && now - Date.parse(startedAt) < waitMs) {
    if (refused !== undefined) throw new FatalError(refused)
    throw new RetryableError(
      `${stream.id}: a subscription was asked for at ${startedAt}, and again not before 15 minutes later`,
    )
  }
  reading.cursor = { ...reading.cursor, startedAt: new Date(now).toISOString(), refused: undefined }
  // Saved first: killed while asking, nobody asks again too early.
  yield { cursor: reading.cursor, ...(until !== undefined && { gaps: [missed(stream.id, until, now)] }) }
  try {
    await stream.feed.start(signal)
  } catch (error) {
    if (error instanceof FatalError) {
      reading.cursor = { ...reading.cursor, refused: error.message.slice(0, 2000) }
      yield { cursor: reading.cursor }
    }
    throw error
  }
}

/** What happened without a subscription is in no content, ever. */
function missed(id: string, from: string, now: number) {
  const reason = 'the subscription was gone or disabled, for some of this time at least: search the audit log for it'
  return { name: `${id} without subscription from ${from}`, from, to: new Date(now).toISOString(), reason, final: true }
}
