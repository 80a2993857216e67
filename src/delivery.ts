import type { Refusal } from './case/delivery.ts'
import { type CaseReader, openReader } from './case/reader.ts'
import type { CaseStore } from './case/store.ts'
import type { Config } from './config/config.ts'
import { type Lookups, openLookups } from './enrich/lookups.ts'
import type { Job } from './job.ts'
import { type PublishTotals, publish, taskBuffers } from './publish.ts'
import type { PublishTask, Rendered } from './render/render-documents.ts'
import { surroundingsOf } from './render/surroundings.ts'
import { type Cluster, connect } from './sinks/elasticsearch/client.ts'
import { elasticsearchSink } from './sinks/elasticsearch/index.ts'
import { requiredOptions, targetOf } from './sinks/elasticsearch/options.ts'
import { prepare, type SetupStep, type SetupWishes, setup } from './sinks/elasticsearch/setup.ts'
import { type Crew, inline, threads } from './threads.ts'

const sliceSize = 500
const listedRefusals = 10

// Commands load this file when they need it: Elasticsearch's client alone takes some 50 MB and a third of a second.

/** What became of the documents of a case, where, and why some are refused. */
export interface Published extends PublishTotals {
  readonly target: string
  /** How many were refused, now or before, and are kept. */
  readonly refused: number
  readonly refusals: readonly Refusal[]
  /** Data streams in which fields of this version cannot be searched, for `setup` is still to be run. */
  readonly outdated: readonly string[]
  /** Whether some that are there are as another version of this program made them. */
  readonly byOthers: boolean
  /** How many that are there are still to be sent or looked at once more, at most: `againMs` was over. */
  readonly left: number
}

/**
 * What is wanted of a delivery beside what is new: what was refused before, too; everything again, in place also of
 * what other cases wrote; to know how much was delivered before; and not to spend more time than so on what is there.
 */
export interface DeliveryWishes {
  readonly rejects?: boolean
  readonly again?: boolean
  readonly countsEarlier?: boolean
  readonly againMs?: number
}

/** Delivers to Elasticsearch what it has not got from this case. */
export async function publishCase(job: Job, store: CaseStore, wishes: DeliveryWishes = {}): Promise<Published> {
  const { config, renewed = () => config, deps, progress, signal } = job
  const { client, target } = clusterOf(renewed())
  const lookups = openLookups(config.databases)
  const reader = openReader(config.case, surroundingsOf(lookups))
  const place = { target, namespace: config.namespace }
  const sink = elasticsearchSink(client, place, deps)
  const data = { caseFolder: config.case, databases: config.databases }
  let crew: Crew<PublishTask, Rendered> | undefined
  const crewFor = async (events: number) => {
    crew = reader.isLarge(events)
      ? threads<PublishTask, Rendered>(new URL('./workers/publish.ts', import.meta.url), 1, data, {
          transfers: taskBuffers,
          again: ({ spare, ...task }) => task, // That was handed over.
        })
      : await rendererHere(reader, lookups)
    return crew
  }
  try {
    const outdated = await prepare({ client, target }, config.namespace, deps)
    const options = { namespace: config.namespace, rejects: false, ...wishes, sliceSize, now: deps.now, progress }
    const totals = await publish({ store, reader, sink, crewFor }, options, signal)
    const delivery = store.delivery(sink.id)
    const [refused, refusals] = [delivery.countRefused(), delivery.refusals(listedRefusals)]
    const [byOthers, left] = [delivery.hasOthers(), delivery.countStale()]
    return { ...totals, target, refused, refusals, outdated, byOthers, left }
  } finally {
    await crew?.close()
    await sink.close()
    lookups.close()
    reader.close()
  }
}

/** Loaded when it is needed, for what it loads takes some 40 MB that a worker has already. */
async function rendererHere(reader: CaseReader, lookups: Lookups) {
  const { renderDocuments } = await import('./render/render-documents.ts')
  return inline((task: PublishTask) => renderDocuments(reader, task, lookups))
}

/** Installs the templates of the namespace into Elasticsearch. */
export async function setupElasticsearch(
  { config, deps }: Job,
  wishes: Omit<SetupWishes, 'namespace'>,
): Promise<SetupStep[]> {
  const { client, target } = clusterOf(config)
  try {
    return await setup({ client, target }, { ...wishes, namespace: config.namespace }, deps)
  } finally {
    await client.close()
  }
}

function clusterOf({ elasticsearch }: Config): Cluster {
  const options = requiredOptions(elasticsearch)
  return { client: connect(options), target: targetOf(options.url) }
}
