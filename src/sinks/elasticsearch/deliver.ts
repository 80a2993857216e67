import type { estypes } from '@elastic/elasticsearch'
import type { Deps } from '../../deps.ts'
import { RetryableError } from '../../errors.ts'
import type { WriteResult } from '../sink.ts'
import { reasonOf, refused } from './ask.ts'
import type { Pending } from './batches.ts'
import { bulk } from './bulk.ts'
import type { Cluster } from './client.ts'

const maxAttempts = 8
const firstWaitMs = 500
const longestWaitMs = 30_000

/** Delivers batches until each document has a fate. */
export function deliverer(cluster: Cluster, deps: Pick<Deps, 'sleep' | 'log'>) {
  const { target } = cluster

  async function deliver(batch: readonly Pending[], signal: AbortSignal, attempt = 1): Promise<WriteResult> {
    const answer = await bulk(cluster, batch, signal)
    if (answer.kind === 'unacceptable') {
      if (batch.length > 1) return inHalves(batch, signal, attempt)
      return { written: 0, duplicate: 0, rejected: batch.map(({ seq }) => ({ seq, reason: answer.cause })) }
    }
    if (answer.kind === 'items') {
      const { result, undecided, cause } = tally(target, batch, answer.items)
      if (undecided.length === 0) return result
      await pause({ documents: undecided.length, attempt, cause }, signal)
      return add(result, await deliver(undecided, signal, attempt + 1))
    }
    await pause({ documents: batch.length, attempt, cause: answer.cause }, signal)
    if (answer.kind === 'busy') return deliver(batch, signal, attempt + 1)
    // Proxies cut the line at what is too large for them, so the next try is smaller.
    const doubtful = batch.map((pending) => ({ ...pending, isUncertain: true }))
    return inHalves(doubtful, signal, attempt + 1)
  }

  async function inHalves(batch: readonly Pending[], signal: AbortSignal, attempt: number): Promise<WriteResult> {
    if (batch.length === 1) return deliver(batch, signal, attempt)
    const middle = Math.ceil(batch.length / 2)
    const first = await deliver(batch.slice(0, middle), signal, attempt)
    return add(first, await deliver(batch.slice(middle), signal, attempt))
  }

  async function pause({ documents, attempt, cause }: Refusal, signal: AbortSignal): Promise<void> {
    if (attempt >= maxAttempts) {
      throw new RetryableError(`${target} did not take ${documents} documents in ${maxAttempts} attempts: ${cause}`)
    }
    const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1))
    const waitMs = Math.round(longest * (0.5 + Math.random() / 2)) // Jitter: several senders do not return together.
    deps.log.warn(
      { target, documents, attempt, waitMs, cause },
      'Elasticsearch did not take all, the rest is sent again',
    )
    await deps.sleep(waitMs, signal)
  }

  return (batch: readonly Pending[], signal: AbortSignal) => deliver(batch, signal)
}

interface Refusal {
  readonly documents: number
  readonly attempt: number
  readonly cause: string
}

/** Sorts a batch by what became of each document; `cause` says why some are undecided. */
function tally(target: string, batch: readonly Pending[], items: readonly estypes.BulkResponseItem[]) {
  let written = 0
  let duplicate = 0
  const rejected: { seq: number; reason: string }[] = []
  const undecided: Pending[] = []
  let cause = ''
  for (const [i, pending] of batch.entries()) {
    const item = items[i] as estypes.BulkResponseItem // There are as many as documents.
    const fate = fateOf(target, item, pending)
    if (fate === 'written') written += 1
    else if (fate === 'duplicate') duplicate += 1
    else if (fate === 'rejected') rejected.push({ seq: pending.seq, reason: rejection(item) })
    else {
      undecided.push(pending)
      cause = reasonOf(item.error)
    }
  }
  return { result: { written, duplicate, rejected }, undecided, cause }
}

type Fate = 'written' | 'duplicate' | 'rejected' | 'undecided'

function fateOf(target: string, { status, error, failure_store }: estypes.BulkResponseItem, pending: Pending): Fate {
  if (status < 300) return failure_store === 'used' ? 'rejected' : 'written'
  if (status === 409) return pending.isUncertain ? 'written' : 'duplicate'
  if (status === 429 || status >= 500) return 'undecided'
  // The fault of the account or the index, which the next document would meet as well.
  if (status === 401 || status === 403 || status === 404) throw refused(target, status, reasonOf(error))
  return 'rejected'
}

/** A data stream with a failure store says 201 to a document that it refuses, and keeps it there. */
function rejection({ error, failure_store, _index }: estypes.BulkResponseItem): string {
  return failure_store === 'used' ? `refused, and kept in the failure store ${_index}` : reasonOf(error)
}

function add(a: WriteResult, b: WriteResult): WriteResult {
  return {
    written: a.written + b.written,
    duplicate: a.duplicate + b.duplicate,
    rejected: [...a.rejected, ...b.rejected],
  }
}
