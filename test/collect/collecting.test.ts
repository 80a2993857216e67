import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import { openCollecting } from '#src/collect/collecting.ts'
import { collectForever, collectOnce } from '#src/collect/collector.ts'
import { configOf, type Given } from '#src/config/config.ts'
import { publishCase } from '#src/delivery.ts'
import { realDeps } from '#src/deps.ts'
import type { JsonFormat } from '#src/entry.ts'
import { silent } from '#src/progress.ts'
import { bulkServer, type Play } from '../sinks/bulk-server.ts'
import { contentsOf, entry, packed, put } from '../support/case.ts'
import { makeCertificates } from '../support/certificates.ts'
import { root } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'
import { loadConfig } from '../support/load-config.ts'
import { never } from '../support/microsoft/collector.ts'
import { type Double, microsoftDouble } from '../support/microsoft/double.ts'
import { clientId, clientSecret, tenantId } from '../support/microsoft/world.ts'

test('what a killed run had unpacked is gone when collecting begins', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'unpacked'))
  writeFileSync(join(folder, 'unpacked', 'content.json'), '[]')
  const store = openCase(folder)
  const environment = {
    HOOFPRINT_CLIENT_SECRET: 'not a secret',
    ELASTICSEARCH_API_KEY: 'not a key',
    ELASTICSEARCH_URL: 'https://elasticsearch.example:9200',
  }
  const config = loadConfig(join(root, 'hoofprint.example.yaml'), environment, { case: folder })
  const deps = { now: () => new Date(0), sleep: async () => {}, random: () => 0, log: silentLog }

  const collecting = await openCollecting({ config, store, deps })

  expect(existsSync(join(folder, 'unpacked'))).toBe(false)
  expect(collecting.streams().length).toBeGreaterThan(0)
  await collecting.close()
  store.close()
})

test('a secret that expired is followed by the one that its file holds then, and so is the key of Elasticsearch', async () => {
  const folder = temporaryFolder()
  const double = await microsoftDouble()
  const fileOf = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const environment = {
    HOOFPRINT_CLIENT_SECRET_FILE: fileOf('secret', 'the expired one'),
    ELASTICSEARCH_API_KEY_FILE: fileOf('key', 'the first'),
  }
  const yaml = `elasticsearch: { apiKey: "\${ELASTICSEARCH_API_KEY}" }${tenantOf(double)}`
  const renewed = configOf(fileOf('hoofprint.yaml', yaml), environment, { case: folder }, fail)
  const config = renewed()
  const store = openCase(folder)
  const collecting = await openCollecting({ config, renewed, store, deps: double.deps })
  const before = await collecting.schedule.once(never)
  const [told] = collecting.streams()

  fileOf('secret', `${clientSecret}\n`)
  fileOf('key', 'the second')
  fileOf('hoofprint.yaml', 'what was written stays as it was at first')

  expect([before, told?.state, told?.reason]).toEqual([false, 'stopped', expect.stringMatching(/client secret/)])
  expect(await collecting.schedule.once(never)).toBe(true)
  expect([config.elasticsearch.apiKey, renewed().elasticsearch.apiKey]).toEqual(['the first', 'the second'])
  await collecting.close()
  store.close()
  await double.close()
})

test('a key of Elasticsearch that was renewed is that of the next delivery', async () => {
  const folder = temporaryFolder()
  const server = await bulkServer()
  const store = openCase(folder)
  const keyFile = join(folder, 'key')
  const environment = { ELASTICSEARCH_URL: server.url, ELASTICSEARCH_API_KEY_FILE: keyFile }
  writeFileSync(keyFile, 'first')
  const renewed = configOf(undefined, environment, { case: folder }, fail)
  const job = { config: renewed(), renewed, deps: realDeps(silentLog), progress: silent, signal: never }

  for (const key of ['first', 'second']) {
    writeFileSync(keyFile, key)
    put(store, key, [entry({ id: key, time: key.length })])
    await publishCase(job, store)
  }

  expect(server.stored.size).toBe(2)
  expect(new Set(server.headers.map(({ authorization }) => authorization))).toEqual(
    new Set(['ApiKey first', 'ApiKey second']),
  )
  store.close()
  await server.close()
})

