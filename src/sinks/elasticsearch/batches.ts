import type { OutgoingDocument } from '../sink.ts'

/** One document with its two lines of a bulk request. */
export interface Pending {
  readonly seq: number
  readonly action: string
  readonly source: string
  /** A request that held it got no answer: it may be stored already. */
  readonly isUncertain: boolean
}

/** Cuts documents into batches whose bulk request stays within `maxBytes`; what is larger alone goes alone. */
export function* batches(
  documents: readonly OutgoingDocument[],
  namespace: string,
  maxBytes: number,
): Generator<Pending[]> {
  let batch: Pending[] = []
  let bytes = 0
  for (const { seq, id, dataset, source } of documents) {
    const action = JSON.stringify({ create: { _index: `logs-${dataset}-${namespace}`, _id: id } })
    const size = Buffer.byteLength(action) + Buffer.byteLength(source) + 2
    if (batch.length > 0 && bytes + size > maxBytes) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push({ seq, action, source, isUncertain: false })
    bytes += size
  }
  if (batch.length > 0) yield batch
}
