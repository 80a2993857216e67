import { createServer } from 'node:http'
import { messageOf } from '../../../src/errors.ts'
import type { ElasticsearchServer } from '../elasticsearch.ts'
import { listening } from '../listening.ts'
import { startContainer, whyNoDocker } from './container.ts'
import { startDistribution } from './distribution.ts'

/** What there is, and what there should be but is not. */
export interface Found {
  readonly servers: readonly ElasticsearchServer[]
  readonly missing: readonly { readonly what: string; readonly why: string }[]
}

/** A server that was started, and how it ends. */
export interface Started extends ElasticsearchServer {
  stop(): Promise<void>
}

/** Where test files ask for the servers; `begin` starts them before one does. */
export interface Starter {
  readonly url: string
  begin(): unknown
  stop(): Promise<void>
}

/** The oldest and the newest that are supported. */
export const versions = ['8.19.21', '9.5.3']

/** Answers test files, in whatever process they run, with the servers; starts these when it is first asked, or told to begin. */
export async function startStarter(): Promise<Starter> {
  const started: Started[] = []
  let found: Promise<Found> | undefined
  const begin = () => {
    found ??= find(started)
    return found
  }
  const server = createServer((_, response) => {
    // A connection kept for the next file is closed by then, or just when that asks.
    response.setHeader('connection', 'close')
    begin().then((answer) => response.end(JSON.stringify(answer)))
  })
  const port = await listening(server)
  server.unref()

  const stop = async () => {
    await found
    await Promise.all(started.map((one) => one.stop()))
    server.close()
  }
  return { url: `http://127.0.0.1:${port}`, begin, stop }
}

async function find(started: Started[]): Promise<Found> {
  const given = process.env['ELASTICSEARCH_URL']
  if (given !== undefined)
    return { servers: [{ name: `Elasticsearch at ${new URL(given).host}`, url: given }], missing: [] }

  const noDocker = await whyNoDocker()
  const starts = versions.map(async (version) => {
    started.push(noDocker === undefined ? await startContainer(version) : await startDistribution(version))
  })
  const results = await Promise.allSettled(starts)
  const missing = results.flatMap((result, i) => {
    if (result.status === 'fulfilled') return []
    const how = noDocker === undefined ? 'in Docker' : `without Docker (${noDocker})`
    return { what: `Elasticsearch ${versions[i]}`, why: `it did not start ${how}: ${messageOf(result.reason)}` }
  })
  const servers = started.map(({ name, url }) => ({ name, url })).sort((a, b) => a.name.localeCompare(b.name))
  return { servers, missing }
}