test.each([
  ['of a value that is away', 'A_FILE', undefined],
  ['of a value that is begun anew', 'A_FILE', ''],
  ['of an authority that is away', 'ELASTICSEARCH_CA', undefined],
])('a file %s counts as it was, is told once, and keeps no other from being followed', (_, variable, rest) => {
  const folder = temporaryFolder()
  const environment = {
    A_FILE: join(folder, 'a'),
    B_FILE: join(folder, 'b'),
    ELASTICSEARCH_CA: join(folder, 'ca'),
  }
  const authorities = { first: makeCertificates().ca, second: makeCertificates().ca }
  const writeAll = (text: keyof typeof authorities) => {
    for (const file of [environment.A_FILE, environment.B_FILE]) writeFileSync(file, text)
    writeFileSync(environment.ELASTICSEARCH_CA, authorities[text])
  }
  writeAll('first')
  const path = join(folder, 'hoofprint.yaml')
  writeFileSync(path, `mailbox: "\${A}"\nelasticsearch: { username: "\${B}" }`)
  const told: string[] = []
  const renewed = configOf(path, environment, {}, ({ message }) => told.push(message))
  const nameOf = (ca = '') => Object.entries(authorities).find(([, pem]) => pem.trim() === ca.trim())?.[0]
  const seen = () => [renewed().mailbox, nameOf(renewed().elasticsearch.ca), renewed().elasticsearch.username]
  const before = seen()
  const file = environment[variable as keyof typeof environment]

  if (rest === undefined) rmSync(file)
  else writeFileSync(file, rest)
  const away = seen()
  writeAll('second')

  expect([before, away]).toEqual([Array(3).fill('first'), Array(3).fill('first')])
  expect(told).toEqual([expect.stringContaining(variable === 'A_FILE' ? file : 'ca')])
  expect(seen()).toEqual(Array(3).fill('second'))
})

test('the outbox becomes smaller while much is delivered, as after a day without Elasticsearch, and all is well however long it takes', async () => {
  const folder = temporaryFolder()
  const plays: (Play | undefined)[] = [undefined, ...Array.from({ length: 20 }, () => 'never answer' as const)]
  const [double, server] = [await microsoftDouble(), await bulkServer(plays)]
  const store = openCase(folder)
  put(
    store,
    'a.csv',
    Array.from({ length: 6000 }, (_, i) => entry({ id: `id-${i}`, time: i, row: i + 2 })),
  )
  writeFileSync(join(folder, 'hoofprint.yaml'), `elasticsearch: { url: "${server.url}" }${tenantOf(double)}`)
  const given = { case: folder, collect: { listen: '127.0.0.1:0' } }
  const config = loadConfig(join(folder, 'hoofprint.yaml'), { HOOFPRINT_CLIENT_SECRET: clientSecret }, given as Given)
  const stop = new AbortController()
  let passedMs = 0
  const deps = { ...realDeps(silentLog), now: () => new Date(Date.now() + passedMs) }
  const job = { config, deps, progress: silent, signal: stop.signal }
  const listening = Promise.withResolvers<string>()
  const collecting = collectForever(job, store, (address) => {
    passedMs = 2 * 3_600_000 // Longer than it may take to begin with.
    listening.resolve(address)
  })
  const waiting = async () => {
    const answer = await fetch(`http://${await listening.promise}/metrics`)
    return Number(/^hoofprint_outbox_events (\d+)/m.exec(await answer.text())?.[1])
  }

  let seen = await waiting()
  while (seen === 6000) {
    await sleep(50)
    seen = await waiting()
  }

  const health = await fetch(`http://${await listening.promise}/healthz`)
  const { streams } = (await health.json()) as { streams: { stream: string; healthy: boolean }[] }

  stop.abort()
  await collecting
  store.close()
  await Promise.all([server.close(), double.close()])
  expect(seen).toBeGreaterThan(0)
  expect(seen).toBeLessThan(6000)
  expect(streams.find(({ stream }) => stream === 'publish')).toMatchObject({ healthy: true })
})

