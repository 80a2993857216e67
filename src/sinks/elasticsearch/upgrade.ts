import { errors, type estypes } from '@elastic/elasticsearch'
import type { Deps } from '../../deps.ts'
import { FatalError } from '../../errors.ts'
import { ask, causeOf } from './ask.ts'
import type { Cluster } from './client.ts'
import type { StandingStream } from './obstacles.ts'
import { holds, type Mappings } from './templates.ts'

/** A data stream whose indices have not got all fields of its templates, and what was done or is to be done. */
export interface Upgrade {
  readonly stream: string
  readonly did: 'mapping extended' | 'rolled over'
}

interface Lacking extends Upgrade {
  readonly mappings: Mappings
  readonly newest: string
  readonly isNewestWhole: boolean
  /** What each older index lacks: documents are brought up to date where they lie. */
  readonly older: Lacks
  /** The same of the newest. */
  readonly ofNewest: Lacks
}

/** Fields by index. */
type Lacks = readonly (readonly [index: string, Properties])[]

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
  const lacking: Lacking[] = []
  for (const { name: stream, indices, mappings: ofFiles } of streams) {
    const found = await mappingsIn(cluster, stream, indices)
    const mappings = await wanted(stream, ofFiles)
    const newest = indices.at(-1) as string
    const existing = found.get(newest) ?? {}
    const isNewestWhole = holds(existing, mappings)
    const lackIn = (some: readonly string[]) => some.flatMap((index) => lackOf(index, found.get(index), mappings))
    const [older, ofNewest] = [lackIn(indices.slice(0, -1)), lackIn([newest])]
    if (isNewestWhole && older.length === 0) continue
    const did = !isNewestWhole && contradicts(existing, mappings) ? 'rolled over' : 'mapping extended'
    lacking.push({ stream, mappings, newest, isNewestWhole, older, ofNewest, did })
  }
  return lacking
}

/** Of an index that a template of others made nothing is said: fields are guessed there. */
function lackOf(index: string, existing: Mapping | undefined, { properties }: Mappings): [string, Properties][] {
  if (existing?.properties?.['hoofprint'] === undefined) return []
  const lack = absent(existing.properties, properties ?? {})
  return Object.keys(lack).length === 0 ? [] : [[index, lack]]
}

/** The fields that are wanted and not there. One that is there is left, whatever it is. */
function absent(existing: Properties, wanted: Properties): Properties {
  const entries = Object.entries(wanted).flatMap(([name, field]): [string, object][] => {
    const there = existing[name]
    if (there === undefined) return [[name, field]]
    const [inner, ours] = [there, field].map((one) => (one as Mappings).properties)
    if (inner === undefined || ours === undefined) return []
    const lack = absent(inner, ours)
    return Object.keys(lack).length === 0 ? [] : [[name, { properties: lack }]]
  })
  return Object.fromEntries(entries)
}

/** A data stream, what its newest index is, and what our files say that it should be. */
export interface Newest {
  readonly stream: string
  readonly mapping: Mapping | undefined
  readonly mappings: Mappings
}

/** The newest indices of these data streams, by one question. */
export async function newestIn({ client, target }: Cluster, streams: readonly StandingStream[]): Promise<Newest[]> {
  if (streams.length === 0) return []
  const index = streams.map(({ indices }) => indices.at(-1) as string)
  const found = await ask(target, client.indices.getMapping({ index }))
  return streams.map(({ name, mappings }, i) => ({
    stream: name,
    mapping: found[index[i] as string]?.mappings,
    mappings,
  }))
}

/** Which data streams have newest indices in which fields of our files are not to be searched. */
export function outdatedOf(newest: readonly Newest[]): string[] {
  return newest
    .filter(({ stream, mapping, mappings }) => lackOf(stream, mapping, mappings).length > 0)
    .map((one) => one.stream)
}

/** Whether an index was made by a template of others: it has none of our own fields. */
export function isForeign(mapping: Mapping | undefined): boolean {
  return mapping !== undefined && mapping.properties?.['hoofprint'] === undefined
}

