import { FatalError, RetryableError } from '../../errors.ts'
import { hourMs } from '../../time/time.ts'
import type { Client } from '../microsoft/client.ts'
import { isProblem, readPage, toUrl } from '../microsoft/pages.ts'
import type { LiveDeps } from '../microsoft/tenant.ts'
import type { Gap, Part, Searched } from '../source.ts'
import { type Cursor, halvesOf, type Late, latenessMs, maxLeft, type Search, type Span, spansOf } from './cursor.ts'
import type { Queries, Query } from './queries.ts'

/** One reading of a search. */
interface Searching {
  readonly id: string
  readonly client: Client
  readonly queries: Queries
  readonly deps: Pick<LiveDeps, 'sleep' | 'now'>
  readonly known: (name: string) => boolean
  readonly signal: AbortSignal
  /** The streams of the same records, and since when these are asked for; undefined where some are chosen. */
  readonly all: Omit<Searched, 'to'> | undefined
  readonly windowDays: number
}

const maxFailures = 3
/** A query is dear, and a service that is away for some minutes no reason for two more. */
const maxStumbles = 5

/** Searches one span after the other. Where it was stopped it goes on, with the query that is under way. */
export async function* search(searching: Searching, saved: Cursor): AsyncGenerator<Part> {
  let cursor = saved
  for (;;) {
    const [span, ...todo] = cursor.todo
    const isResumed = cursor.search !== undefined
    if (cursor.search === undefined) {
      if (span === undefined) {
        const due = await dueIn(cursor, searching)
        if (due === undefined) return
        cursor = due
        continue
      }
      // Saved before it is submitted: by its name it is found again.
      cursor = { ...cursor, todo, search: begin(span, searching.deps.now()) }
      yield { cursor }
    }
    cursor = yield* submit(searching, cursor, cursor.search as Search, isResumed)
    const query = yield* finished(searching, cursor, cursor.search as Search)
    cursor = yield* take(searching, cursor, cursor.search as Search, query)
  }
}

/** The cursor with what it is time to search again; undefined where it is not. */
async function dueIn(cursor: Cursor, { queries, windowDays, signal }: Searching): Promise<Cursor | undefined> {
  const { late, left = [] } = cursor
  if (late === undefined && left.length === 0) return undefined
  const now = await queries.now(signal)
  const isDue = ({ at }: { readonly at: string }) => Date.parse(at) <= now
  if (late !== undefined && isDue(late)) {
    const todo = spansOf(Date.parse(late.from), Date.parse(late.to), windowDays)
    return { ...cursor, todo, late: { ...late, isBegun: true } }
  }
  const due = left.find(isDue)
  return due && { ...cursor, todo: [{ from: due.from, to: due.to }] }
}

function begin({ from, to }: Span, now: Date): Search {
  const askedAt = now.toISOString()
  const name = `hoofprint ${from} ${to} asked ${askedAt}`
  return { from, to, name, askedAt, failures: 0, stumbles: 0, counts: [], page: 1, records: 0 }
}

async function* submit(
  { queries, signal }: Searching,
  cursor: Cursor,
  current: Search,
  isResumed: boolean,
): AsyncGenerator<Part, Cursor> {
  if (current.id !== undefined) return cursor
  const found = isResumed ? await queries.find(current, signal) : undefined
  const id = found ?? (await queries.submit(current, signal))
  const submitted = { ...cursor, search: { ...current, id } }
  yield { cursor: submitted }
  return submitted
}

const firstWaitMs = 5000
const longestWaitMs = 60_000
const patienceMs = 24 * hourMs

const waiting = ['notStarted', 'running', 'unknownFutureValue']

/** The query once the service is done with it, which may take hours, or as it is after a day; undefined when it is there no more. */
async function* finished(
  { queries, deps, signal }: Searching,
  cursor: Cursor,
  current: Search,
): AsyncGenerator<Part, Query | undefined> {
  const askedAt = Date.parse(current.askedAt ?? deps.now().toISOString())
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 1.5)) {
    const query = await queries.status(current.id as string, signal)
    if (query === undefined || !waiting.includes(query.status)) return query
    if (deps.now().getTime() - askedAt > patienceMs) return query
    yield { cursor } // It is asked after, and all is well.
    await deps.sleep(waitMs, signal)
  }
}

