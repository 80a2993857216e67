import { randomBytes } from 'node:crypto'
import type { Client } from '@elastic/elasticsearch'
import { afterAll, expect, test } from '@jest/globals'
import type { Deps } from '#src/deps.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { elasticsearchSink } from '#src/sinks/elasticsearch/index.ts'
import { targetOf } from '#src/sinks/elasticsearch/options.ts'
import { setup } from '#src/sinks/elasticsearch/setup.ts'
import { documents, sinkContract } from '../contracts/sink.ts'
import { describeOnElasticsearch } from '../support/elasticsearch.ts'

const never = new AbortController().signal
const deps: Pick<Deps, 'sleep' | 'log'> = { sleep: async () => {}, log: { info() {}, warn() {}, error() {} } }

await describeOnElasticsearch('the Elasticsearch sink', ({ url }) => {
  const client = connect({ url })
  const target = targetOf(url)
  afterAll(() => client.close())
  const freshNamespace = async () => {
    const namespace = `test_${randomBytes(6).toString('hex')}`
    await setup({ client, target }, { namespace }, deps)
    return namespace
  }

  test('setting up a second time changes nothing', async () => {
    const namespace = await freshNamespace()

    const steps = await setup({ client, target }, { namespace }, deps)

    const templates = ['hoofprint-ecs', `hoofprint-logs-o365.activity-${namespace}`]
    expect(steps.map(({ name }) => name)).toEqual(expect.arrayContaining(templates))
    expect(steps.filter(({ did }) => did !== 'unchanged')).toEqual([])
  })

  test("a template that is others', with what Kibana says of its own, stands in nobody's way", async () => {
    const namespace = await freshNamespace()
    const name = `.foreign-${namespace}`
    await client.indices.putIndexTemplate({ name, index_patterns: [`${name}-ds`], _meta: { managed: true } })

    const steps = await setup({ client, target }, { namespace }, deps).finally(() =>
      client.indices.deleteIndexTemplate({ name }),
    )

    expect(steps.filter(({ did }) => did !== 'unchanged')).toEqual([])
  })

  test('the first document makes the data stream, with the fields of the templates', async () => {
    const namespace = await freshNamespace()

    const result = await elasticsearchSink(client, { target, namespace }, deps).write(documents(0, 5), never)

    expect(result).toEqual({ written: 5, duplicate: 0, replaced: 0, foreign: 0, gone: 0, rejected: [] })
    const { data_streams: streams } = await client.indices.resolveIndex({ name: `logs-o365.activity-${namespace}` })
    expect(streams).toHaveLength(1)
    const [mapping] = Object.values(await client.indices.getMapping({ index: `logs-o365.activity-${namespace}` }))
    expect(mapping?.mappings.properties?.['o365']).toHaveProperty('properties.activity.properties.CustomProperties')
    // What nothing says this of is `logsdb` since Elasticsearch 9, which may keep no source, and makes one: evidence would be altered.
    const [index] = Object.values(await client.indices.getSettings({ index: `logs-o365.activity-${namespace}` }))
    expect(index?.settings?.index).toHaveProperty('mode', 'standard')
  })

  test('names that audit records bring become keyword fields, and no more than the index may have', async () => {
    const namespace = await freshNamespace()
    const index = `logs-o365.audit-${namespace}`
    const Parameters = { NewName: '2015/01/01', Number: '12' }
    const many = Object.fromEntries(Array.from({ length: 2500 }, (_, i) => [`N${i}`, 'x']))
    const audit = { Parameters, ModifiedProperties: { New_Name: { NewValue: 'a' } }, ExtendedProperties: many }
    const source = Buffer.from(JSON.stringify({ '@timestamp': '2026-01-01T00:00:00.000Z', o365: { audit } }))
    const document = { seq: 0, id: 'id-0', dataset: 'o365.audit' as const, source }

    const result = await elasticsearchSink(client, { target, namespace }, deps).write([document], never)

    expect(result).toMatchObject({ written: 1, duplicate: 0, rejected: [] })
    const fields = ['Parameters.NewName', 'Parameters.Number', 'ModifiedProperties.New_Name.NewValue']
    const names = fields.map((field) => `o365.audit.${field}`)
    const { fields: capabilities } = await client.fieldCaps({ index, fields: names })
    expect(Object.entries(capabilities).map(([name, types]) => [name, Object.keys(types)])).toEqual(
      expect.arrayContaining(names.map((name) => [name, ['keyword']])),
    )
  })

  test('documents that the mapping refuses are rejected, all with one reason where there is one, the others are written', async () => {
    const sourceOf = (ip: string) => Buffer.from(`{"@timestamp":"2026-01-01T00:00:00Z","source":{"ip":${ip}}}`)
    const some = documents(0, 5).map((one) =>
      one.seq === 4 ? one : { ...one, source: sourceOf(one.seq < 2 ? `"no address"` : `{"it's ${one.seq}":[]}`) },
    )

    const result = await elasticsearchSink(client, { target, namespace: await freshNamespace() }, deps).write(
      some,
      never,
    )

    expect(result).toMatchObject({ written: 1, duplicate: 0, rejected: [0, 1, 2, 3].map((seq) => ({ seq })) })
    const kind =
      'document_parsing_exception: failed to parse field [source.ip] of type [ip]; illegal_argument_exception:'
    expect(result.rejected.map(({ reason }) => reason)).toEqual([
      ...[1, 2].map(() => `${kind} 'no address' is not an IP string literal.`),
      ...[1, 2].map(() => expect.stringMatching(/^[^'\d]*$/)),
    ])
    expect(new Set(result.rejected.map(({ reason }) => reason)).size).toBe(2)
  })

  test('an id that is too long costs its own document only', async () => {
    const some = documents(0, 5).map((one) => (one.seq === 0 ? { ...one, id: 'x'.repeat(600) } : one))

    const result = await elasticsearchSink(client, { target, namespace: await freshNamespace() }, deps).write(
      some,
      never,
    )

    expect(result).toMatchObject({ written: 4, rejected: [{ seq: 0 }] })
    expect(result.rejected[0]?.reason).toContain('too long')
  })

  test('what is replaced keeps the time of its first delivery, by which detection rules read, and says when it changed', async () => {
    const namespace = await freshNamespace()
    const sink = elasticsearchSink(client, { target, namespace }, deps)
    const deliver = (actor: string, day: number) => {
      const event = { id: 'id-0', ingested: `2026-01-0${day}T00:00:00.000Z`, original: 'a "quote" and ünïcode' }
      const source = Buffer.from(
        JSON.stringify({ '@timestamp': '2026-01-01T00:00:00.000Z', event, hoofprint: { actor } }),
      )
      return sink.write([{ seq: 0, id: 'id-0', dataset: 'o365.activity', source }], never, 'replaced')
    }
    await deliver('unknown', 2)

    await deliver('intruder', 3)
    const last = await deliver('owner', 4)
    const again = await deliver('owner', 5)

    expect([last.replaced, again.replaced, again.duplicate]).toEqual([1, 0, 1])
    const index = `logs-o365.activity-${namespace}`
    const { hits } = await client.search({ index })
    expect(hits.hits.map(({ _source }) => _source)).toEqual([
      {
        '@timestamp': '2026-01-01T00:00:00.000Z',
        event: { id: 'id-0', ingested: '2026-01-02T00:00:00.000Z', original: 'a "quote" and ünïcode' },
        hoofprint: { actor: 'owner', updated: '2026-01-04T00:00:00.000Z' },
      },
    ])
  })

  test('what another case wrote stays as it is until it is taken over', async () => {
    const sink = elasticsearchSink(client, { target, namespace: await freshNamespace() }, deps)
    const documentOf = (id: string, actor: string) => {
      const hoofprint = { actor, case: { id } }
      const source = Buffer.from(JSON.stringify({ '@timestamp': '2026-01-01T00:00:00.000Z', hoofprint }))
      return { seq: 0, id: 'id-0', dataset: 'o365.activity' as const, source }
    }
    const fates = { written: 0, duplicate: 0, replaced: 0, foreign: 0, gone: 0, rejected: [] }
    await sink.write([documentOf('one', 'intruder')], never)

    const left = await sink.write([documentOf('other', 'owner')], never, 'replaced')
    const same = await sink.write([documentOf('other', 'intruder')], never, 'replaced')
    const taken = await sink.write([documentOf('other', 'owner')], never, 'taken over')
    const leftThen = await sink.write([documentOf('one', 'unknown')], never, 'replaced')

    expect([left, same]).toEqual([
      { ...fates, foreign: 1 },
      { ...fates, duplicate: 1 },
    ])
    expect([taken, leftThen]).toEqual([
      { ...fates, replaced: 1 },
      { ...fates, foreign: 1 },
    ])
  })

  sinkContract('the Elasticsearch sink', async () => {
    const namespace = await freshNamespace()
    const sink = elasticsearchSink(client, { target, namespace }, deps)
    return { sink, ids: () => idsIn(client, `logs-o365.activity-${namespace}`) }
  })
})

async function idsIn(client: Client, index: string): Promise<string[]> {
  await client.indices.refresh({ index })
  const { hits } = await client.search({ index, size: 1000, _source: false })
  return hits.hits.map((hit) => hit._id as string)
}
