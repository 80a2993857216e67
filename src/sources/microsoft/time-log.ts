import { z } from 'zod'
import { RetryableError } from '../../errors.ts'
import { dayMs } from '../../time/time.ts'
import type { Part, Source } from '../source.ts'
import type { Client } from './client.ts'
import { parseCursor, Time } from './cursors.ts'
import { unread } from './exchange.ts'
import { isProblem, readPage, toUrl } from './pages.ts'
import { firstRead, nextSpan, passes, type Span } from './passes.ts'

/** A log of Graph's that is asked for by time. */
export interface TimeLog {
  /** Names the stream. */
  readonly id: string
  readonly client: Client
  /** How its records are read. */
  readonly shape: string
  /** Where the records of a span are, page by page; without one, an answer that costs little. */
  address(span?: Span): URL
  readonly lookBackMs: number
  /** The longest span of one query. */
  readonly sliceMs: number
  /** How long the service keeps what is in it. */
  readonly retentionDays: number
  /** What it keeps. */
  readonly of: string
}

const Slice = z.strictObject({
  pass: z
    .int()
    .min(0)
    .max(passes.length - 1),
  from: Time,
  to: Time,
  /** Names the reading: read again, the same span has other pages. */
  readAt: Time,
  page: z.int().min(1),
  url: z.url().optional(),
})
type Slice = z.output<typeof Slice>

const Cursor = z.strictObject({
  /** Up to where each pass is done. */
  done: z.array(Time).length(passes.length),
  slice: Slice.optional(),
})
type Cursor = z.output<typeof Cursor>

/** Reads the log span by span, each soon after it ended and again when it is old: see `passes`. */
export function timeLog(log: TimeLog): Source {
  return {
    id: log.id,
    async *read(saved, known, signal) {
      yield* readLog({ ...log, known, signal }, parseCursor(log.id, Cursor, saved))
    },
  }
}

interface Reading extends TimeLog {
  readonly known: (name: string) => boolean
  readonly signal: AbortSignal
}

async function* readLog(log: Reading, saved: Cursor | undefined): AsyncGenerator<Part> {
  const { client, signal } = log
  // Tells the time. Streams that share a quota take it from each other's answers.
  if (!client.isTimeTold()) await client.send({ url: log.address() }, unread, signal)
  const now = client.serverNow()
  let cursor: Cursor = saved === undefined ? { done: firstRead(now, log.lookBackMs) } : yield* passOver(log, saved, now)
  if (cursor.slice !== undefined) cursor = yield* readSlice(log, cursor, cursor.slice)
  for (const pass of passes.keys()) {
    for (;;) {
      const span = nextSpan(pass, cursor.done[pass] as string, now, log.sliceMs)
      if (span === undefined) break
      cursor = yield* readSlice(log, cursor, { pass, ...span, readAt: '', page: 1 })
    }
  }
}

/** What the service does not keep any more is lost, and said to be: also what was read once, for what was logged late is read by later passes. */
async function* passOver(
  { id, retentionDays, of }: Reading,
  cursor: Cursor,
  now: number,
): AsyncGenerator<Part, Cursor> {
  const [from = ''] = cursor.done.toSorted()
  const to = new Date(now - retentionDays * dayMs).toISOString()
  if (from >= to) return cursor
  const moved = { done: cursor.done.map((time) => (time < to ? to : time)) }
  const reason = `nothing, or nothing that came late, was read within the ${retentionDays} days that ${of} are kept`
  yield { gaps: [{ name: `${id} from ${from}`, from, to, reason, final: true }], cursor: moved }
  return moved
}

const maxRestarts = 3

async function* readSlice(log: Reading, cursor: Cursor, begun: Slice): AsyncGenerator<Part, Cursor> {
  const { id, client, shape, known, signal } = log
  const fresh = () => ({ ...begun, page: 1, url: undefined, readAt: new Date(client.serverNow()).toISOString() })
  let slice: Slice = begun.url === undefined ? fresh() : begun
  for (let restarts = 0; ; ) {
    const name = `${id} ${slice.from}/${slice.to} read ${slice.readAt} page ${slice.page}`
    const url = slice.url === undefined ? log.address(slice) : new URL(slice.url)
    const page = { name, shape, client, ask: { url }, cursor: { ...cursor, slice } }
    const result = yield* readPage(page, known, signal)
    if (isProblem(result)) {
      restarts += 1
      if (result.action !== 'first page' || restarts > maxRestarts) throw new RetryableError(`${id}: ${result.said}`)
      slice = fresh()
      continue
    }
    if (result.nextLink === undefined) break
    if (result.nextLink === url.href) throw new RetryableError(`${id}: a page names itself as the next`)
    slice = { ...slice, page: slice.page + 1, url: toUrl(result.nextLink).href }
  }
  const moved = { done: cursor.done.with(slice.pass, slice.to) }
  yield { cursor: moved }
  return moved
}
