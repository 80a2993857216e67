import { ask } from './ask.ts'
import type { Cluster } from './client.ts'

/** What data streams consist of, as far as this sink has heard. */
export interface Streams {
  /**
   * The backing indices of a stream, oldest first; none when there is no such stream. When there are several, everything that
   * was stored in them before this was first asked can be found by a search.
   */
  indices(stream: string): Promise<readonly string[]>
  /** Forgets what it said of a stream, for that has rolled over, or a search does not find what is there; not what it said since. */
  forget(stream: string, indices: readonly string[]): void
}

/** Asks for the backing indices once, and again after each `forget`. */
export function streamsOf(cluster: Cluster): Streams {
  const known = new Map<string, Promise<readonly string[]>>()
  const said = new Map<string, readonly string[]>()
  return {
    indices(stream) {
      const found = known.get(stream) ?? look(cluster, stream)
      known.set(stream, found)
      found.then(
        (indices) => said.set(stream, indices),
        () => known.delete(stream),
      )
      return found
    },
    forget(stream, indices) {
      if (said.get(stream) === indices) known.delete(stream)
    },
  }
}

async function look({ client, target }: Cluster, stream: string): Promise<readonly string[]> {
  const { data_streams: found } = await ask(
    target,
    client.indices.resolveIndex({ name: stream, ignore_unavailable: true }),
  )
  const indices = found.flatMap(({ name, backing_indices: backing }) => (name === stream ? backing : []))
  // A search does not see what was stored within the last second or so, and `create` does not see other indices than the last.
  if (indices.length > 0) await ask(target, client.indices.refresh({ index: stream, ignore_unavailable: true }))
  return indices
}
