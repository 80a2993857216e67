import { errors, type estypes } from '@elastic/elasticsearch'
import { FatalError } from '../../errors.ts'
import { ask } from './ask.ts'
import type { Cluster } from './client.ts'
import type { StandingStream } from './obstacles.ts'
import { holds, type Mappings } from './templates.ts'

/** A data stream whose newest index has not got all fields of its templates, and what was done or is to be done. */
export interface Upgrade {
  readonly stream: string
  readonly did: 'mapping extended' | 'rolled over'
}

/** Says what the mapping of a stream should be. */
type Wanted = (stream: string, ofFiles: Mappings) => Promise<Mappings>

/** What the installed templates give a new index, the user's own component included: what that changes is meant. */
export function asInstalled({ client, target }: Cluster): Wanted {
  return async (stream) => {
    const simulated = await ask(target, client.indices.simulateIndexTemplate({ name: stream }))
    return (simulated.template.mappings ?? {}) as Mappings
  }
}

/** What our files say, installed or not. */
export const asInFiles: Wanted = async (_, ofFiles) => ofFiles

/** Which of these data streams lack fields, for templates count for new indices only. */
export async function lackingStreams(cluster: Cluster, streams: readonly StandingStream[], wanted: Wanted) {
  const lacking: (Upgrade & { readonly mappings: Mappings })[] = []
  for (const { name: stream, newestIndex, mappings: ofFiles } of streams) {
    const existing = (await mappingOf(cluster, newestIndex)) ?? {}
    const mappings = await wanted(stream, ofFiles)
    if (holds(existing, mappings)) continue
    lacking.push({ stream, mappings, did: contradicts(existing, mappings) ? 'rolled over' : 'mapping extended' })
  }
  return lacking
}

/** Whether a data stream was made by a template of others: its newest index has none of our own fields. */
export async function isForeign(cluster: Cluster, newestIndex: string): Promise<boolean> {
  const mapping = await mappingOf(cluster, newestIndex)
  return mapping !== undefined && mapping.properties?.['hoofprint'] === undefined
}

/** Throws `FatalError` when a data stream was made by a template of others: fields would be guessed there, and its pipelines alter documents. */
export async function refuseForeign(cluster: Cluster, stream: string, newestIndex: string): Promise<void> {
  if (!(await isForeign(cluster, newestIndex))) return
  throw new FatalError(
    `the data stream ${stream} of ${cluster.target} was made by a template of others: delete it, and run ` +
      '`hoofprint setup` for this --namespace with an account that has manage_index_templates',
  )
}

/** New fields are added to the newest index; where a field has become another one, which no index can change, a new index begins. */
export async function upgrade(
  { client, target }: Cluster,
  lacking: Upgrade & { mappings: Mappings },
): Promise<Upgrade> {
  const { stream, mappings, did } = lacking
  if (did === 'mapping extended') {
    const properties = (mappings.properties ?? {}) as Record<string, estypes.MappingProperty>
    const put = client.indices.putMapping({ index: stream, write_index_only: true, properties })
    if (
      await ask(
        target,
        put.then(() => true, ifRefused),
      )
    )
      return { stream, did }
  }
  await ask(target, client.indices.rollover({ alias: stream }))
  return { stream, did: 'rolled over' }
}

async function mappingOf({ client, target }: Cluster, index: string): Promise<estypes.MappingTypeMapping | undefined> {
  return (await ask(target, client.indices.getMapping({ index })))[index]?.mappings
}

/** A setting of a field that stays as it was made. */
function ifRefused(error: unknown): false {
  if (error instanceof errors.ResponseError && error.statusCode === 400) return false
  throw error
}

/** Whether a field that both have is of another type. */
function contradicts(existing: object, wanted: object): boolean {
  return Object.entries(wanted).some(([key, value]) => {
    const theirs: unknown = Reflect.get(existing, key)
    if (typeof value === 'object') return typeof theirs === 'object' && theirs !== null && contradicts(theirs, value)
    return key === 'type' && theirs !== undefined && theirs !== value
  })
}
