import { mapInOrder } from '../../concurrency.ts'
import { RetryableError } from '../../errors.ts'
import { dayMs, hourMs } from '../../time/time.ts'
import type { Problem } from '../microsoft/problem.ts'
import type { Part } from '../source.ts'
import { isOpen, keep, opener, type Reading, type Stream, toGap } from './contents.ts'
import type { Cursor, Unread } from './cursor.ts'
import { subscribe } from './subscribe.ts'
import { retentionMs, type Window, windows } from './windows.ts'

const lookAhead = 4
const pendingFailures = 5

/** Everything that became available since `cursor`, and what could not be read before. */
export async function* readFeed(
  stream: Stream,
  cursor: Cursor,
  known: (name: string) => boolean,
  signal: AbortSignal,
): AsyncGenerator<Part> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const reading: Reading = { stream, known, signal: either, cursor, failures: 0 }
  try {
    yield* subscribe(reading)
    yield* readPending(reading)
    if (stream.feed.isTimeTold() === false) yield* subscribe(reading) // Windows would reach to where a clock jumped meanwhile.
    yield* readWindows(reading, 0)
  } finally {
    stop.abort() // Lets go of what was opened ahead.
  }
}

/** What failed in earlier readings, before what is new: it expires first. */
async function* readPending(reading: Reading): AsyncGenerator<Part> {
  // They are known to be difficult: what stops reading is what is new.
  const open = opener(reading, { attempts: 2, most: { failures: pendingFailures, refusals: pendingFailures } })
  for (const content of reading.cursor.pending) {
    if (reading.failures >= pendingFailures) break
    if (!reading.known(content.name)) {
      const opening = await open(content)
      if (isOpen(opening)) {
        yield { content: opening.open.content, cursor: reading.cursor }
        opening.open.close()
      } else if (opening.isLost) {
        drop(reading, content)
        yield { gaps: [toGap(content, opening.reason, true)], cursor: reading.cursor }
        continue
      }
    }
    drop(reading, content)
    if (reading.known(content.name)) yield { closed: [content.name], cursor: reading.cursor }
    else postpone(reading, content)
  }
  reading.failures = 0
}

function drop(reading: Reading, { name }: Unread): void {
  reading.cursor = { ...reading.cursor, pending: reading.cursor.pending.filter((each) => each.name !== name) }
}

/** To the end of the queue: the next reading begins with others. */
function postpone(reading: Reading, content: Unread): void {
  reading.cursor = { ...reading.cursor, pending: [...reading.cursor.pending, content] }
}

/** So long may the first reading take to come to something, before what it did not come to is told as lost. */
const firstMs = hourMs

/** Reads one window after the other. One whose list cannot be had keeps nobody from those after it: it is asked for again, and until then all is not read. */
async function* readWindows(reading: Reading, marginMs: number): AsyncGenerator<Part> {
  const { options } = reading.stream
  const now = reading.stream.feed.now()
  const oldest = now - retentionMs + marginMs
  yield* passOver(reading, oldest)
  const { until, sweptAt } = reading.cursor
  if (until === undefined) {
    const begun = reading.cursor.begun ?? new Date(oldest + firstMs).toISOString()
    reading.cursor = { ...reading.cursor, begun }
    yield { cursor: reading.cursor }
  }
  const isSweep = sweptAt === undefined || now - Date.parse(sweptAt) >= options.sweepHours * hourMs
  const overlapped = until === undefined || isSweep ? oldest : Date.parse(until) - options.overlapMinutes * 60_000
  let failed: RetryableError | undefined
  let [isFailing, isHeld] = [false, false]
  for (const window of windows(Math.max(oldest, overlapped), now)) {
    const problem = yield* readWindow(reading, window)
    if (problem instanceof RetryableError) {
      if (isFailing) throw problem // Two in a row: it is the service.
      isFailing = true
      failed ??= problem
      isHeld ||= until === undefined || window.to > Date.parse(until)
      continue
    }
    isFailing = false
    if (problem?.action === 'window' && marginMs === 0) return yield* readWindows(reading, hourMs)
    if (problem !== undefined) return yield* resolve(reading, problem)
    if (isHeld) continue
    const passed = new Date(Math.max(window.to, Date.parse(until ?? '') || 0)).toISOString()
    reading.cursor = { ...reading.cursor, until: passed }
    yield { cursor: reading.cursor }
  }
  if (failed !== undefined) throw failed
  if (!isSweep) return
  reading.cursor = { ...reading.cursor, sweptAt: new Date(now).toISOString() }
  yield { cursor: reading.cursor }
}

