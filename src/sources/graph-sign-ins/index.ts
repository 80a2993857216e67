import { z } from 'zod'
import { RetryableError } from '../../errors.ts'
import type { Client } from '../microsoft/client.ts'
import { parseCursor, Time } from '../microsoft/cursors.ts'
import { isProblem, readPage, toUrl } from '../microsoft/pages.ts'
import type { Tenant } from '../microsoft/tenant.ts'
import type { Part, Source } from '../source.ts'
import { addressOf, clientOf, type SignInEvent } from './log.ts'
import type { GraphSignInsOptions } from './options.ts'
import { firstRead, nextSpan, passes, retentionMs } from './passes.ts'

export { checkGraphSignIns } from './check.ts'
export { GraphSignInsOptions, signInEvents } from './options.ts'

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

/** The tenant's sign-in log: a source for each kind of sign-ins. */
export function graphSignIns(tenant: Tenant, options: GraphSignInsOptions): Source[] {
  const client = clientOf(tenant)
  return options.events.map((event) => {
    const id = `graph-sign-ins:${tenant.id}:${event}`
    return {
      id,
      async *read(saved, known, signal) {
        const cursor = parseCursor(id, Cursor, saved)
        yield* readLog({ id, client, event, options, known, signal }, cursor)
      },
    }
  })
}

interface Log {
  readonly id: string
  readonly client: Client
  readonly event: SignInEvent
  readonly options: GraphSignInsOptions
  readonly known: (name: string) => boolean
  readonly signal: AbortSignal
}

const hourMs = 3_600_000

async function* readLog(log: Log, saved: Cursor | undefined): AsyncGenerator<Part> {
  const { client, event, options, signal } = log
  await client.send({ url: addressOf(client, event) }, async ({ body }) => void body.destroy(), signal) // Tells the time.
  const now = client.serverNow()
  const first = { done: firstRead(now, options.lookBackDays * 24 * hourMs) }
  let cursor: Cursor = saved === undefined ? first : yield* passOver(log, saved, now)
  if (cursor.slice !== undefined) cursor = yield* readSlice(log, cursor, cursor.slice)
  for (const pass of passes.keys()) {
    for (;;) {
      const span = nextSpan(pass, cursor.done[pass] as string, now, options.sliceHours * hourMs)
      if (span === undefined) break
      cursor = yield* readSlice(log, cursor, { pass, ...span, readAt: '', page: 1 })
    }
  }
}

/** What Entra does not keep any more is lost, and said to be. */
async function* passOver({ id }: Log, cursor: Cursor, now: number): AsyncGenerator<Part, Cursor> {
  const [from = ''] = cursor.done
  const to = new Date(now - retentionMs).toISOString()
  if (from >= to) return cursor
  const moved = { done: cursor.done.map((time) => (time < to ? to : time)) }
  const reason = 'not read for longer than the 30 days that Entra keeps sign-ins'
  yield { gaps: [{ name: `${id} from ${from}`, from, to, reason, final: true }], cursor: moved }
  return moved
}

const maxRestarts = 3

async function* readSlice(log: Log, cursor: Cursor, begun: Slice): AsyncGenerator<Part, Cursor> {
  const { id, client, event, known, signal } = log
  const fresh = () => ({ ...begun, page: 1, url: undefined, readAt: new Date(client.serverNow()).toISOString() })
  let slice: Slice = begun.url === undefined ? fresh() : begun
  for (let restarts = 0; ; ) {
    const name = `${id} ${slice.from}/${slice.to} read ${slice.readAt} page ${slice.page}`
    const url = slice.url === undefined ? addressOf(client, event, slice) : new URL(slice.url)
    const page = { name, shape: 'graph-signins', client, ask: { url }, cursor: { ...cursor, slice } }
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
    yield { cursor: { ...cursor, slice } }
  }
  const moved = { done: cursor.done.with(slice.pass, slice.to) }
  yield { cursor: moved }
  return moved
}