/** Throws `FatalError` when a data stream was made by a template of others: fields would be guessed there, and its pipelines alter documents. */
export function refuseForeign(target: string, { stream, mapping }: Pick<Newest, 'stream' | 'mapping'>): void {
  if (!isForeign(mapping)) return
  throw new FatalError(
    `the data stream ${stream} of ${target} was made by a template of others: delete it, and run ` +
      '`hoofprint setup` for this --namespace with an account that has manage_index_templates',
  )
}

/**
 * New fields are added to all indices; where a field has become another one, which no index can change, a new index begins. An older index
 * that takes none, being closed, read-only or full, is left, and said to be. Gives nothing where nothing was done.
 */
export async function upgrade(
  cluster: Cluster,
  lacking: Lacking,
  { log }: Pick<Deps, 'log'>,
): Promise<Upgrade | undefined> {
  const { stream, mappings, isNewestWhole, older } = lacking
  const { client, target } = cluster
  let did: Upgrade['did'] | undefined
  const extendOlder = async (fields: Iterable<readonly [string, Properties]>) => {
    for (const [index, properties] of fields) {
      const { cause } = await extend(cluster, { index, mappings: { properties } }, [400, 403])
      if (cause === undefined) did = 'mapping extended'
      else log.warn({ target, index, cause }, 'an older index takes no new fields: what is in it is not found by them')
    }
  }
  await extendOlder(older)
  if (!isNewestWhole) {
    const newest = { index: lacking.newest, mappings }
    // 400: a setting of a field, or of all, that stays as it was made.
    const isExtended = lacking.did === 'mapping extended' && (await extend(cluster, newest, [400])).cause === undefined
    if (!isExtended) {
      await ask(target, client.indices.rollover({ alias: stream }))
      await extendOlder(lacking.ofNewest) // It is an older one now.
    }
    did = isExtended ? 'mapping extended' : 'rolled over'
  }
  return did && { stream, did }
}

interface Extension {
  /** By its own name: by that of the stream, one older index that is read-only keeps them all from it. */
  readonly index: string
  /** Fields, and how what is no field of these is taken (`dynamic`, `dynamic_templates`, `runtime`), where that is said. */
  readonly mappings: Mappings
}

interface Refusal {
  readonly cause?: string
}

/** Why Elasticsearch did not take these fields, where one of these statuses says so; no cause when it took them. */
function extend({ client, target }: Cluster, { index, mappings }: Extension, refusals: readonly number[]) {
  const put = client.indices.putMapping({ index, body: mappings as estypes.MappingTypeMapping })
  const ifRefused = (error: unknown): Refusal => {
    if (error instanceof errors.ResponseError && refusals.includes(error.statusCode ?? 0))
      return { cause: causeOf(error) }
    throw error
  }
  return ask(
    target,
    put.then((): Refusal => ({}), ifRefused),
  )
}

type Mapping = estypes.MappingTypeMapping
type Properties = Readonly<Record<string, object>>

/** The mapping of one index. */
export async function mappingOf(cluster: Cluster, index: string): Promise<Mapping | undefined> {
  return (await mappingsIn(cluster, index, [index])).get(index)
}

/** Asks by the name of the stream for those of several indices: a year's names are too long for an address. */
async function mappingsIn({ client, target }: Cluster, stream: string, indices: readonly string[]) {
  const [only = stream, ...others] = indices
  const found = await ask(target, client.indices.getMapping({ index: others.length === 0 ? only : stream }))
  return new Map(Object.entries(found).map(([index, { mappings }]) => [index, mappings]))
}

/** Whether a field that both have is of another type. */
function contradicts(existing: object, wanted: object): boolean {
  return Object.entries(wanted).some(([key, value]) => {
    const theirs: unknown = Reflect.get(existing, key)
    if (typeof value === 'object') return typeof theirs === 'object' && theirs !== null && contradicts(theirs, value)
    return key === 'type' && theirs !== undefined && theirs !== value
  })
}
