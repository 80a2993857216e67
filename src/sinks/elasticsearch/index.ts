import type { Client } from '@elastic/elasticsearch'
import { mapInOrder } from '../../concurrency.ts'
import type { Deps } from '../../deps.ts'
import type { Sink, WriteResult } from '../sink.ts'
import { batches } from './batches.ts'
import { deliverer } from './deliver.ts'

/** Which cluster, and the last part of the names of the data streams. */
export interface Place {
  /** The cluster's address without credentials. */
  readonly target: string
  readonly namespace: string
}

const maxBytes = 5_000_000
const maxRequests = 3

/**
 * Creates each document under its id in `logs-<dataset>-<namespace>`: a second delivery is a duplicate, not a copy.
 * What a lost answer leaves in doubt is sent again; when it is then there already it counts as written, for most likely
 * this call wrote it.
 */
export function elasticsearchSink(client: Client, place: Place, deps: Pick<Deps, 'sleep' | 'log'>): Sink {
  const deliver = deliverer({ client, target: place.target }, deps)
  return {
    id: `elasticsearch ${place.target} ${place.namespace}`,
    async write(documents, signal) {
      const stop = new AbortController()
      const either = AbortSignal.any([signal, stop.signal])
      const underWay: Promise<WriteResult>[] = []
      const start = (batch: Parameters<typeof deliver>[0]) => {
        const delivery = deliver(batch, either)
        underWay.push(delivery)
        delivery.catch((error: unknown) => stop.abort(error))
        return delivery
      }
      try {
        return sum(await Array.fromAsync(mapInOrder(batches(documents, place.namespace, maxBytes), maxRequests, start)))
      } catch (error) {
        signal.throwIfAborted()
        throw stop.signal.reason ?? error // The first that failed is why the others were called off.
      } finally {
        await Promise.allSettled(underWay) // Whoever calls again must not meet a request of this call.
      }
    },
    close: () => client.close(),
  }
}

function sum(results: readonly WriteResult[]): WriteResult {
  let written = 0
  let duplicate = 0
  for (const result of results) {
    written += result.written
    duplicate += result.duplicate
  }
  return { written, duplicate, rejected: results.flatMap(({ rejected }) => rejected) }
}
