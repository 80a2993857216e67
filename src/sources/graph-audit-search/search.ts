import { FatalError, RetryableError } from '../../errors.ts'
import { hourMs } from '../../time/time.ts'
import type { Client } from '../microsoft/client.ts'
import { isProblem, readPage, toUrl } from '../microsoft/pages.ts'
import type { LiveDeps } from '../microsoft/tenant.ts'
import type { Part, Searched } from '../source.ts'
import { type Cursor, halvesOf, type Search, type Span } from './cursor.ts'
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
}

const maxFailures = 3

/** Searches one span after the other. Where it was stopped it goes on, with the query that is under way. */
export async function* search(searching: Searching, saved: Cursor): AsyncGenerator<Part> {
  let cursor = saved
  for (;;) {
    const [span, ...todo] = cursor.todo
    const isResumed = cursor.search !== undefined
    if (cursor.search === undefined) {
      if (span === undefined) return
      // Saved before it is submitted: by its name it is found again.
      cursor = { todo, search: begin(span, searching.deps.now()) }
      yield { cursor }
    }
    cursor = yield* submit(searching, cursor, cursor.search as Search, isResumed)
    const query = yield* finished(searching, cursor, cursor.search as Search)
    cursor = yield* take(searching, cursor, cursor.search as Search, query)
  }
}

function begin({ from, to }: Span, now: Date): Search {
  const name = `hoofprint ${from} ${to} asked ${now.toISOString()}`
  return { from, to, name, failures: 0, counts: [], page: 1, records: 0 }
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
const patienceMs = 12 * hourMs

const waiting = ['notStarted', 'running', 'unknownFutureValue']

/** The query once the service is done with it, which may take hours; undefined when it is there no more. */
async function* finished(
  { id, queries, deps, signal }: Searching,
  cursor: Cursor,
  current: Search,
): AsyncGenerator<Part, Query | undefined> {
  const started = deps.now().getTime()
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 1.5)) {
    const query = await queries.status(current.id as string, signal)
    if (query === undefined || !waiting.includes(query.status)) return query
    if (deps.now().getTime() - started > patienceMs) {
      throw new RetryableError(`${id}: the query ${query.id} is ${query.status} for more than 12 hours`)
    }
    yield { cursor } // It is asked after, and all is well.
    await deps.sleep(waitMs, signal)
  }
}

/** Acts on how a query ended. */
async function* take(
  searching: Searching,
  cursor: Cursor,
  current: Search,
  query: Query | undefined,
): AsyncGenerator<Part, Cursor> {
  const what = `${searching.id}: the search from ${current.from} to ${current.to}`
  if (query?.status === 'cancelled')
    throw new FatalError(`${what} was cancelled by somebody: ask who, and begin it anew`)
  if (query?.status !== 'succeeded') {
    const failures = current.failures + 1
    if (failures >= maxFailures)
      throw new FatalError(`${what} ended ${query?.status ?? 'in nothing'} ${failures} times`)
    const again = { ...cursor, search: { ...begin(current, searching.deps.now()), failures } }
    yield { cursor: again }
    return again
  }
  const halves = query.isRecordCountLimitExceeded === true ? halvesOf(current) : undefined
  if (halves !== undefined) {
    const split = { todo: [...halves, ...cursor.todo] }
    yield { cursor: split }
    return split
  }
  const gap = query.isRecordCountLimitExceeded === true ? 'has more results than a search may give' : undefined
  return yield* takeRecords(searching, cursor, current, gap)
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
  let current = begun
  while (!agree(current.counts) && current.counts.length < maxReadings) {
    current = yield* takePage(searching, cursor, current)
    yield { cursor: { ...cursor, search: current } }
  }
  const { from, to, counts } = current
  const differing = agree(counts) ? undefined : `gave ${counts.join(', ')} records when read ${counts.length} times`
  const reasons = [limit, differing].filter((reason) => reason !== undefined)
  const gaps = reasons.map((reason) => {
    return { name: `${searching.id} ${from}/${to}`, from, to, reason: `the search ${reason}`, final: false }
  })
  const done: Cursor = { todo: cursor.todo }
  const isWhole = all !== undefined && done.todo.length === 0
  yield { cursor: done, gaps, ...(isWhole && { searched: { ...all, to } }) }
  return done
}

async function* takePage(
  { id, client, queries, known, signal }: Searching,
  cursor: Cursor,
  current: Search,
): AsyncGenerator<Part, Search> {
  const query = current.id as string
  const url = current.url === undefined ? queries.recordsOf(query) : new URL(current.url)
  const name = `${query} reading ${current.counts.length + 1} page ${current.page}`
  const result = yield* readPage(
    { name, shape: 'graph-audit', client, ask: { url }, cursor: { ...cursor, search: current } },
    known,
    signal,
  )
  if (isProblem(result)) {
    if (result.action !== 'first page' || current.url === undefined) throw new RetryableError(`${id}: ${result.said}`)
    return { ...current, page: 1, url: undefined, records: 0 }
  }
  const records = current.records + result.records
  if (result.nextLink === undefined)
    return { ...current, counts: [...current.counts, records], page: 1, url: undefined, records: 0 }
  if (result.nextLink === url.href) throw new RetryableError(`${id}: a page names itself as the next`)
  return { ...current, page: current.page + 1, url: toUrl(result.nextLink).href, records }
}

function agree(counts: readonly number[]): boolean {
  return counts.length >= 2 && counts.at(-1) === counts.at(-2)
}
