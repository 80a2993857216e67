import { randomBytes } from 'node:crypto'
import { expect, test } from '@jest/globals'
import type { Activity, Origin } from '#src/activity.ts'
import { encode } from '#src/encode.ts'
import { normalizer } from '#src/normalize/index.ts'
import type { OutgoingDocument } from '#src/sinks/sink.ts'
import { openTaker } from '../support/elasticsearch/taker.ts'
import { describeOnAllElasticsearches } from '../support/elasticsearch.ts'
import { hostileActivities } from '../support/hostile.ts'
import { hostileAudits } from '../support/hostile-audits.ts'

const total = Number(process.env['HOOFPRINT_FUZZ_DOCUMENTS'] ?? 10_000)
const seed = Number(process.env['HOOFPRINT_FUZZ_SEED'] ?? 1)
const chunk = 1_000

const generators = { 'o365.activity': hostileActivities, 'o365.audit': hostileAudits }

await describeOnAllElasticsearches('hostile records', (servers) => {
  test.each(Object.entries(generators))(
    `Elasticsearch takes ${total} documents of %s`,
    async (dataset, generator) => {
      const namespace = `fuzz_${randomBytes(6).toString('hex')}`
      const takers = await Promise.all(servers.map((server) => openTaker(server, dataset, namespace)))
      const hostile = generator(seed)

      for (let seq = 0; seq < total; seq += chunk) {
        const size = Math.min(chunk, total - seq)
        const documents = Array.from({ length: size }, () => toOutgoing(next(hostile)))
        await Promise.all(takers.map(({ take }) => take(documents)))
      }

      const nothing = servers.map(({ name }) => ({ name, refused: [], stored: total }))
      expect(await Promise.all(takers.map(({ end }) => end()))).toEqual(nothing)
    },
    3_600_000,
  )
})

function toOutgoing({ activity, origin }: { activity: Activity; origin: Origin }): OutgoingDocument {
  const { id, dataset } = activity
  return { seq: origin.row, id, dataset, source: Buffer.from(encode(normalizer.document(activity, origin))) }
}

/** `take` would end the generator. */
function next<T>(endless: Generator<T>): T {
  return endless.next().value as T
}
