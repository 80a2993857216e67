import { randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { encode } from '#src/encode.ts'
import { normalizer } from '#src/normalize/index.ts'
import type { OutgoingDocument } from '#src/sinks/sink.ts'
import { graphActivity } from '#src/sources/files/shapes/graph-activity.ts'
import { graphSignIns } from '#src/sources/files/shapes/graph-signins.ts'
import { jsonShapes } from '#src/sources/files/shapes/index.ts'
import { messageTraceJson } from '#src/sources/files/shapes/message-trace.ts'
import type { JsonShape } from '#src/sources/files/shapes/shape.ts'
import { createRandom, type Random } from '../../samples/random.ts'
import { openTaker } from '../support/elasticsearch/taker.ts'
import { describeOnAllElasticsearches } from '../support/elasticsearch.ts'
import { mutated } from '../support/mutated.ts'

const total = Number(process.env['HOOFPRINT_FUZZ_DOCUMENTS'] ?? 5_000)
const seed = Number(process.env['HOOFPRINT_FUZZ_SEED'] ?? 1)
const chunk = 500

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
  { dataset: 'azure.graphactivitylogs', shape: graphActivity.json, records: recordsIn('request/request') },
  { dataset: 'o365.messagetrace', shape: messageTraceJson, records: recordsIn('delivery/trace') },
  { dataset: 'o365.state', shape: ofListings, records: recordsIn('state/state') },
] as const

await describeOnAllElasticsearches('mutated records', (servers) => {
  test.each(
    datasets,
  )(`Elasticsearch takes each of ${total} records of $dataset, made with seed ${seed}`, async (one) => {
    const namespace = `mutated_${randomBytes(6).toString('hex')}`
    const takers = await Promise.all(servers.map((server) => openTaker(server, one.dataset, namespace)))
    const random = createRandom(seed)

    for (let seq = 0; seq < total; seq += chunk) {
      const documents = Array.from({ length: chunk }, (_, i) => outgoing(random, one, seq + i))
      await Promise.all(takers.map(({ take }) => take(documents)))
    }

    const nothing = servers.map(({ name }) => ({ name, refused: [], stored: total }))
    expect(await Promise.all(takers.map(({ end }) => end()))).toEqual(nothing)
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
