import { errors } from '@elastic/elasticsearch'
import { ask } from './ask.ts'
import type { Cluster } from './client.ts'
import { type OwnStream, streamKinds, streamOf, Template } from './templates.ts'
import { isForeign } from './upgrade.ts'

/** What is left of the time when one index template claimed all namespaces, and Elastic's integrations with them. */
export interface Former {
  readonly templates: readonly string[]
  /** The data streams of ours that live by these templates: each needs one of its own before they go. */
  readonly streams: readonly OwnStream[]
}

/** Asks nothing where no such template is listed. */
export async function formerIn(cluster: Cluster, listed: ReadonlyMap<string, unknown>): Promise<Former> {
  const { client, target } = cluster
  const kinds = streamKinds.map(({ name }) => name).filter((name) => isOurs(listed.get(name)))
  const streams: OwnStream[] = []
  for (const kind of kinds) {
    const found = await ask(target, client.indices.resolveIndex({ name: `${kind}-*` }))
    for (const { name, backing_indices: backing } of found.data_streams) {
      if (!(await isForeign(cluster, [backing].flat().at(-1) as string))) streams.push(streamOf(kind, name))
    }
  }
  return { templates: kinds, streams }
}

/** Whether an index template is of Hoofprint's making. */
export function isOurs(listed: unknown): boolean {
  return listed !== undefined && Template.parse(listed)._meta?.managed_by === 'hoofprint'
}

/** Takes such a template away; where data streams of others have come to live by it, which Elasticsearch refuses, it stays. */
export async function removeFormer({ client, target }: Cluster, name: string): Promise<'removed' | 'left in use'> {
  const removed = client.indices.deleteIndexTemplate({ name }).then(() => 'removed' as const, ifInUse)
  return ask(target, removed)
}

function ifInUse(error: unknown): 'left in use' {
  if (error instanceof errors.ResponseError && error.statusCode === 400) return 'left in use'
  throw error
}
