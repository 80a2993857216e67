import { createServer } from 'node:http'
import { afterEach, expect, test } from '@jest/globals'
import { FatalError, messageOf } from '#src/errors.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { overlap } from '#src/sinks/elasticsearch/obstacles.ts'
import { prepare, type SetupWishes, setup } from '#src/sinks/elasticsearch/setup.ts'
import { shelvesFor, streamsIn } from '#src/sinks/elasticsearch/templates.ts'
import { closed, listening } from '../support/listening.ts'
import { thrown } from '../support/thrown.ts'

interface StoredTemplate {
  version?: number | string
  _meta?: object
  index_patterns?: string[] | string
  composed_of?: string[]
}
type Stored = Map<string, StoredTemplate>

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

test('what is missing is created, components first, and the second time nothing is done', async () => {
  const { run, puts } = await openServer()

  const first = await run()
  const second = await run()

  const [components, indices] = shelvesFor(streamsIn('a')).map(({ files }) => files.map(({ name }) => name)) as [
    string[],
    string[],
  ]
  expect(first.map(({ name }) => name)).toEqual([...components, ...indices])
  expect(components.filter((name) => !name.startsWith('hoofprint-'))).toEqual([]) // They are listed by that.
  expect(new Set(first.map(({ did }) => did))).toEqual(new Set(['created']))
  expect(new Set(second.map(({ did }) => did))).toEqual(new Set(['unchanged']))
  expect(puts).toEqual([
    ...components.map((name) => `/_component_template/${name}`),
    ...indices.map((name) => `/_index_template/${name}`),
  ])
})

test('an older or altered template is brought up to date, a newer one is left', async () => {
  const { run, stored } = await openServer()
  await run()
  const _meta = { managed_by: 'hoofprint' }
  stored.set('/_component_template/hoofprint-ecs', { version: 0, _meta })
  stored.set('/_component_template/hoofprint-o365-activity', { version: 1, _meta })
  stored.set('/_index_template/hoofprint-logs-o365.activity-a', { version: 1_000, _meta, index_patterns: [] })

  const steps = await run()

  expect(steps.filter(({ did }) => did !== 'unchanged').map(({ name, did }) => [name, did])).toEqual([
    ['hoofprint-ecs', 'updated'],
    ['hoofprint-o365-activity', 'updated'],
    ['hoofprint-logs-o365.activity-a', 'left newer'],
  ])
  expect(stored.get('/_component_template/hoofprint-ecs')?.version).toBeGreaterThan(0)
  expect(stored.get('/_index_template/hoofprint-logs-o365.activity-a')?.version).toBe(1_000)
})

test('what Elasticsearch refuses comes back with its reason: none of our data streams has a failure store of itself', async () => {
  const { run, stored } = await openServer()

  await run()

  const ecs = stored.get('/_component_template/hoofprint-ecs')
  expect(ecs).toHaveProperty('template.data_stream_options.failure_store.enabled', false)
  const own = [...stored].filter(([path]) => path.startsWith('/_index_template/'))
  expect(own.map(([, template]) => template.composed_of?.[0])).toEqual(own.map(() => 'hoofprint-ecs'))
})

test('few questions are asked, for a collector sets up before each delivery and the cluster may be far away', async () => {
  const { run, asked } = await openServer()
  await run()
  asked.splice(0)

  await run()

  expect(asked).toEqual([
    expect.stringMatching('^/_resolve/index/'),
    '/_component_template/hoofprint-*',
    '/_index_template',
  ])
})

test('an account that may not set up asks once for what the newest indices are', async () => {
  const { deliver, asked } = await openServer({ streams: ['logs-o365.activity-a', 'logs-o365.audit-a'], mayNot: true })

  await deliver()

  expect(asked).toEqual([
    expect.stringMatching('^/_resolve/index/'),
    '/_component_template/hoofprint-*',
    '/.ds-logs-o365.activity-a,.ds-logs-o365.audit-a/_mapping',
    '/_index_template',
  ])
})

test('what Elasticsearch 9.0 does not keep of a template is not put again and again', async () => {
  const { run, stored, puts } = await openServer()
  await run()
  const ecs = stored.get('/_component_template/hoofprint-ecs') as { template: object }
  Reflect.deleteProperty(ecs.template, 'data_stream_options')
  puts.length = 0

  const steps = await run()

  expect(new Set(steps.map(({ did }) => did))).toEqual(new Set(['unchanged']))
  expect(puts).toEqual([])
})

test("somebody else's template of the same name is never overwritten", async () => {
  const { run, stored, url } = await openServer()
  stored.set('/_index_template/hoofprint-logs-o365.activity-a', {
    version: 1,
    _meta: { managed_by: 'fleet' },
    index_patterns: [],
  })

  const error = await run().catch((thrown: unknown) => thrown)

  expect(error).toBeInstanceOf(FatalError)
  expect(messageOf(error)).toBe(
    `the index template hoofprint-logs-o365.activity-a of ${url} is not Hoofprint's (its _meta.managed_by is not ` +
      'hoofprint): rename or delete it, then run `hoofprint setup` again',
  )
})

