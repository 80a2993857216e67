import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { RetryableError } from '../../errors.ts'
import type { OutgoingDocument } from '../sink.ts'
import { ask, reasonOf, refused } from './ask.ts'
import { batches } from './batches.ts'
import { type Action, bodyOf, bulk, type Place } from './bulk.ts'
import type { Cluster } from './client.ts'
import { exchange } from './exchange.ts'
import type { Streams } from './streams.ts'

/** A document that is stored. */
export interface Stored extends Place {
  /** Its fields, where they were asked for. */
  readonly source: unknown
  /** There was a second copy, which is gone now. */
  readonly wasDoubled: boolean
}

const Answer = z.object({
  timed_out: z.literal(false),
  aggregations: z.object({ answers: z.object({ meta: z.object({ to: z.string() }) }) }),
  _shards: z.looseObject({ failed: z.literal(0) }),
  hits: z
    .object({
      hits: z
        .array(
          z.object({
            _id: z.string(),
            _index: z.string(),
            _seq_no: z.int(),
            _primary_term: z.int(),
            _source: z.unknown().default({}), // A mapping of the user's may keep none.
          }),
        )
        .default([]),
    })
    .default({ hits: [] }),
})

const idsPerSearch = 2000

const found = ['_id', '_index', '_seq_no', '_primary_term', '_source'].map((key) => `hits.hits.${key}`)
const querystring = {
  // One that was closed since is an error: what is in it would be written a second time.
  ignore_unavailable: false,
  allow_partial_search_results: false,
  filter_path: ['timed_out', '_shards.failed', 'aggregations', ...found],
}

/** Which documents are looked for. */
export interface Question {
  readonly stream: string
  /** The stream's backing indices, oldest first. */
  readonly indices: readonly string[]
  readonly ids: readonly string[]
  readonly wantsSource: boolean
}

/**
 * Finds out which ids are stored in any of a stream's indices, and where. Of two copies of one document, which a rollover between looking
 * and writing can leave, the younger is deleted.
 */
export async function lookUp(
  cluster: Cluster,
  question: Question,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Stored>> {
  const stored = new Map<string, Stored>()
  const doubles: Action[] = []
  for (let i = 0; i < question.ids.length; i += idsPerSearch) {
    const hits = await search(cluster, { ...question, ids: question.ids.slice(i, i + idsPerSearch) }, signal)
    const age = (index: string) => question.indices.indexOf(index)
    for (const hit of hits.toSorted((a, b) => age(a._index) - age(b._index))) {
      const place: Place = { index: hit._index, seqNo: hit._seq_no, primaryTerm: hit._primary_term }
      const first = stored.get(hit._id)
      if (first !== undefined) doubles.push({ kind: 'delete', id: hit._id, place })
      stored.set(
        hit._id,
        first === undefined ? { ...place, source: hit._source, wasDoubled: false } : { ...first, wasDoubled: true },
      )
    }
  }
  if (doubles.length > 0) await remove(cluster, question.stream, doubles, signal)
  return stored
}

/** How many of these documents are in none of the indices of their streams. */
export async function countMissing(
  cluster: Cluster,
  streams: Streams,
  { documents, namespace }: { documents: readonly OutgoingDocument[]; namespace: string },
  signal: AbortSignal,
): Promise<number> {
  let missing = 0
  for (const { stream, pending } of batches(documents, namespace, Number.POSITIVE_INFINITY)) {
    const ids = pending.map(({ document }) => document.id)
    const indices = await streams.indices(stream)
    const question = { stream, indices, ids, wantsSource: false }
    missing += ids.length - (indices.length === 0 ? 0 : (await lookUp(cluster, question, signal)).size)
  }
  return missing
}

async function search(cluster: Cluster, { stream, ids, wantsSource }: Question, signal: AbortSignal) {
  const { target } = cluster
  const to = randomUUID()
  const body = {
    query: { ids: { values: ids } },
    // Elasticsearch says this again: the answer to another search that found nothing would have all of them written a second time.
    aggs: { answers: { filter: { match_none: {} }, meta: { to } } },
    size: Math.min(ids.length * 4, 10_000), // Copies count as well, and more than 10,000 an index does not give.
    sort: ['_doc'],
    seq_no_primary_term: true,
    _source: wantsSource,
    track_total_hits: false,
  }
  const path = `/${encodeURIComponent(stream)}/_search`
  const answer = await ask(target, exchange(cluster, { method: 'POST', path, querystring, body }, signal))
  const said = Answer.safeParse(answer.body)
  if (said.success && said.data.aggregations.answers.meta.to === to) return said.data.hits.hits
  throw new RetryableError(`${target} gave no whole answer to a search for ${ids.length} ids`)
}

async function remove(
  cluster: Cluster,
  stream: string,
  actions: readonly Action[],
  signal: AbortSignal,
): Promise<void> {
  const answer = await bulk(cluster, { stream, actions, body: bodyOf(actions) }, signal)
  if (answer.kind !== 'items')
    throw new RetryableError(`${cluster.target} did not delete second copies: ${answer.cause}`)
  for (const { status, error } of answer.items) {
    if (status === 403) throw refused(cluster.target, status, reasonOf(error))
    // Gone already: somebody else was faster, or an earlier answer was lost and the search still sees it. Anything else is tried again after
    // another look.
    const isGone = status === 404 || (status === 409 && reasonOf(error).includes('no document was found'))
    if (status >= 300 && !isGone)
      throw new RetryableError(`${cluster.target} did not delete a second copy: ${reasonOf(error)}`)
  }
}
