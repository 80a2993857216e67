import { randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import type { Deps } from '#src/deps.ts'
import { encode } from '#src/encode.ts'
import { normalizer } from '#src/normalize/index.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { elasticsearchSink } from '#src/sinks/elasticsearch/index.ts'
import { targetOf } from '#src/sinks/elasticsearch/options.ts'
import { setup } from '#src/sinks/elasticsearch/setup.ts'
import type { OutgoingDocument } from '#src/sinks/sink.ts'
import { graphActivity } from '#src/sources/files/shapes/graph-activity.ts'
import { graphSignIns } from '#src/sources/files/shapes/graph-signins.ts'
import { jsonShapes } from '#src/sources/files/shapes/index.ts'
import { messageTraceJson } from '#src/sources/files/shapes/message-trace.ts'
import type { JsonShape } from '#src/sources/files/shapes/shape.ts'
import { createRandom, type Random } from '../../samples/random.ts'
import { describeOnElasticsearch } from '../support/elasticsearch.ts'
import { mutated } from '../support/mutated.ts'

const total = Number(process.env['HOOFPRINT_FUZZ_DOCUMENTS'] ?? 5_000)
const seed = Number(process.env['HOOFPRINT_FUZZ_SEED'] ?? 1)
const chunk = 500

const never = new AbortController().signal
const deps: Pick<Deps, 'sleep' | 'log'> = { sleep: async () => {}, log: { info() {}, warn() {}, error() {} } }

/** How something stood, whatever it is. */
const ofListings: Pick<JsonShape, 'name' | 'read'> = {
  name: 'listings',
  read: (record, truncated) =>
    jsonShapes
      .find(({ isListing, recognizes }) => isListing === true && recognizes(record))
      ?.read(record, truncated, '', { at: Date.UTC(2026, 2, 10), by: 'name' }) ?? 'no listing',
}

const fixtures = join(import.meta.dirname, '../fixtures')
const datasets = [
  { dataset: 'azure.signinlogs', shape: graphSignIns, records: recordsIn('logon/signIn') },
  { dataset: 'azure.graphactivitylogs', shape: graphActivity, records: recordsIn('request/request') },
  { dataset: 'o365.messagetrace', shape: messageTraceJson, records: recordsIn('delivery/trace') },
  { dataset: 'o365.state', shape: ofListings, records: recordsIn('state/state') },
] as const

await describeOnElasticsearch('mutated records', ({ url }) => {
  const client = connect({ url })
  const target = targetOf(url)
  afterAll(() => client.close())

  test.each(
    datasets,
  )(`Elasticsearch takes each of ${total} records of $dataset, made with seed ${seed}`, async (one) => {
    const namespace = `mutated_${randomBytes(6).toString('hex')}`
    await setup({ client, target }, { namespace }, deps)
    const sink = elasticsearchSink(client, { target, namespace }, deps)
    const random = createRandom(seed)
    const refused: unknown[] = []

    for (let seq = 0; seq < total; seq += chunk) {
      const documents = Array.from({ length: chunk }, (_, i) => outgoing(random, one, seq + i))
      const { rejected } = await sink.write(documents, never)
      for (const { seq, reason } of rejected) {
        refused.push({ reason, source: documents.find((one) => one.seq === seq)?.source.subarray(0, 2000) })
      }
    }

    expect(refused.slice(0, 5)).toEqual([])
    const index = `logs-${one.dataset}-${namespace}`
    await client.indices.refresh({ index })
    expect((await client.count({ index })).count).toBe(total)
    await client.indices.deleteDataStream({ name: index }).catch(() => {}) // Not every distribution has this API.
  }, 600_000)
})

/** A mutated record that its shape still takes, as a document; those it does not take are rejects, and never go out. */
function outgoing(
  random: Random,
  { dataset, shape, records }: (typeof datasets)[number],
  seq: number,
): OutgoingDocument {
  for (;;) {
    const record = mutated(random, random.pick(records))
    const shaped = shape.read(record, random.chance(0.1))
    if (typeof shaped === 'string') continue
    const activity = { ...shaped, id: `${seq}`, original: JSON.stringify(record).slice(0, 100_000) }
    const origin = { source: shape.name, file: 'a.json', sha256: random.hex(64), row: seq }
    return { seq, id: `${seq}`, dataset, source: Buffer.from(encode(normalizer.document(activity, origin))) }
  }
}

function recordsIn(folder: string): readonly JsonObject[] {
  const files = globSync('*.json', { cwd: join(fixtures, folder) }).filter((file) => !file.includes('.expected.'))
  return files.sort().map((file) => JSON.parse(readFileSync(join(fixtures, folder, file), 'utf8')))
}
