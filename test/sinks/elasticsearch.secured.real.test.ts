import type { Client } from '@elastic/elasticsearch'
import { afterEach, describe, expect, test } from '@jest/globals'
import { FatalError, messageOf } from '#src/errors.ts'
import { connect, type ElasticsearchOptions } from '#src/sinks/elasticsearch/client.ts'
import { elasticsearchSink } from '#src/sinks/elasticsearch/index.ts'
import { prepare, setup } from '#src/sinks/elasticsearch/setup.ts'
import { shelves, type Template } from '#src/sinks/elasticsearch/templates.ts'
import { documents } from '../contracts/sink.ts'
import { makeCertificates } from '../support/certificates.ts'
import { describeOnOwnElasticsearch } from '../support/elasticsearch/own.ts'
import { password, secured } from '../support/elasticsearch/secured.ts'
import { storedIn } from '../support/elasticsearch/stored.ts'

const never = new AbortController().signal
const warnings: object[] = []
const log = { info() {}, warn: (fields: object) => void warnings.push(fields), error() {} }
const deps = { sleep: async () => {}, log }
const certificates = makeCertificates()
const { ca, caFingerprint, client: own } = certificates

await describeOnOwnElasticsearch('a secured Elasticsearch', secured(certificates), (server) => {
  const closing: Client[] = []
  afterEach(async () => {
    for (const client of closing.splice(0)) await client.close()
    warnings.length = 0
  })
  const as = (username: string, given: Partial<ElasticsearchOptions> = { ca, ...own }) => {
    const url = server().url.replace('http:', 'https:')
    const client = connect({ url, username, password, ...given })
    closing.push(client)
    return { client, target: url }
  }
  const sinkOf = (cluster: ReturnType<typeof as>, namespace: string) =>
    elasticsearchSink(cluster.client, { target: cluster.target, namespace }, deps)
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => 'nothing failed',
      (error: unknown) => error,
    )

  describe('setup', () => {
    test('says on a dry run what it would do, and does nothing', async () => {
      const steps = await setup(as('setup'), { isDryRun: true }, deps)

      expect(new Set(steps.map(({ did }) => did))).toEqual(new Set(['created']))
      expect(await as('admin').client.indices.getIndexTemplate()).toEqual({ index_templates: [] })
    })

    test.each([
      500, 900,
    ])("refuses to share its names with another's template of priority %i, and says which", async (priority) => {
      const { client } = as('admin')
      await client.indices.putIndexTemplate({
        name: 'theirs',
        index_patterns: ['logs-*-prod*'],
        priority,
        data_stream: {},
      })

      const error = await failure(setup(as('setup'), {}, deps))

      await client.indices.deleteIndexTemplate({ name: 'theirs' })
      expect(error).toBeInstanceOf(FatalError)
      expect(messageOf(error)).toMatch(/template theirs .*priority \d+.*lower its priority below 500/)
    })

    test('an index in the way of delivery is told, with what to do', async () => {
      const { client } = as('admin')
      await client.indices.create({ index: 'logs-o365.activity-plain' })

      await setup(as('setup'), { isDryRun: true }, deps)
      const error = await failure(prepare(as('deliver'), 'plain', deps))

      await client.indices.delete({ index: 'logs-o365.activity-plain' })
      expect(warnings).toMatchObject([{ obstacles: ['logs-o365.activity-plain'] }])
      expect(messageOf(error)).toMatch(/logs-o365.activity-plain .* rename or delete it/)
    })
    test('finds a data stream that a template of others made, and says what to do; setup makes it fit', async () => {
      const { client } = as('admin')
      await client.indices.putIndexTemplate({
        name: 'logs',
        index_patterns: ['logs-*-*'],
        priority: 100,
        data_stream: {},
      })
      await sinkOf(as('admin'), 'foreign').write(documents(0, 1), never)

      const error = await failure(prepare(as('deliver'), 'foreign', deps))
      const steps = await setup(as('setup'), {}, deps)

      const [streams, templates] = [true, false].map((is) =>
        steps.filter(({ kind }) => (kind === 'data stream') === is),
      )
      expect(new Set(templates?.map(({ did }) => did))).toEqual(new Set(['created']))
      expect(streams).toEqual([{ name: 'logs-o365.activity-foreign', kind: 'data stream', did: 'rolled over' }])
      expect(messageOf(error)).toMatch(/made by a template of others: delete it, and run `hoofprint setup`/)
      await prepare(as('deliver'), 'foreign', deps)
    })

    test('done a second time changes nothing', async () => {
      const second = await setup(as('setup'), {}, deps)

      expect(new Set(second.map(({ did }) => did))).toEqual(new Set(['unchanged']))
    })

    test('gives data streams that exist new fields, without a new index', async () => {
      await putTemplate(as('admin'), 'hoofprint-ecs', (ecs) => without(ecs, 'session'))
      await sinkOf(as('deliver'), 'old').write(documents(0, 2), never)

      const dry = await setup(as('setup'), { isDryRun: true }, deps)
      const steps = await setup(as('setup'), {}, deps)

      const done = { name: 'logs-o365.activity-old', kind: 'data stream', did: 'mapping extended' }
      expect(dry).toContainEqual(done)
      expect(steps).toContainEqual(done)
      const [[, mapping]] = Object.entries(await as('admin').client.indices.getMapping({ index: done.name })) as [
        Mapping,
      ]
      expect(mapping.mappings.properties).toHaveProperty('session.properties.id.type', 'keyword')
      expect((await setup(as('setup'), {}, deps)).filter(({ did }) => did !== 'unchanged')).toEqual([])
    })

    test('begins a new index where a field has become another one, once', async () => {
      await putTemplate(as('admin'), 'hoofprint-ecs', (ecs) => {
        const changed = without(ecs, 'session')
        propertiesOf(changed)['session'] = { properties: { id: { type: 'long' } } }
        return changed
      })
      await sinkOf(as('deliver'), 'other').write(documents(0, 2), never)

      const steps = await setup(as('setup'), {}, deps)

      expect(steps).toContainEqual({ name: 'logs-o365.activity-other', kind: 'data stream', did: 'rolled over' })
      const mappings = await as('admin').client.indices.getMapping({ index: 'logs-o365.activity-other' })
      expect(Object.keys(mappings)).toHaveLength(2)
      expect((await setup(as('setup'), {}, deps)).filter(({ did }) => did !== 'unchanged')).toEqual([])
    })

    test('leaves what a newer version installed, and its data streams', async () => {
      await putTemplate(as('admin'), 'hoofprint-ecs', (ecs) => ({ ...without(ecs, 'session'), version: 1_000 }))
      await sinkOf(as('deliver'), 'newer').write(documents(0, 2), never)

      const steps = await setup(as('setup'), {}, deps)

      expect(steps.filter(({ did }) => did !== 'unchanged')).toEqual([
        { name: 'hoofprint-ecs', kind: 'component template', did: 'left newer' },
      ])
      await putTemplate(as('admin'), 'hoofprint-ecs', (ecs) => ecs)
      await setup(as('setup'), {}, deps)
    })

    test('keeps documents as long as was asked for, also when it is not asked again', async () => {
      const retained = async () =>
        (await as('admin').client.indices.getIndexTemplate({ name: 'logs-o365.activity' })).index_templates[0]
          ?.index_template.template

      const steps = await setup(as('setup'), { retention: '30d' }, deps)
      await setup(as('setup'), {}, deps)

      expect(await retained()).toHaveProperty('lifecycle.data_retention', '30d')
      expect(steps).toContainEqual(expect.objectContaining({ kind: 'data stream', name: 'logs-o365.activity-old' }))
    })
  })

  describe('delivery', () => {
    test.each([
      'deliver',
      'compose',
    ])('needs no more than the privileges of %s, rollovers and replacing included', async (role) => {
      const stream = `logs-o365.activity-${role}`
      const cluster = as(role)
      const sink = sinkOf(cluster, role)
      await prepare(cluster, role, deps)
      const first = await sink.write(documents(0, 5), never)
      await as('admin').client.indices.rollover({ alias: stream })

      const again = await sink.write(documents(3, 8), never)
      const changed = documents(0, 8).map((one) => ({
        ...one,
        source: Buffer.from(`{"@timestamp":"2026-01-01T00:00:00Z","event":{"id":"${one.id}"}}`),
      }))
      const replaced = await sink.write(changed, never, 'replaced')

      expect([first.written, again.written, again.duplicate, replaced.replaced]).toEqual([5, 3, 2, 8])
      expect(await storedIn(as('admin').client, stream)).toHaveLength(8)
    })

    test.each<[string, string, RegExp]>([
      ['nobody', 'nobody', /answered 401 .*check the apiKey, or the username and password/],
      ['who may only read', 'reader', /answered 403 .*the account needs auto_configure, index, delete/],
    ])('by %s fails with what to do', async (_, name, message) => {
      const error = await failure(sinkOf(as(name), 'refused').write(documents(0, 1), never))

      expect(error).toBeInstanceOf(FatalError)
      expect(messageOf(error)).toMatch(message)
    })

    test('setup by the account of compose.yaml finds all as it was made', async () => {
      expect((await setup(as('compose'), {}, deps)).filter(({ did }) => did !== 'unchanged')).toEqual([])
    })

    test('setup by an account for delivery fails with what to do', async () => {
      expect(messageOf(await failure(setup(as('deliver'), {}, deps)))).toMatch(/answered 403 .*manage_index_templates/)
    })
  })

  describe('TLS', () => {
    test.each<[string, Partial<ElasticsearchOptions>]>([
      ['a file of authorities', { ca, ...own }],
      ['the fingerprint of the authority', { caFingerprint, ...own }],
    ])('with a client certificate, by %s', async (_, given) => {
      expect(await as('admin', given).client.cluster.health()).toMatchObject({ timed_out: false })
    })

    test('a server that wants a client certificate is asked for in vain, and the message says so', async () => {
      const error = await failure(prepare(as('deliver', { ca }), 'tls', deps))

      expect(messageOf(error)).toMatch(/gave no answer: .*it may want a client certificate/)
    })

    test.each<[string, Partial<ElasticsearchOptions>]>([
      ['whom nobody vouches for', { ...own }],
      ['of another authority', { caFingerprint: caFingerprint.replaceAll(/\d/g, '0'), ...own }],
    ])('a server %s is told at once, with what to do', async (_, given) => {
      const error = await failure(sinkOf(as('deliver', given), 'tls').write(documents(0, 1), never))

      expect(error).toBeInstanceOf(FatalError)
      expect(messageOf(error)).toMatch(/check ca or caFingerprint, and certificate and key/)
    })
  })
})

type Mapping = [string, { mappings: { properties: object } }]

async function putTemplate(
  { client }: { client: Client },
  name: string,
  change: (template: Template) => Template,
): Promise<void> {
  const shelf = shelves.find(({ files }) => files.some((file) => file.name === name))
  const file = shelf?.files.find((one) => one.name === name)
  if (shelf === undefined || file === undefined) throw new Error(`no template ${name}`)
  await shelf.put(client, name, { ...change(structuredClone(file.template)) })
}

function without(template: Template, field: string): Template {
  delete propertiesOf(template)[field]
  return { ...template, version: 0 }
}

function propertiesOf(template: Template): Record<string, unknown> {
  return (template.template?.mappings as { properties: Record<string, unknown> }).properties
}
