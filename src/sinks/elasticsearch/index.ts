import type { Client } from '@elastic/elasticsearch'
import { mapInOrder } from '../../concurrency.ts'
import type { Deps } from '../../deps.ts'
import { type Known, nothingWritten, type Sink, type WriteResult } from '../sink.ts'
import { type Batch, batches } from './batches.ts'
import { deliverer } from './deliver.ts'
import { countMissing } from './look-up.ts'
import { pacer } from './pace.ts'
import { streamsOf } from './streams.ts'
import { added } from './tally.ts'

/** Which cluster, and the last part of the names of the data streams. */
export interface Place {
  /** The cluster's address without credentials. */
  readonly target: string
  readonly namespace: string
}

const maxRequests = 3

/**
 * Puts each document under its id into `logs-<dataset>-<namespace>`, once, however often the stream has rolled over: a second delivery is a
 * duplicate, or takes the first one's place where that lies. What a lost answer leaves in doubt is sent again; when it is
 * then there already it counts as written, for most likely this call wrote it.
 */
export function elasticsearchSink(client: Client, place: Place, deps: Pick<Deps, 'sleep' | 'log'>): Sink {
  const cluster = { client, target: place.target }
  const pace = pacer()
  const streams = streamsOf(cluster)
  const deliver = deliverer({ cluster, streams, pace }, deps)
  let lastKnown: Known | undefined
  return {
    id: `elasticsearch ${place.target} ${place.namespace}`,
    async write(documents, signal, known = 'kept') {
      if (known !== lastKnown) streams.forget() // What was written until now is looked for now, too.
      lastKnown = known
      const stop = new AbortController()
      const either = AbortSignal.any([signal, stop.signal])
      const underWay: Promise<WriteResult>[] = []
      const start = (batch: Batch) => {
        const delivery = deliver(batch, known, either)
        underWay.push(delivery)
        delivery.catch((error: unknown) => stop.abort(error))
        return delivery
      }
      try {
        let sum: WriteResult = nothingWritten
        const parts = batches(documents, place.namespace, pace.bytes())
        for await (const result of mapInOrder(parts, maxRequests, start)) sum = added(sum, result)
        return sum
      } catch (error) {
        signal.throwIfAborted()
        throw stop.signal.reason ?? error // The first that failed is why the others were called off.
      } finally {
        await Promise.allSettled(underWay) // Whoever calls again must not meet a request of this call.
      }
    },
    countMissing: (documents, signal) =>
      countMissing(cluster, streams, { documents, namespace: place.namespace }, signal),
    close: () => client.close(),
  }
}
