import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { hoofprint, root } from './support/cli.ts'
import { describeOnElasticsearch } from './support/elasticsearch.ts'

const sample = join(root, 'samples/outlook-activities.csv')
const truth = JSON.parse(readFileSync(join(root, 'samples/outlook-activities.truth.json'), 'utf8'))
const all = truth.activities

await describeOnElasticsearch('publishing the sample', ({ url }) => {
  const client = connect({ url })
  const namespace = `test_${randomBytes(6).toString('hex')}`
  const index = `logs-o365.activity-${namespace}`
  const folder = mkdtempSync(join(tmpdir(), 'hoofprint-publish-'))
  const options = ['--elasticsearch', url, '--namespace', namespace, '--json']
  const importTo = (name: string) => {
    const { code, out, err } = hoofprint(['import', sample, '--publish', '--case', join(folder, name), ...options])
    return { code, err, published: JSON.parse(out).published }
  }
  let first: ReturnType<typeof importTo>

  beforeAll(() => {
    first = importTo('first')
  })
  afterAll(async () => {
    await client.close()
    rmSync(folder, { recursive: true })
  })

  test('from a fresh case every event becomes a document', async () => {
    expect(first).toMatchObject({
      code: 0,
      err: '',
      published: { written: all, duplicate: 0, rejected: 0, earlier: 0 },
    })
    await client.indices.refresh({ index })
    expect((await client.count({ index })).count).toBe(all)
  })

  test('from another fresh case every event is a duplicate, and there are no more documents', async () => {
    const second = importTo('second')

    expect(second.published).toMatchObject({ written: 0, duplicate: all, rejected: 0, earlier: 0 })
    await client.indices.refresh({ index })
    expect((await client.count({ index })).count).toBe(all)
  })

  test('from the same case again there is nothing to do', () => {
    const { out } = hoofprint(['publish', '--case', join(folder, 'first'), ...options])

    expect(JSON.parse(out)).toMatchObject({ written: 0, duplicate: 0, rejected: 0, earlier: all })
  })

  test("Elasticsearch's answers are the report's: reads by the logon they are attributed to", async () => {
    const query = { term: { 'event.action': 'ReadingPaneDisplayStart' } }
    const aggs = {
      ips: {
        terms: { field: 'hoofprint.logon.ip', size: 100 },
        aggs: { items: { cardinality: { field: 'email.local_id', precision_threshold: 40_000 } } },
      },
    }
    const result = await client.search({ index, size: 0, query, aggs })

    const { buckets } = result.aggregations?.['ips'] as {
      buckets: { key: string; doc_count: number; items: { value: number } }[]
    }
    const byIp = Object.fromEntries(
      buckets.map(({ key, doc_count: displays, items }) => [key, { displays, items: items.value }]),
    )
    expect(byIp).toEqual(truth.reads.byIp)
  })

  test('a document is found by the words of its subject, with its category, evidence and join', async () => {
    const query = {
      bool: {
        filter: [
          { term: { 'hoofprint.category': 'read' } },
          { term: { 'hoofprint.logon.ip': '203.0.113.66' } },
          { exists: { field: 'email.subject' } },
        ],
      },
    }
    const { hits } = await client.search<Record<string, never>>({ index, size: 1, query })

    expect(hits.hits[0]?._source).toMatchObject({
      data_stream: { type: 'logs', dataset: 'o365.activity', namespace },
      event: {
        module: 'o365',
        kind: 'event',
        provider: 'Outlook',
        ingested: expect.any(String),
        original: expect.any(String),
      },
      hoofprint: {
        source: 'retriever-csv',
        mailbox: truth.mailbox,
        evidence: { file: sample, sha256: expect.any(String) },
        logon: { method: expect.any(String) },
      },
    })
  })
})