/**
 * Acts on how a query ended. One that fails again and again, never ends, or has results that the service cannot give (microsoftgraph/msgraph-sdk-powershell#2855:
 * a single record, #2927: a page behind 20,000) is asked for in halves, as Microsoft's own tools have to be.
 */
async function* take(
  searching: Searching,
  cursor: Cursor,
  current: Search,
  query: Query | undefined,
): AsyncGenerator<Part, Cursor> {
  const what = `${searching.id}: the search from ${current.from} to ${current.to}`
  const status = query?.status ?? 'in nothing'
  const anew = begin(current, searching.deps.now())
  if (status === 'cancelled') {
    yield { cursor: { ...cursor, search: anew } }
    throw new FatalError(`${what} was cancelled by somebody: ask who; it is begun anew when it is tried again`)
  }
  if (waiting.includes(status)) return yield* failedAt(`was ${status} for more than a day`)
  if (status !== 'succeeded') {
    const failures = current.failures + 1
    if (failures >= maxFailures) return yield* failedAt(`ended ${status} ${failures} times`)
    const again = { ...cursor, search: { ...anew, failures } }
    yield { cursor: again }
    return again
  }
  if (current.stumbles >= maxStumbles) {
    return (
      (yield* inHalves(searching, cursor, current)) ??
      (yield* without(searching, cursor, current, 'cannot be read to its end'))
    )
  }
  const isTooMuch = query?.isRecordCountLimitExceeded === true
  const halved = isTooMuch ? yield* inHalves(searching, cursor, current) : undefined
  if (halved !== undefined) return halved
  return yield* takeRecords(
    searching,
    cursor,
    current,
    isTooMuch ? 'has more results than a search may give' : undefined,
  )

  /** It waits before it goes on: where the service fails at everything, each half would fail at once. */
  async function* failedAt(how: string): AsyncGenerator<Part, Cursor> {
    if ((yield* inHalves(searching, cursor, current)) === undefined)
      return yield* without(searching, cursor, current, how)
    throw new RetryableError(`${what} ${how}: it is asked for in halves`)
  }
}

async function* inHalves({ id }: Searching, cursor: Cursor, current: Search): AsyncGenerator<Part, Cursor | undefined> {
  const halves = halvesOf(current)
  if (halves === undefined) return undefined
  const { cursor: split, closed } = taken(id, { ...cursor, todo: [...halves, ...cursor.todo] }, current)
  yield { cursor: split, closed }
  return split
}

async function* without(
  searching: Searching,
  cursor: Cursor,
  current: Search,
  how: string,
): AsyncGenerator<Part, Cursor> {
  const part = await endOf(searching, cursor, current, [how])
  yield part
  return part.cursor
}

/** The end of a search that lacked something for `reasons`, if any: what it lacks is searched once more. With it late records may be found. */
async function endOf({ id, queries, signal }: Searching, cursor: Cursor, current: Search, reasons: readonly string[]) {
  const { late, todo } = cursor
  const isLast = late?.isBegun === true && todo.length === 0
  const { cursor: done, closed } = taken(id, isLast ? { ...cursor, late: undefined } : cursor, current)
  const found = isLast ? [...closed, lateGap(id, late).name] : closed
  if (reasons.length === 0) return { cursor: done, closed: found, gaps: [] }

  const { left = [] } = done
  const { from, to } = current
  const final = closed.length > 0 || left.length >= maxLeft
  const at = new Date((await queries.now(signal)) + latenessMs).toISOString()
  const fate = final
    ? 'search for it elsewhere, such as in Purview, in smaller parts, and import what that gives'
    : `it is searched once more after ${at}`
  const gap: Gap = {
    name: nameOf(id, current),
    from,
    to,
    reason: `the search ${reasons.join(', and ')}: ${fate}`,
    final,
  }
  return {
    cursor: final ? done : { ...done, left: [...left, { from, to, at }] },
    closed: found.filter((name) => name !== gap.name),
    gaps: [gap],
  }
}

