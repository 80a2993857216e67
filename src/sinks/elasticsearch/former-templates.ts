import { ask, ifStatus } from './ask.ts'
import type { Cluster } from './client.ts'
import { streamKinds, Template } from './templates.ts'
import { isForeign, mappingOf } from './upgrade.ts'

/** What is left of the time when one index template claimed all namespaces, and Elastic's integrations with them. */
export interface Former {
  readonly templates: readonly string[]
  /** Namespaces in which data streams of ours live by these templates: each needs templates of its own before they go. */
  readonly namespaces: readonly string[]
}

/** Asks nothing where no such template is listed. */
export async function formerIn(cluster: Cluster, listed: ReadonlyMap<string, unknown>): Promise<Former> {
  const { client, target } = cluster
  const kinds = streamKinds.map(({ name }) => name).filter((name) => isOurs(listed.get(name)))
  const namespaces = new Set<string>()
  for (const kind of kinds) {
    const found = await ask(target, client.indices.resolveIndex({ name: `${kind}-*` }))
    for (const { name, backing_indices: backing } of found.data_streams) {
      const mapping = await mappingOf(cluster, [backing].flat().at(-1) as string)
      if (!isForeign(mapping)) namespaces.add(name.slice(kind.length + 1))
    }
  }
  return { templates: kinds, namespaces: [...namespaces] }
}

/** Whether an index template is of Hoofprint's making. */
export function isOurs(listed: unknown): boolean {
  return listed !== undefined && Template.parse(listed)._meta?.managed_by === 'hoofprint'
}

/** Takes such a template away; where data streams of others have come to live by it, which Elasticsearch refuses, it stays. */
export async function removeFormer({ client, target }: Cluster, name: string): Promise<'removed' | 'left in use'> {
  const removing = client.indices.deleteIndexTemplate({ name }).then(() => true)
  const isGone = await ask(target, removing.catch(ifStatus([400], false)))
  return isGone ? 'removed' : 'left in use'
}