test("others' templates may say of themselves what they like, as Kibana's and Elasticsearch's own do", async () => {
  const { run, stored } = await openServer()
  stored.set('/_index_template/.kibana-event-log-template', {
    _meta: { managed: true },
    index_patterns: ['.kibana-event-log-ds'],
  })
  stored.set('/_index_template/odd', { _meta: { managed_by: null }, version: '7', index_patterns: '.odd-*' })

  const steps = await run()

  expect(new Set(steps.map(({ did }) => did))).toEqual(new Set(['created']))
})

test("a template of one of our names that does not say whose it is is told to be somebody else's", async () => {
  const { run, stored } = await openServer()
  stored.set('/_index_template/hoofprint-logs-o365.activity-a', {
    version: 1,
    _meta: { managed: true },
    index_patterns: [],
  })

  await expect(run()).rejects.toEqual(thrown(FatalError, "is not Hoofprint's"))
})

test('indices and aliases that stand where data streams should be are told', async () => {
  const { run, warnings } = await openServer({ indices: ['logs-o365.activity-a'], aliases: ['logs-o365.audit-a'] })

  await run()

  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatchObject({ obstacles: ['logs-o365.activity-a', 'logs-o365.audit-a'] })
})

test('a redirect to where people log on is told, with what to do', async () => {
  const server = createServer((_, response) => response.writeHead(302, { location: '/login' }).end())
  const url = `http://127.0.0.1:${await listening(server)}`
  const client = connect({ url })
  closing.push(
    () => client.close(),
    () => closed(server),
  )
  const log = { info() {}, warn() {}, error() {} }

  await expect(setup({ client, target: url }, { namespace: 'a' }, { log })).rejects.toEqual(
    thrown(FatalError, /answered with a page or a redirect: check the url/),
  )
})

interface Standing {
  readonly indices?: readonly string[]
  readonly aliases?: readonly string[]
  readonly streams?: readonly string[]
  readonly mayNot?: boolean
}

/** A server that keeps templates, as far as `setup` can tell. */
async function openServer({ indices = [], aliases = [], streams = [], mayNot = false }: Standing = {}) {
  const stored: Stored = new Map()
  const puts: string[] = []
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    response.setHeader('x-elastic-product', 'Elasticsearch').setHeader('content-type', 'application/json')
    const named = (names: readonly string[]) => names.map((name) => ({ name }))
    if (request.method === 'GET') asked.push(decodeURIComponent(path.split('?')[0] as string))
    if (path.startsWith('/_resolve')) {
      const data_streams = streams.map((name) => ({ name, backing_indices: [`.ds-${name}`] }))
      return response.end(JSON.stringify({ indices: named(indices), aliases: named(aliases), data_streams }))
    }
    if (path.endsWith('_mapping')) return response.end('{}')
    if (mayNot) return response.writeHead(403).end('{}')
    if (request.method === 'PUT') {
      puts.push(path)
      stored.set(path, JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString()))
      return response.end('{"acknowledged":true}')
    }
    const listed = (folder: string) => {
      const own = [...stored].filter(([key]) => key.startsWith(folder))
      return own.map(([key, template]) => [key.slice(folder.length), template] as const)
    }
    if (path === '/_index_template') {
      const all = listed('/_index_template/').map(([name, template]) => ({ name, index_template: template }))
      return response.end(JSON.stringify({ index_templates: all }))
    }
    if (path !== '/_component_template/hoofprint-*') return response.writeHead(404).end('{}')
    const all = listed('/_component_template/').map(([name, template]) => ({ name, component_template: template }))
    response.writeHead(all.length === 0 ? 404 : 200).end(JSON.stringify({ component_templates: all }))
  })
  const url = `http://127.0.0.1:${await listening(server)}`
  const client = connect({ url })
  closing.push(
    () => client.close(),
    () => closed(server),
  )
  const warnings: object[] = []
  const log = { info() {}, warn: (fields: object) => void warnings.push(fields), error() {} }
  return {
    url,
    stored,
    puts,
    asked,
    warnings,
    deliver: () => prepare({ client, target: url }, 'a', { log }),
    run: (wishes: Partial<SetupWishes> = {}) => setup({ client, target: url }, { namespace: 'a', ...wishes }, { log }),
  }
}

test.each([
  ['logs-o365.activity-*', 'logs-*-*', true],
  ['logs-o365.activity-*', 'logs-o365.activity-prod', true],
  ['logs-o365.activity-*', '*', true],
  ['logs-o365.activity-*', 'logs-*prod', true],
  ['logs-o365.activity-*', 'logs-o365.audit-*', false],
  ['logs-o365.activity-*', 'logs-o365.activity', false],
  ['logs-o365.activity-*', 'metrics-*', false],
])('of the patterns %s and %s it is told whether one name fits both: %s', (a, b, expected) => {
  expect([overlap(a, b), overlap(b, a)]).toEqual([expected, expected])
})
