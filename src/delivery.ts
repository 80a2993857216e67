import { openReader } from './case/reader.ts'
import type { CaseStore } from './case/store.ts'
import type { Config } from './config.ts'
import { type Job, threadsFromEvents } from './connector.ts'
import { openLookups } from './enrich/lookups.ts'
import { ConfigError } from './errors.ts'
import { type PublishTask, type PublishTotals, publish, renderDocuments } from './publish.ts'
import { type Cluster, connect, targetOf } from './sinks/elasticsearch/client.ts'
import { elasticsearchSink } from './sinks/elasticsearch/index.ts'
import { type SetupStep, setup } from './sinks/elasticsearch/setup.ts'
import type { OutgoingDocument } from './sinks/sink.ts'
import { inline, threads } from './threads.ts'

// Commands load this file when they need it: Elasticsearch's client alone takes some 50 MB and a third of a second.

/** Delivers to Elasticsearch what it has not got from this case. */
export async function publishCase(job: Job, store: CaseStore): Promise<PublishTotals & { readonly target: string }> {
  const { config, deps, progress, signal } = job
  const { client, target } = clusterOf(config)
  const reader = openReader(config.case)
  const place = { target, namespace: config.namespace }
  const lookups = openLookups(config.databases)
  const sink = elasticsearchSink(client, place, deps)
  const crew =
    reader.lastSeq() < threadsFromEvents
      ? inline((task: PublishTask) => renderDocuments(reader, task, lookups))
      : threads<PublishTask, OutgoingDocument[]>(new URL('./workers/publish.ts', import.meta.url), 1, {
          caseFolder: config.case,
          databases: config.databases,
        })
  try {
    await setup(client, target, deps)
    const options = { namespace: config.namespace, now: deps.now, progress }
    return { ...(await publish({ store, reader, sink, crew }, options, signal)), target }
  } finally {
    await crew.close()
    await sink.close()
    lookups.close()
    reader.close()
  }
}

/** Installs the templates into Elasticsearch. */
export async function setupElasticsearch({ config, deps }: Job): Promise<SetupStep[]> {
  const { client, target } = clusterOf(config)
  try {
    return await setup(client, target, deps)
  } finally {
    await client.close()
  }
}

function clusterOf({ elasticsearch }: Config): Cluster {
  const { url } = elasticsearch
  if (url === undefined) throw new ConfigError('no Elasticsearch: give --elasticsearch URL or set ELASTICSEARCH_URL')
  return { client: connect({ ...elasticsearch, url }), target: targetOf(url) }
}
