import type { Client } from '@elastic/elasticsearch'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Config } from '#src/config/config.ts'
import { checkElasticsearch } from '#src/doctor/elasticsearch.ts'
import { FatalError, messageOf } from '#src/errors.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { elasticsearchSink } from '#src/sinks/elasticsearch/index.ts'
import type { ElasticsearchOptions } from '#src/sinks/elasticsearch/options.ts'
import { prepare, setup } from '#src/sinks/elasticsearch/setup.ts'
import { shelvesFor, streamsIn, type Template } from '#src/sinks/elasticsearch/templates.ts'
import type { OutgoingDocument } from '#src/sinks/sink.ts'
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

  const doctorOf = async (username: string, namespace: string) => {
    const elasticsearch = { url: server().url.replace('http:', 'https:'), username, password, ca, ...own }
    const texts = await Array.fromAsync(checkElasticsearch({ elasticsearch, namespace } as Config), ({ text }) => text)
    return texts.join('\n')
  }

  describe('setup', () => {
    test('says on a dry run what it would do, and does nothing', async () => {
      const steps = await setup(as('setup'), { namespace: 'dry', isDryRun: true }, deps)

      expect(new Set(steps.map(({ did }) => did))).toEqual(new Set(['created']))
      expect(await as('admin').client.indices.getIndexTemplate()).toEqual({ index_templates: [] })
    })

    test.each([
      510, 900,
    ])("refuses to share its names with another's template of priority %i, and says which", async (priority) => {
      const { client } = as('admin')
      await client.indices.putIndexTemplate({
        name: 'theirs',
        index_patterns: ['logs-*-prod*'],
        priority,
        data_stream: {},
      })

      const error = await failure(setup(as('setup'), { namespace: 'prod1' }, deps))

      await client.indices.deleteIndexTemplate({ name: 'theirs' })
      expect(error).toBeInstanceOf(FatalError)
      expect(messageOf(error)).toMatch(/template theirs .*priority \d+.*lower its priority below 510/)
    })

    test("says that a component of the user's does not go with ours, which and why, and goes on once it is mended", async () => {
      const name = 'logs-o365.activity@custom'
      const custom = (mappings: object) =>
        as('admin').client.cluster.putComponentTemplate({ name, template: { mappings } })
      await custom({ _routing: { required: true } })

      const error = await failure(setup(as('setup'), { namespace: 'contrary' }, deps))
      await custom({})
      const steps = await setup(as('setup'), { namespace: 'contrary' }, deps)
      await as('admin').client.indices.deleteIndexTemplate({ name: 'hoofprint-*-contrary' }) // Others begin with nothing.
      await as('admin').client.cluster.deleteComponentTemplate({ name: 'hoofprint-*' })

      expect(messageOf(error)).toMatch(
        /answered 400 .*_routing.*…@custom among these does not go with the others: mend/,
      )
      expect(messageOf(error)).toContain(name)
      expect(steps).toContainEqual(
        expect.objectContaining({ name: 'hoofprint-logs-o365.activity-contrary', did: 'created' }),
      )
    })

    test('an index in the way of delivery is told, with what to do', async () => {
      const { client } = as('admin')
      await client.indices.create({ index: 'logs-o365.activity-plain' })

      await setup(as('setup'), { namespace: 'plain', isDryRun: true }, deps)
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

      const atOnce = await failure(sinkOf(as('deliver'), 'foreign').write(documents(0, 1), never))
      const error = await failure(prepare(as('deliver'), 'foreign', deps))
      const seen = await doctorOf('deliver', 'foreign')
      const steps = await setup(as('setup'), { namespace: 'foreign' }, deps)

      const [streams, templates] = [true, false].map((is) =>
        steps.filter(({ kind }) => (kind === 'data stream') === is),
      )
      expect(new Set(templates?.map(({ did }) => did))).toEqual(new Set(['created']))
      expect(streams).toEqual([{ name: 'logs-o365.activity-foreign', kind: 'data stream', did: 'rolled over' }])
      for (const one of [atOnce, error]) {
        expect(messageOf(one)).toMatch(/made by a template of others: delete it, and run `hoofprint setup`/)
      }
      expect(seen).toMatch(/logs-o365.activity-foreign was made by a template of others: run `hoofprint setup/)
      await prepare(as('deliver'), 'foreign', deps)
      expect(await doctorOf('deliver', 'foreign')).toMatch(/logs-o365.activity-foreign can be delivered to/)
    })

    test('done a second time changes nothing', async () => {
      const second = await setup(as('setup'), { namespace: 'foreign' }, deps)

      expect(new Set(second.map(({ did }) => did))).toEqual(new Set(['unchanged']))
    })

    test('gives data streams that exist new fields, without a new index', async () => {
      const wishes = { namespace: 'old' }
      await setup(as('setup'), wishes, deps)
      await putTemplate(as('admin'), 'hoofprint-ecs', (ecs) => without(ecs, 'session'))
      await sinkOf(as('deliver'), 'old').write(documents(0, 2), never)

      const dry = await setup(as('setup'), { ...wishes, isDryRun: true }, deps)
      const steps = await setup(as('setup'), wishes, deps)

      const done = { name: 'logs-o365.activity-old', kind: 'data stream', did: 'mapping extended' }
      expect(dry).toContainEqual(done)
      expect(steps).toContainEqual(done)
      const [[, mapping]] = Object.entries(await as('admin').client.indices.getMapping({ index: done.name })) as [
        Mapping,
      ]
      expect(mapping.mappings.properties).toHaveProperty('session.properties.id.type', 'keyword')
      expect((await setup(as('setup'), wishes, deps)).filter(({ did }) => did !== 'unchanged')).toEqual([])
    })

    test('that was forgotten after an upgrade is told; then older indices have the fields too, and what is written again is found by them', async () => {
      const [stream, wishes] = ['logs-o365.activity-aged', { namespace: 'aged' }]
      const { client } = as('admin')
      const [document] = documents(0, 1).map((one) => ({
        ...one,
        source: Buffer.from(
          JSON.stringify({ '@timestamp': 0, event: { ingested: '2026-01-01T00:00:00.000Z' }, session: { id: 's1' } }),
        ),
      }))
      const deliver = () => sinkOf(as('deliver'), 'aged').write([document as OutgoingDocument], never, 'taken over')
      const found = async () => {
        await client.indices.refresh({ index: stream })
        return (await client.search({ index: stream, query: { term: { 'session.id': 's1' } } })).hits.hits
      }
      await setup(as('setup'), wishes, deps)
      await putTemplate(as('admin'), 'hoofprint-ecs', (ecs) => without(ecs, 'session'))
      await deliver()
      await client.indices.rollover({ alias: stream })

      const forgotten = await prepare(as('deliver'), 'aged', deps)
      const seen = await doctorOf('monitoring', 'aged')
      const steps = await setup(as('setup'), wishes, deps)
      const before = await found()
      const again = await deliver()

      expect(forgotten).toEqual([stream])
      expect(seen).toMatch(/fields of this version cannot be searched in logs-o365.activity-aged: run `hoofprint setup/)
      expect(steps).toContainEqual({ name: stream, kind: 'data stream', did: 'mapping extended' })
      expect([before, again.replaced]).toEqual([[], 1])
      expect(await found()).toMatchObject([{ _source: JSON.parse(`${document?.source}`) }])
      expect((await found())[0]?._source).not.toHaveProperty('hoofprint.updated')
      expect(await prepare(as('deliver'), 'aged', deps)).toEqual([])
      expect((await setup(as('setup'), wishes, deps)).filter(({ did }) => did !== 'unchanged')).toEqual([])
    })

    test.each([
      ['read-only', { 'index.blocks.read_only': true }, /read-only/, { duplicate: 1 }], // It says the same.
      ['full', { 'index.mapping.total_fields.limit': 10 }, /Limit of total fields/, { replaced: 1 }],
    ])('leaves an older index that is %s, says so, and is done', async (namespace, settings, why, fate) => {
      const [stream, wishes] = [`logs-o365.activity-${namespace}`, { namespace }]
      const { client } = as('admin')
      await setup(as('setup'), wishes, deps)
      await putTemplate(as('admin'), 'hoofprint-ecs', (ecs) => without(ecs, 'session'))
      await sinkOf(as('deliver'), namespace).write(documents(0, 1), never)
      const [older = ''] = Object.keys(await client.indices.getMapping({ index: stream }))
      await client.indices.rollover({ alias: stream })
      await client.indices.putSettings({ index: older, settings })

      const steps = await setup(as('setup'), wishes, deps)
      const second = await setup(as('setup'), wishes, deps)
      const again = await sinkOf(as('deliver'), namespace).write(documents(0, 1), never, 'taken over')

      const said = { index: older, cause: expect.stringMatching(why) }
      expect(warnings).toEqual([said, said].map((one) => expect.objectContaining(one)))
      expect(steps).toContainEqual({ name: stream, kind: 'data stream', did: 'mapping extended' })
      expect(again).toMatchObject({ ...fate, rejected: [] })
      expect(second.filter(({ did }) => did !== 'unchanged')).toEqual([])
    })

    test('begins a new index where a field has become another one, once', async () => {
      const wishes = { namespace: 'other' }
      await setup(as('setup'), wishes, deps)
      await putTemplate(as('admin'), 'hoofprint-ecs', (ecs) => {
        const changed = without(ecs, 'session')
        propertiesOf(changed)['session'] = { properties: { id: { type: 'long' } } }
        delete propertiesOf(changed)['device']
        return changed
      })
      await sinkOf(as('deliver'), 'other').write(documents(0, 2), never)

      const steps = await setup(as('setup'), wishes, deps)

      expect(steps).toContainEqual({ name: 'logs-o365.activity-other', kind: 'data stream', did: 'rolled over' })
      const mappings = await as('admin').client.indices.getMapping({ index: 'logs-o365.activity-other' })
      expect(Object.keys(mappings)).toHaveLength(2)
      const devices = Object.values(mappings).map((one) =>
        Object.keys(one.mappings.properties ?? {}).includes('device'),
      )
      expect(devices).toEqual([true, true]) // What is written again where it lies is found by them, too.
      expect((await setup(as('setup'), wishes, deps)).filter(({ did }) => did !== 'unchanged')).toEqual([])
    })

    test('has what a component of the user says of all fields, in the newest index or in a new one, and then is done', async () => {
      const { client } = as('admin')
      const [stream, wishes] = ['logs-o365.activity-custom', { namespace: 'custom' }]
      const custom = (mappings: object) =>
        client.cluster.putComponentTemplate({ name: 'logs-o365.activity@custom', template: { mappings } })
      await setup(as('setup'), wishes, deps)
      await sinkOf(as('deliver'), 'custom').write(documents(0, 1), never)
      const done: (string | undefined)[] = []
      const twice = async () => {
        for (const _ of [1, 2]) {
          const steps = await setup(as('setup'), wishes, deps)
          done.push(steps.find(({ name }) => name === stream)?.did)
        }
      }

      await custom({ dynamic: 'strict', runtime: { soc: { type: 'keyword' } } })
      await twice()
      await custom({ _source: { excludes: ['event.original'] } })
      await twice()

      const found = Object.entries(await client.indices.getMapping({ index: stream }))
      const mappings = found.sort(([a], [b]) => a.localeCompare(b)).map(([, one]) => one.mappings)
      await custom({})
      expect(done).toEqual(['mapping extended', undefined, 'rolled over', undefined])
      expect(mappings).toMatchObject([
        { dynamic: 'strict', runtime: { soc: { type: 'keyword' } } },
        { dynamic: 'false', _source: { excludes: ['event.original'] } },
      ])
    })

    test('leaves what a newer version installed, and its data streams', async () => {
      const wishes = { namespace: 'newer' }
      await setup(as('setup'), wishes, deps)
      await putTemplate(as('admin'), 'hoofprint-ecs', (ecs) => ({ ...without(ecs, 'session'), version: 1_000 }))
      await sinkOf(as('deliver'), 'newer').write(documents(0, 2), never)

      const steps = await setup(as('setup'), wishes, deps)

      expect(steps.filter(({ did }) => did !== 'unchanged')).toEqual([
        { name: 'hoofprint-ecs', kind: 'component template', did: 'left newer' },
      ])
      await putTemplate(as('admin'), 'hoofprint-ecs', (ecs) => ecs)
      await setup(as('setup'), wishes, deps)
    })

    test('keeps documents as long as was asked for, also when it is not asked again', async () => {
      const retained = async () =>
        (await as('admin').client.indices.getIndexTemplate({ name: 'hoofprint-logs-o365.activity-old' }))
          .index_templates[0]?.index_template.template

      const steps = await setup(as('setup'), { namespace: 'old', retention: '30d' }, deps)
      await setup(as('setup'), { namespace: 'old' }, deps)

      expect(await retained()).toHaveProperty('lifecycle.data_retention', '30d')
      expect(steps).toContainEqual(expect.objectContaining({ kind: 'data stream', name: 'logs-o365.activity-old' }))
    })
  })

  describe("beside Elastic's own integration", () => {
    const fleets = {
      name: 'logs-o365.audit',
      index_patterns: ['logs-o365.audit-*'],
      priority: 200,
      data_stream: {},
      _meta: { managed_by: 'fleet', managed: true },
    }
    const namesOf = async () =>
      (await as('admin').client.indices.getIndexTemplate()).index_templates.map(({ name }) => name)
    const templateOf = async (stream: string) =>
      (await as('admin').client.indices.simulateIndexTemplate({ name: stream })).template.mappings?.properties ?? {}

    test('setup leaves the template and the data streams of that as they are, and has its own', async () => {
      const { client } = as('admin')
      await client.indices.putIndexTemplate(fleets)
      await client.index({ index: 'logs-o365.audit-default', document: { '@timestamp': 0 }, op_type: 'create' })

      const steps = await setup(as('setup'), { namespace: 'beside', retention: '30d' }, deps)
      await sinkOf(as('deliver'), 'beside').write(audits(2), never)

      expect(steps.map(({ name }) => name).filter((name) => name.endsWith('-default'))).toEqual([])
      expect(await templateOf('logs-o365.audit-default')).not.toHaveProperty('hoofprint')
      expect(await templateOf('logs-o365.audit-beside')).toHaveProperty('hoofprint')
      expect(await namesOf()).toContain('logs-o365.audit')
    })

    test('an account for delivery that may see templates finds that none is there, before a document is sent', async () => {
      const error = await failure(prepare(as('monitoring'), 'unprepared', deps))

      expect(messageOf(error)).toMatch(/-unprepared of .* is missing: run `hoofprint setup --namespace unprepared`/)
    })

    test('templates of a time when they claimed all namespaces make way, once each data stream has its own', async () => {
      const { client } = as('admin')
      const { name: _, ...former } = fleets
      const parts = ['hoofprint-ecs', 'hoofprint-o365-activity']
      const more = { priority: 500, composed_of: parts, template: { lifecycle: { data_retention: '90d' } } }
      const _meta = { managed_by: 'hoofprint' }
      await client.indices.putIndexTemplate({
        name: 'logs-o365.activity',
        ...former,
        ...more,
        _meta,
        index_patterns: 'logs-o365.activity-*',
      })
      await sinkOf(as('deliver'), 'case_7').write(documents(0, 2), never)

      await client.indices.deleteIndexTemplate({ name: 'hoofprint-logs-o365.activity-beside' })
      await prepare(as('monitoring'), 'beside', deps) // Goes on by that until somebody runs `setup`.
      const dry = await setup(as('setup'), { namespace: 'case_8', isDryRun: true }, deps)
      const steps = await setup(as('setup'), { namespace: 'case_8' }, deps)

      const made = { name: 'hoofprint-logs-o365.activity-case_7', kind: 'index template', did: 'created' }
      const next = { ...made, name: 'hoofprint-logs-o365.audit-case_7' }
      const gone = { name: 'logs-o365.activity', kind: 'index template', did: 'removed' }
      for (const one of [dry, steps]) expect(one).toEqual(expect.arrayContaining([made, next, gone]))
      expect(await namesOf()).not.toContain('logs-o365.activity')
      const { index_templates: own } = await client.indices.getIndexTemplate({ name: made.name })
      expect(own[0]?.index_template.template).toHaveProperty('lifecycle.data_retention', '90d')
      expect((await sinkOf(as('deliver'), 'case_7').write(documents(0, 3), never)).written).toBe(1)
    })
  })

  describe('delivery', () => {
    test.each([
      'deliver',
      'compose',
    ])('needs no more than the privileges of %s, rollovers and replacing included', async (role) => {
      const stream = `logs-o365.activity-${role}`
      const cluster = as(role)
      await setup(as('setup'), { namespace: role }, deps)
      const sink = sinkOf(cluster, role)
      await prepare(cluster, role, deps)
      const first = await sink.write(documents(0, 5), never)
      await as('admin').client.indices.rollover({ alias: stream })

      const again = await sink.write(documents(3, 8), never)
      const replaced = await sink.write(altered(documents(0, 8)), never, 'replaced')

      expect([first.written, again.written, again.duplicate, replaced.replaced]).toEqual([5, 3, 2, 8])
      expect(await storedIn(as('admin').client, stream)).toHaveLength(8)
    })

    test('finds gone what a lifecycle deletes with its index between looking and writing', async () => {
      const { client } = as('admin')
      const stream = 'logs-o365.activity-ended'
      await setup(as('setup'), { namespace: 'ended' }, deps)
      const cluster = as('deliver')
      const sink = sinkOf(cluster, 'ended')
      await sink.write(documents(0, 2), never)
      const [older = ''] = Object.keys(await client.indices.getMapping({ index: stream }))
      await client.indices.rollover({ alias: stream })
      const { transport } = cluster.client
      const request = transport.request.bind(transport) as (...asked: unknown[]) => Promise<unknown>
      const beforeWriting = async (asked: { path: string }, options: unknown) => {
        if (asked.path.endsWith('_bulk')) await client.indices.delete({ index: older }, { ignore: [404] })
        return request(asked, options)
      }
      transport.request = beforeWriting as typeof transport.request

      const result = await sink.write(altered(documents(0, 2)), never, 'updated')

      expect(result).toEqual({ written: 0, duplicate: 0, replaced: 0, foreign: 0, gone: 2, rejected: [] })
    })

    test('replaces what it cannot compare, where the source is not kept', async () => {
      await setup(as('setup'), { namespace: 'kept' }, deps)
      await as('admin').client.indices.putIndexTemplate({
        name: 'sourceless',
        index_patterns: ['logs-o365.activity-sourceless'],
        priority: 900,
        data_stream: {},
        composed_of: ['hoofprint-ecs', 'hoofprint-o365-activity'],
        template: { mappings: { _source: { enabled: false } } },
      })
      const sink = sinkOf(as('deliver'), 'sourceless')
      await sink.write(documents(0, 2), never)

      const again = await sink.write(documents(0, 2), never, 'replaced')

      expect(again).toMatchObject({ replaced: 2, rejected: [] })
    })

    test.each<[string, string, RegExp]>([
      ['nobody', 'nobody', /answered 401 .*check the apiKey .*or the username and password/],
      ['who may only read', 'reader', /answered 403 .*the account needs auto_configure, index, delete/],
    ])('by %s fails with what to do', async (_, name, message) => {
      const error = await failure(sinkOf(as(name), 'refused').write(documents(0, 1), never))

      expect(error).toBeInstanceOf(FatalError)
      expect(messageOf(error)).toMatch(message)
    })

    test('by who may not see what is there takes none of it for deleted', async () => {
      await setup(as('setup'), { namespace: 'unseen' }, deps)
      await sinkOf(as('deliver'), 'unseen').write(documents(0, 2), never)

      const error = await failure(sinkOf(as('elsewhere'), 'unseen').write(documents(0, 2), never, 'updated'))

      expect(messageOf(error)).toMatch(/answered 403 .*the account needs auto_configure, index, delete/)
    })

    test('setup by the account of compose.yaml finds all as it was made', async () => {
      expect(
        (await setup(as('compose'), { namespace: 'compose' }, deps)).filter(({ did }) => did !== 'unchanged'),
      ).toEqual([])
    })

    test('setup by an account for delivery fails with what to do', async () => {
      expect(messageOf(await failure(setup(as('deliver'), { namespace: 'deliver' }, deps)))).toMatch(
        /answered 403 .*manage_index_templates/,
      )
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

    test('a server that speaks TLS alone is asked in plain text in vain, and the message says so', async () => {
      const client = connect({ url: server().url })
      closing.push(client)

      const error = await failure(prepare({ client, target: server().url }, 'tls', deps))

      expect(messageOf(error)).toMatch(/gave no answer: .*it may want https/)
    })

    test.each<[string, Partial<ElasticsearchOptions>, RegExp]>([
      [
        'whom nobody vouches for',
        { ...own },
        /give the certificate of the authority that issued that of Elasticsearch as ca/,
      ],
      ['of another authority', { caFingerprint: '0'.repeat(64), ...own }, /compare it with what .* prints/],
      ['that knows another client', { ca, ...makeCertificates().client }, /certificate and key/],
    ])('a server %s is told with what to do', async (_, given, message) => {
      expect(messageOf(await failure(prepare(as('deliver', given), 'tls', deps)))).toMatch(message)
    })
  })
})

function audits(count: number) {
  return documents(0, count).map((one) => ({ ...one, dataset: 'o365.audit' as const }))
}

/** The same documents with other contents. */
function altered(some: readonly OutgoingDocument[]): OutgoingDocument[] {
  const text = (id: string) => `{"@timestamp":"2026-01-01T00:00:00Z","event":{"id":"${id}"}}`
  return some.map((one) => ({ ...one, source: Buffer.from(text(one.id)) }))
}

type Mapping = [string, { mappings: { properties: object } }]

async function putTemplate(
  { client }: { client: Client },
  name: string,
  change: (template: Template) => Template,
): Promise<void> {
  const shelf = shelvesFor(streamsIn('any')).find(({ files }) => files.some((file) => file.name === name))
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