/** The cursor when a search is over, and the gap that it was to close. */
function taken(id: string, cursor: Cursor, { from, to }: Span): { readonly cursor: Cursor; readonly closed: string[] } {
  const { left = [] } = cursor
  const others = left.filter((each) => each.from !== from || each.to !== to)
  const closed = others.length < left.length ? [nameOf(id, { from, to })] : []
  return { cursor: { ...cursor, search: undefined, left: others.length > 0 ? others : undefined }, closed }
}

/** What tells, until it is searched again, that it may not be complete. */
export function lateGap(id: string, { from, to, at }: Late): Gap {
  const reason = `records are found up to days late: it is searched again after ${at}`
  return { name: `${id} late ${from}/${to}`, from, to, reason, final: false }
}

function nameOf(id: string, { from, to }: Span): string {
  return `${id} ${from}/${to}`
}

// The service was seen to give different numbers of records for one finished search.
const maxReadings = 3

/** Reads the results until two readings in a row agree in number, at most three times. */
async function* takeRecords(
  searching: Searching,
  cursor: Cursor,
  begun: Search,
  limit: string | undefined,
): AsyncGenerator<Part, Cursor> {
  const { all } = searching
  const links = new Set<string>()
  let current = begun
  while (!agree(current.counts) && current.counts.length < maxReadings) {
    current = yield* takePage(searching, cursor, current, links)
    yield { cursor: { ...cursor, search: current } }
  }
  const { to, counts } = current
  const differing = agree(counts) ? undefined : `gave ${counts.join(', ')} records when read ${counts.length} times`
  const reasons = [limit, differing].filter((reason) => reason !== undefined)
  const part = await endOf(searching, cursor, current, reasons)
  const { todo, late } = part.cursor
  const isWhole = all !== undefined && todo.length === 0
  yield { ...part, ...(isWhole && { searched: { ...all, to: late?.from ?? to } }) }
  return part.cursor
}

async function* takePage(
  { id, client, queries, known, signal }: Searching,
  cursor: Cursor,
  current: Search,
  links: Set<string>,
): AsyncGenerator<Part, Search> {
  const query = current.id as string
  const isLink = current.url !== undefined
  const url = current.url === undefined ? queries.recordsOf(query) : new URL(current.url)
  const name = `${query} reading ${current.counts.length + 1} page ${current.page}`
  const page = { name, shape: 'graph-audit', client, ask: { url, isLink }, cursor: { ...cursor, search: current } }
  const first = { page: 1, url: undefined, records: 0 }
  const stumbles = current.stumbles + 1
  try {
    links.add(url.href)
    const result = yield* readPage(page, known, signal)
    if (!isProblem(result) && result.nextLink === undefined) {
      links.clear()
      return { ...current, ...first, counts: [...current.counts, current.records + result.records], stumbles: 0 }
    }
    const next = isProblem(result) || result.nextLink === undefined ? undefined : toUrl(result.nextLink).href
    if (!isProblem(result) && next !== undefined && !links.has(next)) {
      return { ...current, page: current.page + 1, url: next, records: current.records + result.records, stumbles: 0 }
    }
    const said = isProblem(result) ? result.said : 'the pages of a list go in a circle'
    const isAgain = !isProblem(result) || (result.action === 'first page' && isLink)
    if (!isAgain || stumbles >= maxStumbles) throw new RetryableError(`${id}: ${said}`)
    links.clear()
    return { ...current, ...first, stumbles }
  } catch (error) {
    if (error instanceof RetryableError) yield { cursor: { ...cursor, search: { ...current, stumbles } } }
    throw error
  }
}

function agree(counts: readonly number[]): boolean {
  return counts.length >= 2 && counts.at(-1) === counts.at(-2)
}
