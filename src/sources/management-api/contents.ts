import { FatalError, messageOf, RetryableError } from '../../errors.ts'
import { type OpenContent, type Opened, openContent } from '../microsoft/content.ts'
import type { Gap, Part } from '../source.ts'
import { type Cursor, maxPending, type Unread } from './cursor.ts'
import type { Feed } from './feed.ts'
import type { ManagementApiOptions } from './options.ts'

/** One content type of a tenant. */
export interface Stream {
  readonly id: string
  readonly feed: Feed
  readonly options: ManagementApiOptions
}

/** One reading of a stream, and how far it is. */
export interface Reading {
  readonly stream: Stream
  readonly known: (name: string) => boolean
  readonly signal: AbortSignal
  cursor: Cursor
  /** How many contents in a row could not be had. */
  failures: number
}

/** What came of asking for a content: it is on its way, or why it is not, and whether for good. */
export type Opening = { readonly content: Unread } & (
  | { readonly open: OpenContent }
  | { readonly reason: string; readonly isLost: boolean }
)

export function isOpen(opening: Opening): opening is Extract<Opening, { open: OpenContent }> {
  return 'open' in opening
}

const usualAttempts = 6
const hastyAttempts = 2
const maxFailures = 20
/** One content may be refused for itself, or listed where nobody sends a token. */
const maxRefusals = 3

/** Asks for contents. After so many failures in a row, fewer where people must act, it is the service that fails, and it throws what it failed at. */
export function opener(
  reading: Reading,
  { attempts = usualAttempts, most = { failures: maxFailures, refusals: maxRefusals } } = {},
): (content: Unread) => Promise<Opening> {
  const { feed } = reading.stream

  /** Whether the others may still be had. */
  function isItsOwn(error: unknown): boolean {
    if (error instanceof RetryableError) return reading.failures <= most.failures
    return error instanceof FatalError && reading.failures <= most.refusals
  }

  async function answerOf(content: Unread, tries: number, signal: AbortSignal): Promise<Opened> {
    const answer = await feed.open(content.uri, tries, signal)
    if ('action' in answer) throw new RetryableError(answer.said)
    return answer
  }

  return async (content) => {
    const isOver = Date.parse(content.expires) <= feed.now()
    if (isOver && feed.isTimeTold()) return { content, reason: 'it expired', isLost: true }
    // By our clock, which may be wrong: then the service is asked, and what it cannot give is lost, or it would be asked for ever.
    const isLost = isOver && feed.isTimeTold() === undefined
    try {
      const tries = reading.failures === 0 ? attempts : hastyAttempts
      const answer = await feed.open(content.uri, tries, reading.signal)
      if ('action' in answer) return { content, reason: answer.said, isLost: isLost || answer.action === 'gone' }
      reading.failures = 0
      const reopen = (signal: AbortSignal) => answerOf(content, hastyAttempts, signal)
      return { content, open: openContent({ name: content.name, shape: 'management-api' }, answer, reopen) }
    } catch (error) {
      reading.failures += 1
      if (!isItsOwn(error)) throw error
      return { content, reason: messageOf(error), isLost }
    }
  }
}

/** A content that could not be had, as a gap of the moment it became available. */
export function toGap({ name, created }: Unread, reason: string, final: boolean): Gap {
  return { name, from: created, to: created, reason, final }
}

/** Notes a content to be tried again in later readings. */
export function keep(reading: Reading, content: Unread, reason: string): Part {
  const { cursor } = reading
  if (cursor.pending.length >= maxPending) {
    throw new RetryableError(
      `${reading.stream.id}: ${maxPending} contents could not be had, the last because: ${reason}`,
    )
  }
  reading.cursor = { ...cursor, pending: [...cursor.pending, content] }
  return { gaps: [toGap(content, reason, false)], cursor: reading.cursor }
}
