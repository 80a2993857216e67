import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import { Config } from '#src/config/config.ts'
import { examine, type Finding } from '#src/doctor/index.ts'
import type { Job } from '#src/job.ts'
import { silent } from '#src/progress.ts'
import { streamsIn } from '#src/sinks/elasticsearch/templates.ts'
import { temporaryFolder } from './support/folder.ts'
import { closed, listening } from './support/listening.ts'
import { never } from './support/microsoft/collector.ts'
import { type Double, microsoftDouble } from './support/microsoft/double.ts'
import { clientId, clientSecret, tenantId } from './support/microsoft/world.ts'
import { leftByVersion } from './support/older-case.ts'

const type = 'Audit.Exchange'

describe('the doctor', () => {
  let double: Double
  let elastic: Elastic
  beforeEach(async () => {
    double = await microsoftDouble()
    double.feed.subscriptions.set(type, 'enabled')
    elastic = await elasticDouble()
  })
  afterEach(async () => {
    await double.close()
    await elastic.close()
  })

  test('finds nothing where all is well', async () => {
    const findings = await run()

    expect(findings.filter(({ level }) => level !== 'ok')).toEqual([])
    expect(findings.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining([
        'sign-on for Management API',
        type,
        'clock',
        'logon',
        'version',
        'privileges',
        'templates',
      ]),
    )
  })

  test.each<[string, () => unknown, string, RegExp]>([
    [
      'a wrong secret',
      () => ({ credentials: secret('no') }),
      'sign-on',
      /the client secret is wrong: give its value, not its id/,
    ],
    ['a missing role', () => double.world.roles.clear(), type, /AF10001.*give the app the role ActivityFeed\.Read/],
    [
      'a wrong tenant',
      () => ({ tenant: tenantId.replace('aaaa', 'cccc') }),
      'sign-on',
      /there is no such tenant in this cloud/,
    ],
    ['auditing that is off', auditOff, type, /the audit log is switched off: run Set-AdminAuditLogConfig/],
    [
      'a clock that is wrong',
      () => double.skew(600_000),
      'clock',
      /600 s behind the service’s: set it by a time server/,
    ],
    [
      'a proxy that is not there',
      () => ({ network: { proxy: 'http://127.0.0.1:9', noProxy: '' } }),
      'sign-on',
      /nothing answers there: check the firewall, and whether a proxy/,
    ],
    [
      'a certificate that is not trusted',
      () => ({ network: { noProxy: '*' } }),
      'sign-on',
      /certificate that is not trusted .*caFile/,
    ],
  ])('tells %s, and what to do', async (_, prepare, subject, text) => {
    const findings = await run((prepare() as object | undefined) ?? {})

    const problems = findings.filter(({ level }) => level === 'problem')
    expect(problems).toEqual([
      {
        area: expect.stringContaining('managementApi'),
        subject: expect.stringContaining(subject),
        level: 'problem',
        text: expect.stringMatching(text),
      },
    ])
    expect(JSON.stringify(findings)).not.toContain(clientSecret)
  })

  test('what does not answer is asked twice, without a word in the log, and what is asked is shown', async () => {
    const shown: string[] = []
    const progress = { ...silent, begin: (label: string) => void shown.push(label) }
    const warned: string[] = []
    const log = { ...double.deps.log, warn: (_: object, message: string) => void warned.push(message) }

    const findings = await run({ endpoints: away() }, true, {
      deps: { ...double.deps, log },
      progress,
    })

    expect(findings.find(({ level }) => level === 'problem')?.text).toMatch(/gave no answer.*after 2 attempts/)
    expect(warned).toEqual([])
    expect(new Set(shown)).toEqual(new Set([`asking ${tenantId}`, 'asking Elasticsearch']))
  })

  test('a proxy that refuses is told from one that is not there', async () => {
    const proxy = createServer().on('connect', (_, socket) => void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'))
    const port = await listening(proxy)

    const findings = await run({ network: { proxy: `http://127.0.0.1:${port}`, noProxy: '' } })
    proxy.close()

    expect(findings.find(({ level }) => level === 'problem')?.text).toMatch(
      /the proxy refuses the way there: have it allowed/,
    )
  })

  test('a missing subscription is started, or with a mere look told', async () => {
    double.feed.subscriptions.clear()

    const looked = await run({}, false)
    const started = await run({}, true)

    expect(looked.find(({ subject }) => subject === type)).toMatchObject({
      level: 'problem',
      text: expect.stringMatching(/there is no subscription: `hoofprint collect` starts it/),
    })
    expect(started.find(({ subject }) => subject === type)).toMatchObject({
      level: 'ok',
      text: expect.stringMatching(/was started/),
    })
  })

  test.each<[string, Partial<Answers>, string, string, RegExp]>([
    [
      'wrong credentials',
      { authenticate: [401, { error: 'no' }] },
      'logon',
      'problem',
      /check the apiKey .*or the username/,
    ],
    [
      'an old version',
      { info: [200, { version: { number: '8.11.0' } }] },
      'version',
      'problem',
      /8\.11\.0 is too old: 8\.19/,
    ],
    ['a missing privilege', { lacking: 'index' }, 'privileges', 'problem', /give the account index on logs-/],
    // What only a rollover or a change needs is missed in month three, not on the first day.
    ['one missed late', { lacking: 'maintenance' }, 'privileges', 'problem', /give the account maintenance on logs-/],
    ['another', { lacking: 'delete' }, 'privileges', 'problem', /give the account delete on logs-/],
    [
      'templates that are not to be seen',
      { templates: [403, { error: 'no' }] },
      'templates',
      'warning',
      /not to be seen: it takes the privilege monitor/,
    ],
    [
      'missing templates',
      { templates: [200, { index_templates: [] }] },
      'templates',
      'warning',
      /logs-o365\.audit-hoofprint.* are missing: run `hoofprint setup --namespace hoofprint`/,
    ],
    ['no security', { authenticate: [405, {}] }, 'logon', 'warning', /asks nobody who they are/],
  ])('tells of Elasticsearch: %s', async (_, answers, subject, level, text) => {
    Object.assign(elastic.answers, answers)

    const findings = await run()

    expect(findings.find((finding) => finding.subject === subject)).toMatchObject({
      level,
      text: expect.stringMatching(text),
    })
  })

  test('tells an Elasticsearch that is away', async () => {
    await elastic.close()

    const findings = await run()

    expect(findings.at(-1)).toMatchObject({
      area: 'Elasticsearch',
      level: 'problem',
      text: expect.stringMatching(/gave no answer/),
    })
  })

  test.each<[number, Finding['level'], RegExp]>([
    [1, 'problem', /^it cannot be used: .* older Hoofprint: import the evidence into a new case/],
    [18, 'ok', /^an older version wrote it: the first command that opens it brings it up to date/],
    [99, 'problem', /^it cannot be used: .* newer Hoofprint/],
  ])('looks whether a case of version %s can be used', async (version, level, text) => {
    const folder = temporaryFolder()
    openCase(folder).close()
    leftByVersion(version, folder)

    const findings = await run({}, true, {}, folder)

    expect(findings.filter(({ area }) => area === 'case').at(-1)).toMatchObject({
      level,
      text: expect.stringMatching(text),
    })
  })

  function auditOff(): void {
    double.feed.subscriptions.clear()
    double.feed.isAuditOn = false
  }

  /** Signing on works, and nobody is at home at the API. */
  function away() {
    const address = double.world.root()
    return { login: address, management: 'https://127.0.0.1:9', graph: address }
  }

  async function run(
    tenant: object = {},
    mayStart = true,
    parts: Partial<Job> = {},
    folder = join(temporaryFolder(), 'case'),
  ): Promise<Finding[]> {
    const address = double.world.root()
    const config = Config.parse({
      case: folder,
      elasticsearch: { url: elastic.url },
      tenants: [
        {
          tenant: tenantId,
          credentials: secret(clientSecret),
          network: { caFile: double.certificates.authorityFile, noProxy: '*' },
          endpoints: { login: address, management: address, graph: address },
          sources: { managementApi: { contentTypes: [type] } },
          ...tenant,
        },
      ],
    })
    const job: Job = { config, deps: double.deps, progress: silent, signal: never, ...parts }
    return Array.fromAsync(examine(job, mayStart))
  }
})

function secret(clientSecret: string) {
  return { type: 'secret', clientId, clientSecret }
}

interface Answers {
  authenticate: [status: number, body: object]
  info: [status: number, body: object]
  lacking: string | undefined
  templates: [number, object]
}

type Elastic = Awaited<ReturnType<typeof elasticDouble>>

/** What the doctor asks of Elasticsearch, and no more of it. */
async function elasticDouble() {
  const answers: Answers = {
    authenticate: [200, { username: 'hoofprint' }],
    info: [200, { version: { number: '9.5.3' } }],
    lacking: undefined,
    templates: [200, { index_templates: installed }],
  }
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const [status, body] = answerTo(request.url ?? '', text, answers)
    response.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' })
    response.end(JSON.stringify(body))
  })
  const port = await listening(server)
  return { url: `http://127.0.0.1:${port}`, answers, close: () => closed(server) }
}

function answerTo(path: string, body: string, answers: Answers): [status: number, body: object] {
  if (path === '/_security/_authenticate') return answers.authenticate
  if (path === '/') return answers.info
  if (path === '/_index_template') return answers.templates
  if (path.startsWith('/_resolve/index/')) return [200, { indices: [], aliases: [], data_streams: [] }]
  if (path !== '/_security/user/_has_privileges') return [400, {}]
  const { index } = JSON.parse(body) as { index: { names: string[]; privileges: string[] }[] }
  const granted = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, name !== answers.lacking]))
  const indices = index.flatMap(({ names, privileges }) => names.map((name) => [name, granted(privileges)]))
  return [200, { cluster: granted(['manage_index_templates']), index: Object.fromEntries(indices) }]
}

const installed = streamsIn('hoofprint').map(({ file }) => ({ name: file.name, index_template: file.template }))
