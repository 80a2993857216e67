import { z } from 'zod'
import { RetryableError } from '../../errors.ts'
import { dayMs } from '../../time/time.ts'
import type { Part, Source } from '../source.ts'
import { type Client, expected } from './client.ts'
import { openBody } from './content.ts'
import { parseCursor, Time } from './cursors.ts'
import { unread } from './exchange.ts'
import { isProblem, readPage, toUrl } from './pages.ts'
import { firstHalf, firstRead, nextSpan, passes, type Span } from './passes.ts'

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
  /** So much of it is not asked for, where the service refuses what begins earlier: for the way there, and the wait of those who share a quota. */
  readonly marginMs?: number
  /** What it keeps. */
  readonly of: string
}

const Pass = z
  .int()
  .min(0)
  .max(passes.length - 1)

const Slice = z.strictObject({
  pass: Pass,
  from: Time,
  to: Time,
  /** Names the reading: read again, the same span has other pages. */
  readAt: Time,
  page: z.int().min(1),
  url: z.url().optional(),
  /** How many readings in a row ended here. */
  failures: z.int().min(0).default(0),
})
type Slice = z.output<typeof Slice>

const maxLeft = 1000

const Cursor = z.strictObject({
  /** Up to where each pass is done. */
  done: z.array(Time).length(passes.length),
  slice: Slice.optional(),
  /** The longest span of a query, where it has to be shorter than usual: twice as long after each that was read. */
  longestMs: z.int().positive().optional(),
  /** What could not be read, and by which pass: a later one may. */
  left: z
    .array(z.strictObject({ pass: Pass, from: Time, to: Time }))
    .max(maxLeft)
    .default([]),
  /** The last gap of what was kept no longer when it was asked for: it may go on. */
  lost: z.strictObject({ from: Time, to: Time }).optional(),
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
  let cursor: Cursor =
    saved === undefined
      ? { done: firstRead(now, Math.min(log.lookBackMs, reachOf(log))), left: [] }
      : yield* passOver(log, saved, now)
  if (cursor.slice !== undefined) cursor = yield* readSlice(log, cursor, cursor.slice)
  for (const pass of passes.keys()) {
    for (;;) {
      const span = nextSpan(pass, cursor.done[pass] as string, now, cursor.longestMs ?? log.sliceMs)
      if (span === undefined) break
      cursor = yield* readSlice(log, cursor, { pass, ...span, ...firstPage(client) })
    }
  }
}

function reachOf({ retentionDays, marginMs = 0 }: TimeLog): number {
  return retentionDays * dayMs - marginMs
}

/** What the service does not keep any more is lost, and said to be: also what was read once, for what was logged late is read by later passes. */
async function* passOver(log: Reading, cursor: Cursor, now: number): AsyncGenerator<Part, Cursor> {
  const { id, retentionDays, of } = log
  const [since = ''] = cursor.done.toSorted()
  const to = new Date(now - reachOf(log)).toISOString()
  if (since >= to) return cursor
  // One that goes on, reading after reading, stays one.
  const from = cursor.lost !== undefined && since <= cursor.lost.to ? cursor.lost.from : since
  const [gone, left] = [cursor.left.filter((span) => span.to <= to), cursor.left.filter((span) => span.to > to)]
  const done = cursor.done.map((time) => (time < to ? to : time))
  const moved = { ...cursor, done, left, lost: { from, to }, slice: undefined }
  const reason = `nothing, or nothing that came late, was read within the ${retentionDays} days that ${of} are kept`
  const gaps = [
    { name: `${id} from ${from}`, from, to },
    ...gone.map((span) => ({ name: nameOf(id, span), ...timesOf(span) })),
  ]
  yield { gaps: gaps.map((gap) => ({ ...gap, reason, final: true })), cursor: moved }
  return moved
}

const maxRestarts = 3
const maxFailures = 3

/**
 * Reads a span to its end. What breaks off at one page again and again, or whose links the service does not take, is asked for in halves: a page that takes
 * too long for the service, or holds a record that it cannot give, would keep everything behind it from being read.
 */
async function* readSlice(log: Reading, saved: Cursor, begun: Slice): AsyncGenerator<Part, Cursor> {
  const { id, client, shape, known, signal } = log
  let cursor = saved
  // Read again from its first page, the same span has other pages.
  let slice = begun.url === undefined ? { ...begun, readAt: timeOf(client) } : begun
  const links = new Set<string>()
  try {
    for (let restarts = 0; ; ) {
      const name = `${nameOf(id, slice)} read ${slice.readAt} page ${slice.page}`
      const isLink = slice.url !== undefined
      const url = slice.url === undefined ? log.address(slice) : new URL(slice.url)
      const page = { name, shape, client, ask: { url, isLink }, cursor: { ...cursor, slice } }
      links.add(url.href)
      const result = yield* readPage(page, known, signal)
      const said = isProblem(result) ? result.said : 'the pages of a list go in a circle'
      if (isProblem(result) && result.action !== 'first page') throw new RetryableError(`${id}: ${said}`)
      const next = isProblem(result) || result.nextLink === undefined ? undefined : toUrl(result.nextLink).href
      if (!isProblem(result) && next === undefined) break
      if (next !== undefined && !links.has(next)) {
        slice = { ...slice, page: slice.page + 1, url: next, failures: isShort(slice) ? slice.failures : 0 }
        continue
      }
      restarts += 1
      if (restarts > maxRestarts) throw new RetryableError(`${id}: ${said}`)
      slice = shorter(client, slice) ?? { ...slice, ...firstPage(client) }
      cursor = { ...cursor, longestMs: lengthOf(slice) }
      links.clear()
    }
  } catch (error) {
    if (!(error instanceof RetryableError)) throw error
    const failures = slice.failures + 1
    if (failures < maxFailures) yield { cursor: { ...cursor, slice: { ...slice, failures } } }
    else {
      const half = shorter(client, slice)
      if (half === undefined) return yield* leave(log, cursor, slice, error)
      yield { cursor: { ...cursor, slice: half, longestMs: lengthOf(half) } }
    }
    throw error
  }
  return yield* advance(log, cursor, slice)
}

/** Where a reading begins: at the first page, by the service's clock. */
function firstPage(client: Client) {
  return { page: 1, url: undefined, readAt: timeOf(client), failures: 0 }
}

function timeOf({ serverNow }: Client): string {
  return new Date(serverNow()).toISOString()
}

/** The first half of a slice, with which there is less patience; undefined where that would be too short. */
function shorter(client: Client, slice: Slice): Slice | undefined {
  const half = firstHalf(slice)
  return half && { ...slice, ...half, ...firstPage(client), failures: maxFailures - 1 }
}

function isShort({ failures }: Slice): boolean {
  return failures === maxFailures - 1
}

/** Goes on behind a short span that cannot be read, unless it is the service that fails. A later pass may read it, where one comes by. */
async function* leave(log: Reading, cursor: Cursor, slice: Slice, error: RetryableError): AsyncGenerator<Part, Cursor> {
  const { id, client, signal } = log
  expected(client, await client.send({ url: log.address() }, (answer) => openBody(answer, signal), signal))
  const { pass } = slice
  const span = timesOf(slice)
  const others = cursor.left.filter((each) => nameOf(id, each) !== nameOf(id, span))
  const comesBy = cursor.done.some((time, later) => later > pass && time <= span.from)
  const final = !comesBy || others.length >= maxLeft
  const wasRead = pass > 0 && !cursor.left.some((each) => each.from < span.to && span.from < each.to)
  const what = wasRead ? 'it was read before, but what came late could not be' : 'it could not be read'
  const gap = { name: nameOf(id, span), ...span, reason: `${what}: ${error.message}`, final }
  yield { gaps: [gap], cursor }
  return yield* advance(log, { ...cursor, left: final ? others : [...others, { pass, ...span }] }, slice)
}

/** Goes on behind a span, and takes back what an earlier pass left of all before. */
async function* advance({ id, sliceMs }: Reading, cursor: Cursor, { pass, to }: Slice): AsyncGenerator<Part, Cursor> {
  const isRead = (span: Cursor['left'][number]) => span.pass < pass && span.to <= to
  const left = cursor.left.filter((span) => !isRead(span))
  const longestMs = (cursor.longestMs ?? sliceMs) * 2
  const { lost } = cursor
  const moved = { done: cursor.done.with(pass, to), left, lost, ...(longestMs < sliceMs && { longestMs }) }
  const closed = cursor.left.filter(isRead).map((span) => nameOf(id, span))
  yield { cursor: moved, ...(closed.length > 0 && { closed }) }
  return moved
}

function nameOf(id: string, { from, to }: Span): string {
  return `${id} ${from}/${to}`
}

function lengthOf({ from, to }: Span): number {
  return Date.parse(to) - Date.parse(from)
}

function timesOf({ from, to }: Span): Span {
  return { from, to }
}
