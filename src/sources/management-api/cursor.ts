import { z } from 'zod'
import { Time } from '../microsoft/cursors.ts'

/** As much as a cursor may hold of each. */
export const ContentId = z.string().min(1).max(1000)
export const ContentUri = z.url().max(4000)

/** A content that was listed, and is not read yet. */
const Unread = z.strictObject({
  name: ContentId,
  uri: ContentUri,
  created: Time,
  expires: Time,
})
export type Unread = z.output<typeof Unread>

/** So many contents may wait to be read again; the window that would make it more is not left. */
export const maxPending = 1000

/** How far one content type was read. */
export const Cursor = z.strictObject({
  /** All content that became available before is read, or pending. */
  until: Time.optional(),
  /** What is read from, as long as nothing is. */
  begun: Time.optional(),
  /** The last gap of what was kept no longer when it was asked for: it may go on. */
  lost: z.strictObject({ from: Time, to: Time }).optional(),
  /** When all that the service still keeps was last listed. */
  sweptAt: Time.optional(),
  /** When a subscription was last asked for. */
  startedAt: Time.optional(),
  /** Why there was none. */
  refused: z.string().max(2000).optional(),
  pending: z.array(Unread).max(maxPending).default([]),
})
export type Cursor = z.output<typeof Cursor>
