import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from '@jest/globals'
import type { Activity, Origin } from '#src/activity.ts'
import type { Deps } from '#src/deps.ts'
import { encode } from '#src/encode.ts'
import { normalizer } from '#src/normalize/index.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { elasticsearchSink } from '#src/sinks/elasticsearch/index.ts'
import { targetOf } from '#src/sinks/elasticsearch/options.ts'
import { setup } from '#src/sinks/elasticsearch/setup.ts'
import type { OutgoingDocument } from '#src/sinks/sink.ts'
import { describeOnElasticsearch } from '../support/elasticsearch.ts'
import { hostileActivities } from '../support/hostile.ts'
import { hostileAudits } from '../support/hostile-audits.ts'

const total = Number(process.env['HOOFPRINT_FUZZ_DOCUMENTS'] ?? 10_000)
const seed = Number(process.env['HOOFPRINT_FUZZ_SEED'] ?? 1)
const chunk = 1_000

const never = new AbortController().signal
const deps: Pick<Deps, 'sleep' | 'log'> = { sleep: async () => {}, log: { info() {}, warn() {}, error() {} } }

const generators = { 'o365.activity': hostileActivities, 'o365.audit': hostileAudits }

await describeOnElasticsearch('hostile records', ({ url }) => {
  const client = connect({ url })
  const target = targetOf(url)
  afterAll(() => client.close())

  test.each(Object.entries(generators))(
    `Elasticsearch takes ${total} documents of %s`,
    async (dataset, generator) => {
      const namespace = `fuzz_${randomBytes(6).toString('hex')}`
      await setup({ client, target }, { namespace }, deps)
      const sink = elasticsearchSink(client, { target, namespace }, deps)
      const hostile = generator(seed)
      const refused: unknown[] = []

      for (let seq = 0; seq < total; seq += chunk) {
        const size = Math.min(chunk, total - seq)
        const documents = Array.from({ length: size }, () => toOutgoing(next(hostile)))
        const { rejected } = await sink.write(documents, never)
        for (const { seq, reason } of rejected) {
          const source = documents.find((one) => one.seq === seq)?.source
          refused.push({ reason, source: source?.subarray(0, 2000).toString() })
        }
      }

      expect(refused.slice(0, 5)).toEqual([])
      const index = `logs-${dataset}-${namespace}`
      await client.indices.refresh({ index })
      expect((await client.count({ index })).count).toBe(total)
      await client.indices.deleteDataStream({ name: index }).catch(() => {}) // Not every distribution has this API.
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