/** Contents are listed late, by so much: those of the day before all was listed last may not have been among them. */
const latestMs = dayMs

/** What the service does not keep any more is lost, and said to be, with what may have been listed late before it. */
async function* passOver(reading: Reading, oldest: number): AsyncGenerator<Part> {
  const { until, begun, sweptAt, lost } = reading.cursor
  const read = until ?? begun
  if (read === undefined) return
  const begin = Math.min(Date.parse(read), sweptAt === undefined ? oldest : Date.parse(sweptAt) - latestMs)
  if (begin >= oldest) return
  const [since, to] = [begin, oldest].map((time) => new Date(time).toISOString()) as [string, string]
  // One that goes on, reading after reading, stays one.
  const from = lost !== undefined && lost.from <= since && since <= lost.to ? lost.from : since
  // All is to be listed again at once; where that breaks off, nothing more is lost by it.
  const { feed, options } = reading.stream
  const due = new Date(feed.now() - options.sweepHours * hourMs).toISOString()
  const moved = read < to ? to : read
  const how = until === undefined ? { begun: moved } : { until: moved, sweptAt: due }
  reading.cursor = { ...reading.cursor, ...how, lost: { from, to } }
  const reason =
    'nothing, or nothing that came late, was read within the 7 days that the service keeps content: search the audit log for it'
  yield { gaps: [{ name: `${reading.stream.id} from ${from}`, from, to, reason, final: true }], cursor: reading.cursor }
}

async function* readWindow(
  reading: Reading,
  window: Window,
): AsyncGenerator<Part, Problem | RetryableError | undefined> {
  try {
    return yield* readContents(reading, window)
  } catch (error) {
    if (error instanceof RetryableError) return error
    throw error
  }
}

async function* readContents(reading: Reading, window: Window): AsyncGenerator<Part, Problem | undefined> {
  const { stream, known, signal } = reading
  let problem: Problem | undefined
  async function* unread() {
    for await (const page of stream.feed.list(window, signal)) {
      if ('action' in page) {
        problem = page
        return
      }
      yield* page.filter(({ name }) => !known(name) && !reading.cursor.pending.some((each) => each.name === name))
    }
  }
  for await (const opening of mapInOrder(unread(), lookAhead, opener(reading))) {
    const { content } = opening
    if (isOpen(opening)) {
      // Listed twice, it may have been stored since it was opened.
      if (!known(content.name)) yield { content: opening.open.content, cursor: reading.cursor }
      opening.open.close()
      if (!known(content.name)) yield keep(reading, content, 'it was not read to its end')
    } else if (opening.isLost) {
      yield { gaps: [toGap(content, opening.reason, true)], cursor: reading.cursor }
    } else yield keep(reading, content, opening.reason)
  }
  return problem
}

/** A window that cannot be listed: asks for the subscription if that is why, and leaves the rest to the next reading. */
async function* resolve(reading: Reading, problem: Problem): AsyncGenerator<Part> {
  if (problem.action === 'subscribe') yield* subscribe(reading, true)
  // A window may also be refused for waiting too long before it was asked for: the next reading makes new ones.
  throw new RetryableError([`${reading.stream.id}: ${problem.said}`, problem.advice].filter(Boolean).join(': '))
}
