import type { estypes } from '@elastic/elasticsearch'
import { causeOf, gotNoAnswer, hopeless, refused, statusOf } from './ask.ts'
import type { Pending } from './batches.ts'
import type { Cluster } from './client.ts'

/** What Elasticsearch said to a bulk request. */
export type Answer =
  | { readonly kind: 'items'; readonly items: readonly estypes.BulkResponseItem[] }
  /** Not now: nothing of the request was done. */
  | { readonly kind: 'busy'; readonly cause: string }
  /** Nobody knows what of it was done. */
  | { readonly kind: 'lost'; readonly cause: string }
  /** Too large, or something in it spoils the whole. */
  | { readonly kind: 'unacceptable'; readonly cause: string }

/** Sends one bulk request; throws only what somebody must act upon, and when `signal` aborts. */
export async function bulk(cluster: Cluster, batch: readonly Pending[], signal: AbortSignal): Promise<Answer> {
  const { client, target } = cluster
  const operations = batch.flatMap(({ action, source }) => [action, source])
  // Without `require_data_stream` a missing template would make a plain index with guessed field types.
  const request = client.bulk<string>({ operations, require_data_stream: true }, { meta: true, signal })
  const response = await request.catch((error: unknown) => toAnswer(target, error, signal))
  if ('kind' in response) return response

  const { body, statusCode } = response
  if (statusCode >= 300) throw refused(target, statusCode, 'a redirect')
  const items = (body?.items ?? []).map((item) => item.create).filter((item) => item !== undefined)
  if (items.length === batch.length) return { kind: 'items', items }
  return { kind: 'lost', cause: `${items.length} answers to ${batch.length} documents` }
}

function toAnswer(target: string, error: unknown, signal: AbortSignal): Answer {
  signal.throwIfAborted()
  const cause = causeOf(error)
  const status = statusOf(error)
  // A validation error is about one document, such as an id that is too long, and refuses them all.
  if (status === 413 || (status === 400 && cause.startsWith('action_request_validation_exception'))) {
    return { kind: 'unacceptable', cause }
  }
  if (status === 429 || status === 503) return { kind: 'busy', cause }
  if (status >= 500 || gotNoAnswer(error)) return { kind: 'lost', cause }
  throw hopeless(target, error)
}
