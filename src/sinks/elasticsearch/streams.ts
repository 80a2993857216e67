import { z } from 'zod'
import { RetryableError } from '../../errors.ts'
import { ask, causeOf, statusOf } from './ask.ts'
import type { Cluster } from './client.ts'
import { type Asked, exchange } from './exchange.ts'

/** What data streams consist of, as far as this sink has heard. */
export interface Streams {
  /**
   * The backing indices of a stream, oldest first; none when there is no such stream. When there are several, everything that
   * was stored in them before this was first asked can be found by a search.
   */
  indices(stream: string): Promise<readonly string[]>
  /**
   * Nothing that was asked before this of a stream, or of all, is said any more, not what is just being asked either: the stream may have come into
   * being since, or rolled over, or hold what a search did not find then.
   */
  forget(stream?: string): void
}

/** Asks for the backing indices once, and again after each `forget`. */
export function streamsOf(cluster: Cluster): Streams {
  const known = new Map<string, Promise<readonly string[]>>()
  return {
    indices(stream) {
      const found = known.get(stream) ?? look(cluster, stream)
      known.set(stream, found)
      found.catch(() => {
        if (known.get(stream) === found) known.delete(stream)
      })
      return found
    },
    forget(stream) {
      if (stream === undefined) known.clear()
      else known.delete(stream)
    },
  }
}

const Resolved = z.object({
  data_streams: z.array(z.object({ name: z.string(), backing_indices: z.union([z.string(), z.array(z.string())]) })),
})
const Refreshed = z.object({ _shards: z.object({ total: z.int(), failed: z.literal(0) }) })

async function look(cluster: Cluster, stream: string): Promise<readonly string[]> {
  const name = encodeURIComponent(stream)
  async function said<Said>(asked: Asked, schema: z.ZodType<Said>): Promise<Said> {
    const answer = exchange(cluster, asked).catch(ifThereIsNone)
    const parsed = schema.safeParse((await ask(cluster.target, answer)).body)
    if (parsed.success) return parsed.data
    throw new RetryableError(`${cluster.target} gave no whole answer to ${asked.path}`)
  }

  // Else what the account may not see would be none, too, and what is in it taken for deleted.
  const strictly = { ignore_unavailable: false }
  const resolved = await said({ method: 'GET', path: `/_resolve/index/${name}`, querystring: strictly }, Resolved)
  const own = resolved.data_streams.filter((one) => one.name === stream)
  const indices = own.flatMap(({ backing_indices: backing }) => backing)
  // A search does not see what was stored within the last second or so, and `create` does not see other indices than the last. An index that is
  // closed is an error here: a search would leave it out without a word, and its documents would be written a second time.
  if (indices.length > 0) await said({ method: 'POST', path: `/${name}/_refresh`, querystring: strictly }, Refreshed)
  return indices
}

/** What Elasticsearch says of a stream that is not there; a gateway that reaches nobody says no more than the status. */
function ifThereIsNone(error: unknown): { body: z.input<typeof Resolved> } {
  if (statusOf(error) === 404 && causeOf(error).startsWith('index_not_found_exception'))
    return { body: { data_streams: [] } }
  throw error
}