test('a delivery that fails for hours is no progress, is told once, and so is its end', async () => {
  const plays: (Play | undefined)[] = Array.from({ length: 10_000 }, () => 'break off before' as const)
  const { server, store, config, close } = await deliveringFrom(temporaryFolder(), plays)
  const [stop, told] = [new AbortController(), [] as string[]]
  const tell = (_: object, message: string) => void told.push(message)
  let passedMs = 0
  const deps = {
    ...realDeps({ info: tell, warn: tell, error: tell }),
    now: () => new Date(Date.now() + passedMs),
    sleep: (_: number, signal: AbortSignal) => sleep(5, undefined, { signal }),
  }
  const job = { config: { ...config, collect: { ...config.collect, listen: '127.0.0.1:0' } }, deps }
  const listening = Promise.withResolvers<string>()
  const collecting = collectForever({ ...job, progress: silent, signal: stop.signal }, store, listening.resolve)
  const publishing = async () => {
    const answer = await fetch(`http://${await listening.promise}/healthz`)
    const { streams } = (await answer.json()) as { streams: { stream: string; failures: number }[] }
    return streams.find(({ stream }) => stream === 'publish')
  }
  const failed = async (failures: number) => {
    while (((await publishing())?.failures ?? 0) < failures) await sleep(25)
  }

  await failed(1)
  passedMs = 2 * 3_600_000
  await failed(3)
  const away = await publishing()
  plays.length = 0
  while (server.stored.size < 3 || (await publishing())?.failures !== 0) await sleep(25)

  stop.abort()
  await collecting
  await close()
  expect(away).toMatchObject({ healthy: false, reason: expect.stringMatching(/^no success since .*did not take/) })
  expect(told.filter((message) => /^failed|^goes on/.test(message))).toEqual([
    expect.stringMatching(/^failed/),
    expect.stringMatching(/^goes on/),
  ])
})

test('what was delivered lately stays where the clock jumps ahead: the services tell the time', async () => {
  const { double, round, close } = await deliveringFrom(temporaryFolder())
  const delivered = await round()

  double.clock.pass(days)
  double.skew(-days) // The services' clock stays where it was.
  const jumped = await round()
  double.skew(0)
  const later = await round()

  await close()
  expect([delivered, jumped, later]).toEqual([
    [true, 3],
    [true, 3],
    [true, 1],
  ])
})

test('what was delivered lately stays where the clock was behind and no service told the time', async () => {
  const { double, round, close } = await deliveringFrom(temporaryFolder())
  double.onAny(() => 'cut before')
  const delivered = await round()

  double.clock.pass(days)
  double.onAny(() => undefined)
  const mended = await round()

  await close()
  expect([delivered, mended]).toEqual([
    [false, 3],
    [true, 3],
  ])
})

test('what was delivered before a service told the time goes, too, though nothing comes after it', async () => {
  const folder = temporaryFolder()
  const { double, server, store, config, close } = await deliveringFrom(folder)
  const stop = new AbortController()
  const job = { config: { ...config, collect: { ...config.collect, listen: '127.0.0.1:0' } }, deps: double.deps }
  double.onAny(() => 'cut before')
  const collecting = collectForever({ ...job, progress: silent, signal: stop.signal }, store, () => {})
  const rowsIn = (table: string) => contentsOf(folder)[table]?.length
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await sleep(25)
  }

  await until(() => server.stored.size === 3)
  double.onAny(() => undefined)
  await until(() => rowsIn('delivered') === 1)
  double.clock.pass(days)
  await until(() => rowsIn('event') === 1)

  stop.abort()
  await collecting
  const left = rowsIn('event')
  await close()
  expect(left).toBe(1)
})

test('of services that do not tell the time ours counts, or what was delivered would never go', async () => {
  const { double, round, close } = await deliveringFrom(temporaryFolder())
  double.hideTime()
  const delivered = await round()

  double.clock.pass(days)
  const later = await round()

  await close()
  expect([delivered, later]).toEqual([
    [true, 3],
    [true, 1],
  ])
})

