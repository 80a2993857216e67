import type { OutgoingDocument } from '../sink.ts'

/** One document whose fate is open. */
export interface Pending {
  readonly document: OutgoingDocument
  /** A request that held it got no answer: it may be stored already, by us. */
  readonly isUncertain: boolean
}

/** Documents of one data stream that go in one request. */
export interface Batch {
  readonly stream: string
  readonly pending: readonly Pending[]
}

/** Cuts documents into batches of one data stream each whose lines stay within `maxBytes`; what is larger alone goes alone. */
export function* batches(
  documents: readonly OutgoingDocument[],
  namespace: string,
  maxBytes: number,
): Generator<Batch> {
  for (const [dataset, own] of Map.groupBy(documents, ({ dataset }) => dataset)) {
    const stream = `logs-${dataset}-${namespace}`
    let pending: Pending[] = []
    let bytes = 0
    for (const document of own) {
      const size = document.source.length + actionBytes
      if (pending.length > 0 && bytes + size > maxBytes) {
        yield { stream, pending }
        pending = []
        bytes = 0
      }
      pending.push({ document, isUncertain: false })
      bytes += size
    }
    yield { stream, pending }
  }
}

// What comes before a document in the request: the word and an id of 32 characters.
const actionBytes = 60
