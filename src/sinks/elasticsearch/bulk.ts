import type { estypes } from '@elastic/elasticsearch'
import type { OutgoingDocument } from '../sink.ts'
import { causeOf, gotNoAnswer, hopeless, noTrust, refused, retryAfterOf, statusOf } from './ask.ts'
import type { Cluster } from './client.ts'
import { exchange } from './exchange.ts'

/** One action of a bulk request: into the stream itself, or where a document lies already. */
export interface Action {
  readonly kind: 'create' | 'index' | 'delete'
  readonly id: string
  readonly place?: Place | undefined
  /** What is there says the same, and is written anew. */
  readonly isSame?: boolean
  /** What is written; nothing for a `delete`. */
  readonly document?: OutgoingDocument
}

/** Where a document lies, and in which version: a change that names it is refused when there is a newer one. */
export interface Place {
  readonly index: string
  readonly seqNo: number
  readonly primaryTerm: number
}

/** What Elasticsearch said of one action. */
export type Item = Pick<estypes.BulkResponseItem, '_id' | '_index' | 'status' | 'error' | 'failure_store' | 'result'>

/** What Elasticsearch said to a bulk request. */
export type Answer =
  | { readonly kind: 'items'; readonly items: readonly Item[]; readonly tookMs: number }
  /** Not now: nothing of the request was done. */
  | { readonly kind: 'busy'; readonly cause: string; readonly waitMs: number | undefined }
  /** Nobody knows what of it was done. */
  | { readonly kind: 'lost'; readonly cause: string; readonly waitMs: number | undefined }
  /** Too large, or something in it spoils the whole. */
  | { readonly kind: 'unacceptable'; readonly cause: string; readonly isTooLarge: boolean }

const querystring = {
  // Without it a missing template would make a plain index with guessed field types.
  require_data_stream: true,
  filter_path: [
    'took',
    ...['_id', '_index', 'status', 'error', 'failure_store', 'result'].map((key) => `items.*.${key}`),
  ],
}

/** Sends one bulk request to a data stream; throws only what somebody must act upon, and when `signal` aborts. */
export async function bulk(
  cluster: Cluster,
  { stream, body, actions }: { stream: string; body: Buffer; actions: readonly Action[] },
  signal: AbortSignal,
): Promise<Answer> {
  const { target } = cluster
  const asked = { method: 'POST', path: `/${encodeURIComponent(stream)}/_bulk`, querystring, bulkBody: body } as const
  const response = await exchange(cluster, asked, signal).catch((error: unknown) => toAnswer(target, error, signal))
  if ('kind' in response) return response

  const { body: said, statusCode } = response
  if (statusCode >= 300) throw refused(target, statusCode, 'a redirect')
  const { took = 0, items: all } = (said ?? {}) as Body // What of it is used is checked below to be the answer to each action.
  const items = Array.isArray(all) ? all.map((item: Readonly<Record<string, Item>>) => Object.values(item)[0]) : []
  const isAnswer = items.length === actions.length && items.every((item, i) => answers(item, actions[i]?.id))
  if (isAnswer) return { kind: 'items', items: items as Item[], tookMs: took }
  const cause =
    `${items.length} answers that are not those to ${actions.length} documents: of another request, ` +
    'or an ingest pipeline changes _id'
  return { kind: 'lost', cause, waitMs: undefined }
}

/** What a failure store keeps, or was to keep, is told under an id of its own, or none. */
function answers(item: Item | undefined, id: string | undefined): boolean {
  return item !== undefined && (item._id === id || item.failure_store === 'used' || item.failure_store === 'failed')
}

type Body = { readonly took?: number; readonly items?: unknown }

/** The request's lines: those that were made before as they lie there, if they lie side by side. */
export function bodyOf(actions: readonly Action[]): Buffer {
  return sideBySide(actions) ?? written(actions)
}

function sideBySide(actions: readonly Action[]): Buffer | undefined {
  const first = actions[0]?.document
  if (first?.action === undefined) return undefined
  const { buffer } = first.source
  let end = first.action
  for (const { kind, document } of actions) {
    if (kind !== 'create' || document?.source.buffer !== buffer || document.action !== end) return undefined
    end = document.source.byteOffset + document.source.length + 1
  }
  return Buffer.from(buffer, first.action, end - first.action)
}

function written(actions: readonly Action[]): Buffer {
  const heads = actions.map((action) => `${JSON.stringify({ [action.kind]: metadataOf(action) })}\n`)
  let size = 0
  for (const [i, head] of heads.entries()) {
    const source = actions[i]?.document?.source
    size += Buffer.byteLength(head) + (source === undefined ? 0 : source.length + 1)
  }
  const body = Buffer.allocUnsafe(size)
  let end = 0
  for (const [i, head] of heads.entries()) {
    end += body.write(head, end)
    const source = actions[i]?.document?.source
    if (source === undefined) continue
    body.set(source, end)
    end = body.writeUInt8(lineEnd, end + source.length)
  }
  return body
}

const lineEnd = 0x0a

function metadataOf({ id, place }: Action): object {
  if (place === undefined) return { _id: id }
  const { index, seqNo, primaryTerm } = place
  return { _id: id, _index: index, if_seq_no: seqNo, if_primary_term: primaryTerm, require_data_stream: false }
}

function toAnswer(target: string, error: unknown, signal: AbortSignal): Answer {
  signal.throwIfAborted()
  const cause = causeOf(error)
  const status = statusOf(error)
  const waitMs = retryAfterOf(error)
  // A validation error is about one document, such as an id that is too long, and refuses them all.
  if (status === 413 || (status === 400 && cause.startsWith('action_request_validation_exception'))) {
    return { kind: 'unacceptable', cause, isTooLarge: status === 413 }
  }
  if (status === 429 || status === 503) return { kind: 'busy', cause, waitMs }
  const distrust = gotNoAnswer(error) ? noTrust(target, cause) : undefined
  if (distrust !== undefined) throw distrust
  if (status === 408 || status >= 500 || gotNoAnswer(error)) return { kind: 'lost', cause, waitMs }
  throw hopeless(target, error)
}
