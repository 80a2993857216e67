import { ask, ifStatus, noSuchApi } from './ask.ts'
import type { Cluster } from './client.ts'
import type { StandingStream } from './obstacles.ts'

/** Whether an existing data stream keeps its documents as long as was asked for. */
export interface Kept {
  readonly stream: string
  readonly did: 'unchanged' | 'lifecycle set' | 'no lifecycle here'
}

/** Sets how long these data streams keep their documents. Servers without that API (some builds) are told of, no more. */
export async function keepFor(
  { client, target }: Cluster,
  streams: readonly StandingStream[],
  retention: string,
  isDryRun: boolean,
): Promise<Kept[]> {
  const kept: Kept[] = []
  for (const { name: stream } of streams) {
    const found = await ask(target, client.indices.getDataLifecycle({ name: stream }).catch(ifStatus(noSuchApi, null)))
    const now = found?.data_streams[0]?.lifecycle?.data_retention
    const did = found === null ? 'no lifecycle here' : now === retention ? 'unchanged' : 'lifecycle set'
    if (did === 'lifecycle set' && !isDryRun) {
      await ask(target, client.indices.putDataLifecycle({ name: stream, data_retention: retention }))
    }
    kept.push({ stream, did })
  }
  return kept
}
