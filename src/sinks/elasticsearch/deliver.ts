import type { Deps } from '../../deps.ts'
import { FatalError, messageOf, RetryableError } from '../../errors.ts'
import { type Known, nothingWritten, type WriteResult } from '../sink.ts'
import type { Batch, Pending } from './batches.ts'
import { bodyOf, bulk } from './bulk.ts'
import type { Cluster } from './client.ts'
import type { Pace } from './pace.ts'
import { type Plan, plan } from './plan.ts'
import type { Streams } from './streams.ts'
import { added, tally } from './tally.ts'
import { mappingOf, refuseForeign } from './upgrade.ts'

const maxAttempts = 14
const firstWaitMs = 500
const longestWaitMs = 30_000
// More is not waited for however much a server asks for: whoever called may have something better to do.
const longestAskedMs = 120_000

export interface Parts {
  readonly cluster: Cluster
  readonly streams: Streams
  readonly pace: Pace
}

/** Delivers batches until each document has a fate; gives up after some three minutes without any success. */
export function deliverer({ cluster, streams, pace }: Parts, deps: Pick<Deps, 'sleep' | 'log'>) {
  const { target } = cluster

  async function deliver(batch: Batch, known: Known, signal: AbortSignal, attempt = 1): Promise<WriteResult> {
    const again = (rest: Batch) => deliver(rest, known, signal, attempt + 1)
    const planned = await plan(cluster, streams, { batch, known }, signal).catch(retryable)
    if (planned instanceof RetryableError) {
      pace.wasRefused()
      await pause({ documents: batch.pending.length, attempt, cause: messageOf(planned) }, signal)
      return again(batch)
    }
    if (planned.actions.length === 0) return planned.settled
    const rest = { stream: batch.stream, pending: planned.pending }
    return added(planned.settled, await send(planned, rest, { known, signal, attempt, again }))
  }

  async function send(planned: Plan, batch: Batch, how: How): Promise<WriteResult> {
    const { signal, attempt, again } = how
    const { stream, pending } = batch
    const body = bodyOf(planned.actions)
    const answer = await pace.inTurn(() => bulk(cluster, { stream, body, actions: planned.actions }, signal), signal)
    if (answer.kind === 'items') {
      pace.wasTaken(answer.tookMs)
      return decide(planned, batch, answer.items, how)
    }
    if (answer.kind === 'unacceptable') {
      if (answer.isTooLarge) pace.wasTooLarge(body.length)
      if (pending.length > 1) return inHalves(batch, (half) => deliver(half, how.known, signal, attempt))
      const rejected = pending.map(({ document }) => ({ seq: document.seq, reason: answer.cause }))
      return { ...nothingWritten, rejected }
    }
    pace.wasRefused()
    await pause({ documents: pending.length, attempt, cause: answer.cause, waitMs: answer.waitMs }, signal)
    if (answer.kind === 'busy') return body.length > pace.bytes() ? inHalves(batch, again) : again(batch)
    streams.forget(stream) // It may have rolled over since, with what was sent in the older index.
    // Proxies cut the line at what is too large for them, so the next try is smaller.
    return inHalves({ stream, pending: pending.map(doubted) }, again)
  }

  async function decide(planned: Plan, { stream }: Batch, items: Items, how: How): Promise<WriteResult> {
    const { known, signal, attempt, again } = how
    const { result, undecided, strange, strangeIndices, isOutdated, cause } = tally(target, planned, known, items)
    if (isOutdated || strangeIndices.length > 0) streams.forget(stream)
    const now = strangeIndices.length === 0 ? planned.indices : await streams.indices(stream).catch(retryable)
    if (!(now instanceof RetryableError)) {
      const elsewhere = strangeIndices.find((index) => !now.includes(index))
      if (elsewhere !== undefined) throw detour(target, stream, elsewhere)
      const made = planned.indices.length === 0 ? now[0] : undefined
      if (made !== undefined) refuseForeign(target, { stream, mapping: await mappingOf(cluster, made) })
    }
    // When nobody can say whether a stream has more than one index, it may have.
    const isDoubtful = strange.length > 0 && (now instanceof RetryableError || now.length > 1)
    const written = isDoubtful ? 0 : strange.length
    const pending = isDoubtful ? [...undecided, ...strange.map(doubted)] : undecided
    const sum = { ...result, written: result.written + written }
    if (pending.length === 0) return sum
    if (cause !== undefined || isOutdated) {
      if (cause !== undefined) pace.wasRefused()
      await pause({ documents: undecided.length, attempt, cause: cause ?? 'changed by somebody else' }, signal)
    }
    return added(sum, await again({ stream, pending }))
  }

  async function pause({ documents, attempt, cause, waitMs: asked }: Refusal, signal: AbortSignal): Promise<void> {
    if (attempt >= maxAttempts) {
      throw new RetryableError(`${target} did not take ${documents} documents in ${maxAttempts} attempts: ${cause}`)
    }
    const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1))
    const jittered = longest * (0.5 + Math.random() / 2) // Several senders do not return together.
    const waitMs = Math.round(Math.max(jittered, Math.min(asked ?? 0, longestAskedMs) * (1 + Math.random() / 10)))
    const fields = { target, documents, attempt, waitMs, cause }
    deps.log.warn(fields, 'Elasticsearch did not take all, the rest is sent again')
    await deps.sleep(waitMs, signal)
  }

  return (batch: Batch, known: Known, signal: AbortSignal) => deliver(batch, known, signal)
}

interface How {
  readonly known: Known
  readonly signal: AbortSignal
  readonly attempt: number
  readonly again: (batch: Batch) => Promise<WriteResult>
}

type Items = Parameters<typeof tally>[3]

interface Refusal {
  readonly documents: number
  readonly attempt: number
  readonly cause: string
  /** How long the server asked to be left alone. */
  readonly waitMs?: number | undefined
}

async function inHalves(batch: Batch, deliver: (half: Batch) => Promise<WriteResult>): Promise<WriteResult> {
  const { stream, pending } = batch
  if (pending.length === 1) return deliver(batch)
  const middle = Math.ceil(pending.length / 2)
  const first = await deliver({ stream, pending: pending.slice(0, middle) })
  return added(first, await deliver({ stream, pending: pending.slice(middle) }))
}

/** The error for documents of a stream that lie in an index which is none of its own. */
function detour(target: string, stream: string, elsewhere: string): FatalError {
  return new FatalError(
    `what is sent to the data stream ${stream} of ${target} goes to ${elsewhere}: take what sends it there out of the ingest ` +
      'pipeline that the settings index.default_pipeline or index.final_pipeline name, then run `hoofprint publish --again`',
  )
}

function doubted(pending: Pending): Pending {
  return { document: pending.document, isUncertain: true }
}

function retryable(error: unknown): RetryableError {
  if (error instanceof RetryableError) return error
  throw error
}
