import { randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { elasticsearchSink } from '#src/sinks/elasticsearch/index.ts'
import { targetOf } from '#src/sinks/elasticsearch/options.ts'
import { setup } from '#src/sinks/elasticsearch/setup.ts'
import type { OutgoingDocument } from '#src/sinks/sink.ts'
import { describeOnElasticsearch } from '../support/elasticsearch.ts'

const deps = { sleep: async () => {}, log: { info() {}, warn() {}, error() {} } }
const fixtures = join(import.meta.dirname, '../fixtures')
const documents = globSync('*/*/*.expected.json', { cwd: fixtures })
  .sort()
  .map((path, seq): OutgoingDocument => {
    const document = JSON.parse(readFileSync(join(fixtures, path), 'utf8'))
    return {
      seq,
      id: `${seq}`,
      dataset: document.data_stream.dataset,
      source: Buffer.from(JSON.stringify(document)),
    }
  })

await describeOnElasticsearch('a document of each operation', ({ url }) => {
  const client = connect({ url })
  const target = targetOf(url)
  afterAll(() => client.close())

  test('is taken, every one', async () => {
    const namespace = `golden_${randomBytes(6).toString('hex')}`
    await setup({ client, target }, { namespace }, deps)

    const result = await elasticsearchSink(client, { target, namespace }, deps).write(
      documents,
      AbortSignal.timeout(120_000),
    )

    expect(documents.length).toBeGreaterThan(800)
    expect(result).toMatchObject({ written: documents.length, rejected: [] })
    await client.indices.refresh({ index: `logs-*-${namespace}` })
    expect((await client.count({ index: `logs-*-${namespace}` })).count).toBe(documents.length)
  }, 180_000)
})
