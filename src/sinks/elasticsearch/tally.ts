import type { Known, WriteResult } from '../sink.ts'
import { reasonOf, refused } from './ask.ts'
import type { Pending } from './batches.ts'
import type { Action, Item } from './bulk.ts'
import type { Plan } from './plan.ts'

/** What became of the documents of one request. */
export interface Fates {
  readonly result: WriteResult
  readonly undecided: readonly Pending[]
  /** Written to an index that the stream did not have a moment ago: there may be another copy in an older one. */
  readonly strange: readonly Pending[]
  /** The index of each document that lies in one which the stream did not have a moment ago. */
  readonly strangeIndices: readonly string[]
  /** What was known of the stream is out of date. */
  readonly isOutdated: boolean
  /** Why some must wait; undefined when none must. */
  readonly cause: string | undefined
}

type Fate = 'written' | 'duplicate' | 'replaced' | 'rejected' | 'strange' | 'busy' | 'outdated'

/** Sorts documents by what became of them. Throws `FatalError` for what the next document would meet as well. */
export function tally(target: string, plan: Plan, known: Known, items: readonly Item[]): Fates {
  const counts = { written: 0, duplicate: 0, replaced: 0, foreign: 0, gone: 0 }
  const rejected: { seq: number; reason: string }[] = []
  const open: Record<'strange' | 'busy' | 'outdated', Pending[]> = { strange: [], busy: [], outdated: [] }
  let cause: string | undefined
  for (const [i, pending] of plan.pending.entries()) {
    const item = items[i] as Item // There are as many as documents.
    const fate = fateOf(target, item, { action: plan.actions[i] as Action, plan, known, pending })
    if (fate === 'rejected') rejected.push({ seq: pending.document.seq, reason: rejection(item) })
    else if (fate === 'written' || fate === 'duplicate' || fate === 'replaced') counts[fate] += 1
    else open[fate].push(pending)
    if (fate === 'busy') cause = reasonOf(item.error)
  }
  return {
    result: { ...counts, rejected },
    undecided: [...open.busy, ...open.outdated],
    strange: open.strange,
    strangeIndices: items.filter(isStored).flatMap(({ _index }) => (plan.indices.includes(_index) ? [] : [_index])),
    isOutdated: open.outdated.length > 0,
    cause,
  }
}

/** Whether there is such a document now: this one, or one that was there before. */
function isStored({ status, failure_store }: Item): boolean {
  return (status === 201 && failure_store !== 'used') || status === 409
}

interface Asked {
  readonly action: Action
  readonly plan: Plan
  readonly known: Known
  readonly pending: Pending
}

function fateOf(target: string, item: Item, asked: Asked): Fate {
  const { status, error, _index } = item
  const { action, plan, known, pending } = asked
  const isNew = action.kind === 'create'
  if (status < 300) {
    if (refusal(item) !== undefined) return 'rejected'
    if (!isNew) return 'replaced'
    return plan.indices.includes(_index) ? 'written' : 'strange'
  }
  if (status === 409 && isNew && known === 'kept') return pending.isUncertain ? 'written' : 'duplicate'
  // Changed since, gone since, with its index or without, or too new for the search to see.
  if (status === 409 || (!isNew && (status === 404 || isToMakeIndex(item)))) return 'outdated'
  if (status === 429 || (status >= 500 && !isOwnFault(item, action))) return 'busy'
  // An older index may be closed for writing, for good: that is the matter of the documents in it.
  if (status === 403 && !isNew && error?.type === 'cluster_block_exception')
    return action.isSame ? 'duplicate' : 'rejected'
  if (error?.type === 'index_closed_exception') throw refused(target, status, reasonOf(error))
  if (status === 401 || status === 403 || status === 404) throw refused(target, status, reasonOf(error))
  return 'rejected'
}

/** An index that was deleted since Elasticsearch would make anew, as a plain one, which accounts for delivery may not. */
function isToMakeIndex({ status, error }: Item): boolean {
  return (
    status === 403 && error?.type === 'security_exception' && /\bindices:admin\/auto_create\b/.test(error.reason ?? '')
  )
}

/**
 * Whether an ingest pipeline fails at the document. What a failure store would take is told of all documents of a shard that failed, too, under the
 * same index: only the kind of the error tells what a node, its disk or a connection had, and that passes.
 */
function isOwnFault({ status, failure_store, error }: Item, { kind }: Action): boolean {
  // Of what is replaced nothing is told of a failure store, for it is sent to an index.
  const mayBe = kind === 'index' || failure_store === 'not_enabled' || failure_store === 'failed'
  return status === 500 && mayBe && error !== undefined && !ofNodes.test(error.type)
}

// As Elasticsearch, Lucene and Java name them, in Elasticsearch's spelling (ElasticsearchException.getExceptionName).
const ofNodes =
  /^(?:node|shard|index_shard|engine|translog|replication)_|^(?:i_o|e_o_f|file_system|no_such_file|access_denied|already_closed|lock_obtain_failed|corrupt_index|closed_channel|interrupted)_exception$|transport_exception$|^out_of_memory_error$/

function rejection(item: Item): string {
  return refusal(item) ?? reasonOf(item.error)
}

/** Why a document is not stored although Elasticsearch says 200 or 201. */
function refusal({ failure_store, result, _index }: Item): string | undefined {
  if (failure_store === 'used') return `refused, and kept in the failure store ${_index}`
  return result === 'noop' ? 'an ingest pipeline of the data stream drops it' : undefined
}

/** The sum of what became of two parts of a batch. */
export function added(a: WriteResult, b: WriteResult): WriteResult {
  return {
    written: a.written + b.written,
    duplicate: a.duplicate + b.duplicate,
    replaced: a.replaced + b.replaced,
    foreign: a.foreign + b.foreign,
    gone: a.gone + b.gone,
    rejected: [...a.rejected, ...b.rejected],
  }
}
