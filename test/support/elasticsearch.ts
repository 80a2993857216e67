import { describe } from '@jest/globals'
import type { Found } from './elasticsearch/starter.ts'
import { missed } from './missed.ts'

/** A real Elasticsearch that tests may use; others use it at the same time, so each test has a namespace of its own. */
export interface ElasticsearchServer {
  /** Such as `Elasticsearch 9.5.3`. */
  readonly name: string
  readonly url: string
}

/** Every Elasticsearch that can be had here, started when first asked for; `missing` says why there is not one more. */
export async function elasticsearches(): Promise<Found> {
  const starter = process.env['HOOFPRINT_ELASTICSEARCH_STARTER']
  if (starter === undefined) throw new Error('jest.config.mjs has no globalSetup that offers Elasticsearch')
  return (await (await fetch(starter)).json()) as Found
}

/**
 * Runs the suite once, on all Elasticsearches there are at a time: what is sent to each is made once, and they take it beside each other.
 * For one that is missing there is what `describeOnElasticsearch` says.
 */
export async function describeOnAllElasticsearches(
  name: string,
  suite: (servers: readonly ElasticsearchServer[]) => void,
): Promise<void> {
  const { servers, missing } = await elasticsearches()
  if (servers.length > 0) describe(`${name}, on ${servers.map((one) => one.name).join(' and ')}`, () => suite(servers))
  for (const { what, why } of missing) missed(`${name}, on ${what}`, why)
}

/**
 * Runs the suite on each Elasticsearch there is. For one that is missing there is a skipped test that says why; with
 * `CI` set it fails instead. To be awaited at the top of a test file.
 */
export async function describeOnElasticsearch(
  name: string,
  suite: (server: ElasticsearchServer) => void,
): Promise<void> {
  const { servers, missing } = await elasticsearches()
  for (const server of servers) describe(`${name}, on ${server.name}`, () => suite(server))
  for (const { what, why } of missing) missed(`${name}, on ${what}`, why)
}