test('an answer that does not tell the time counts for nothing where others tell it', async () => {
  const { double, collecting, close } = await collectingOnce(temporaryFolder())
  const told = double.clock.now()
  double.skew(-days)
  await collecting.schedule.once(never)

  double.hideTime()
  await collecting.schedule.once(never)
  const now = collecting.serviceNow() ?? 0

  await close()
  expect(Math.abs(now - (told - days))).toBeLessThan(3_600_000)
})

test('what time it is by the services nobody knows a day after they told it: our clock may have jumped', async () => {
  const { double, collecting, close } = await collectingOnce(temporaryFolder())
  await collecting.schedule.once(never)
  const told = collecting.serviceNow()

  double.clock.pass(days)
  const later = collecting.serviceNow()

  await close()
  expect([Math.abs((told ?? 0) - (double.clock.now() - days)) < 3_600_000, later]).toEqual([true, undefined])
})

test('a round in which Elasticsearch refuses a document is none that succeeded, and the next is', async () => {
  const { round, close } = await deliveringFrom(temporaryFolder(), [[201, 400, 201]])

  const rounds = [await round(), await round()]

  await close()
  expect(rounds.map(([succeeded]) => succeeded)).toEqual([false, true])
})

const days = 40 * 24 * 3_600_000

/** A case with three records of a service, and rounds that read nothing and deliver them; each says whether all was well, and how many are left. */
async function deliveringFrom(folder: string, plays: (Play | undefined)[] = []) {
  const [double, server] = [await microsoftDouble(), await bulkServer(plays)]
  const store = openCase(folder)
  const format: JsonFormat = { shape: 'management-api', service: { contentId: 'a' } }
  const evidence = store.beginEvidence({ path: 'a', sha256: 'a', mailbox: '', size: 1, format })
  const content = JSON.stringify({ Id: 'a', CreationTime: '2026-03-01T00:00:00', Operation: 'Send', RecordType: 2 })
  const entries = ['1', '2', '3'].map((id, time) => entry({ id, time, row: time + 1, dataset: 'o365.audit', content }))
  store.write(evidence, { entries: packed(entries), rejected: [], cursor: 1 })
  store.completeEvidence(evidence, [])
  writeFileSync(join(folder, 'hoofprint.yaml'), `elasticsearch: { url: "${server.url}" }${tenantOf(double)}`)
  const config = loadConfig(join(folder, 'hoofprint.yaml'), { HOOFPRINT_CLIENT_SECRET: clientSecret }, { case: folder })
  const round = async () => {
    const { succeeded } = await collectOnce({ config, deps: double.deps, progress: silent, signal: never }, store)
    return [succeeded, contentsOf(folder)['event']?.length]
  }
  const close = async () => {
    store.close()
    await Promise.all([server.close(), double.close()])
  }
  return { double, server, store, config, round, close }
}

/** What a tenant of the double is collected by. */
async function collectingOnce(folder: string) {
  const double = await microsoftDouble()
  const store = openCase(folder)
  writeFileSync(join(folder, 'hoofprint.yaml'), tenantOf(double))
  const config = loadConfig(join(folder, 'hoofprint.yaml'), { HOOFPRINT_CLIENT_SECRET: clientSecret }, { case: folder })
  const collecting = await openCollecting({ config, store, deps: double.deps })
  const close = async () => {
    await collecting.close()
    store.close()
    await double.close()
  }
  return { double, collecting, close }
}

/** A tenant whose every service is the double. */
function tenantOf({ world, certificates }: Double): string {
  const at = world.root()
  return `
tenants:
  - tenant: ${tenantId}
    credentials: { type: secret, clientId: ${clientId}, clientSecret: "\${HOOFPRINT_CLIENT_SECRET}" }
    network: { caFile: ${certificates.authorityFile}, noProxy: "*" }
    endpoints: { login: "${at}", management: "${at}", graph: "${at}" }
    sources: { graphSignIns: {} }
`
}

const fail = (fault: Error) => {
  throw fault
}
const silentLog = { debug() {}, info() {}, warn() {}, error() {} }
