import { isBesideEarlier } from '../../document.ts'
import { FatalError, RetryableError } from '../../errors.ts'
import { type Known, nothingWritten, type WriteResult } from '../sink.ts'
import type { Batch, Pending } from './batches.ts'
import type { Action } from './bulk.ts'
import type { Cluster } from './client.ts'
import { lookUp, type Stored } from './look-up.ts'
import { type Comparison, compare, renewed } from './same-document.ts'
import type { Streams } from './streams.ts'

/** What is to be sent of a batch, and what need not be. */
export interface Plan {
  /** The stream's backing indices as they were when this was made. */
  readonly indices: readonly string[]
  readonly actions: readonly Action[]
  /** The document of each action. */
  readonly pending: readonly Pending[]
  readonly settled: WriteResult
}

/**
 * Finds out what is stored already where `create` would not: `create` sees only the newest index of a stream that has rolled over,
 * and cannot replace. Throws `RetryableError` when that cannot be found out now.
 */
export async function plan(
  cluster: Cluster,
  streams: Streams,
  { batch, known }: { batch: Batch; known: Known },
  signal: AbortSignal,
): Promise<Plan> {
  const { stream, pending } = batch
  /** It may have been deleted since, or a gateway that reaches nobody says so: Elasticsearch is asked again what it consists of. */
  const unlessFound = (error: unknown): never => {
    if (!(error instanceof FatalError && error.cause === 404)) throw error
    streams.forget(stream)
    throw new RetryableError(`${cluster.target} did not find ${stream}, which was there a moment ago`)
  }
  const indices = await streams.indices(stream)
  const mustLook = indices.length > 1 || (known !== 'kept' && indices.length > 0)
  const ids = pending.map(({ document }) => document.id)
  const question = { stream, indices, ids, wantsSource: known !== 'kept' }
  const stored = mustLook ? await lookUp(cluster, question, signal).catch(unlessFound) : new Map<string, Stored>()

  const settled = { ...nothingWritten }
  const open: Pending[] = []
  const actions: Action[] = []
  for (const one of pending) {
    const next = nextFor(one, stored.get(one.document.id), known)
    if (typeof next === 'string') {
      settled[next] += 1
      continue
    }
    actions.push(next)
    open.push(one)
  }
  return { indices, actions, pending: open, settled }
}

/** What is to be done about a document; or what has become of it, where that is nothing. */
function nextFor(
  { document, isUncertain }: Pending,
  there: Stored | undefined,
  known: Known,
): Action | 'written' | 'duplicate' | 'foreign' | 'gone' {
  const { id, source } = document
  if (there === undefined)
    return known === 'updated' && !isBesideEarlier(id) ? 'gone' : { kind: 'create', id, document }
  const comparison = known === 'kept' ? 'same' : compare(source, there.source)
  const fate = fates[known][comparison]
  if (fate === 'foreign') return fate
  if (fate === 'duplicate') return isUncertain && !there.wasDoubled ? 'written' : fate
  const anew = renewed(source, there.source, comparison)
  return { kind: 'index', id, document: { ...document, source: anew }, place: there, isSame: comparison === 'same' }
}

type Fate = 'duplicate' | 'replaced' | 'foreign'

/**
 * What becomes of a document that is stored already, by what is asked for and how both compare. What is taken over is written anew though it says
 * the same: a field that the index got since is searched in what was written after.
 */
const fates: Readonly<Record<Known, Readonly<Record<Comparison, Fate>>>> = {
  kept: { same: 'duplicate', other: 'duplicate', foreign: 'duplicate' },
  replaced: { same: 'duplicate', other: 'replaced', foreign: 'foreign' },
  updated: { same: 'duplicate', other: 'replaced', foreign: 'foreign' },
  'taken over': { same: 'replaced', other: 'replaced', foreign: 'replaced' },
}
