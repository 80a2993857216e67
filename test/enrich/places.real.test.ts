import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from '@jest/globals'
import type { Deps } from '#src/deps.ts'
import type { Fields } from '#src/document.ts'
import { encode } from '#src/encode.ts'
import { enricher } from '#src/enrich/index.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { elasticsearchSink } from '#src/sinks/elasticsearch/index.ts'
import { targetOf } from '#src/sinks/elasticsearch/options.ts'
import { setup } from '#src/sinks/elasticsearch/setup.ts'
import { describeOnElasticsearch } from '../support/elasticsearch.ts'

const deps: Pick<Deps, 'sleep' | 'log'> = { sleep: async () => {}, log: { info() {}, warn() {}, error() {} } }
const berlin = {
  ...{ 'geo.country_iso_code': 'DE', 'geo.city_name': 'Berlin', 'geo.location': { lat: 52.52, lon: 13.41 } },
  ...{ 'as.number': 4_294_967_294, 'as.organization.name': 'Example Networks' },
}
const agent = { name: 'Firefox', version: '131.0', 'os.name': 'Linux', 'device.name': 'Other' }

await describeOnElasticsearch('places and agents', ({ url }) => {
  const client = connect({ url })
  const target = targetOf(url)
  afterAll(() => client.close())

  test.each([
    ['within a distance', { geo_distance: { distance: '10km', 'source.geo.location': { lat: 52.5, lon: 13.4 } } }, 1],
    ['but not elsewhere', { geo_distance: { distance: '10km', 'source.geo.location': { lat: 48.1, lon: 11.6 } } }, 0],
    ["by their logon's place", { geo_distance: { distance: '10km', 'hoofprint.logon.geo.location': '52.5,13.4' } }, 1],
    ['by network', { term: { 'source.as.number': 4_294_967_294 } }, 1],
    ['by a word of its name', { match: { 'source.as.organization.name.text': 'networks' } }, 1],
    ['by agent', { term: { 'user_agent.name': 'Firefox' } }, 1],
  ])('documents are found %s', async (_, query, count) => {
    const namespace = `test_${randomBytes(6).toString('hex')}`
    await setup({ client, target }, { namespace }, deps)
    const document: Fields = {
      ...{ '@timestamp': '2026-01-01T00:00:00.000Z', 'event.id': 'one', tags: ['logon'] },
      ...{ 'source.ip': '192.0.2.1', 'hoofprint.logon.ip': '192.0.2.1', 'user_agent.original': 'Firefox' },
    }
    enricher()(document, { placeOf: () => berlin, agentOf: () => agent })
    const outgoing = { seq: 0, id: 'one', dataset: 'o365.activity', source: Buffer.from(encode(document)) } as const

    const result = await elasticsearchSink(client, { target, namespace }, deps).write(
      [outgoing],
      AbortSignal.timeout(60_000),
    )

    expect(result).toMatchObject({ written: 1, duplicate: 0, rejected: [] })
    const index = `logs-o365.activity-${namespace}`
    await client.indices.refresh({ index })
    expect((await client.count({ index, query })).count).toBe(count)
  })
})
