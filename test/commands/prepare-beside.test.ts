import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { needsPreparing } from '#src/case/open-view.ts'
import { openCase } from '#src/case/store.ts'
import { createRandom } from '../../samples/random.ts'
import { contentsOf, entry, put } from '../support/case.ts'
import { root } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'
import { leftByVersion } from '../support/older-case.ts'

test('while an older case is made ready its collector says so and is alive, ends at once when it is asked to, and goes on at the next start', async () => {
  const folder = temporaryFolder()
  const config = written(folder)
  older(join(folder, 'case'), 10)
  const blocker = new DatabaseSync(join(folder, 'case/case.sqlite'))
  blocker.exec('begin immediate') // As if a step took its time.

  const first = started(config)
  const address = await first.said(/"listening":"([^"]+)".*making the case ready/)
  const [health, ready, metrics] = await Promise.all(
    ['/healthz', '/readyz', '/metrics'].map((path) => fetch(`http://${address}${path}`)),
  )
  const { preparing, reasons } = (await health?.json()) as { preparing: string; reasons: unknown[] }
  const asked = spawn(process.execPath, [join(root, 'bin/healthcheck.mjs')], { env: { HOOFPRINT_LISTEN: address } })
  const [healthcheck] = await once(asked, 'exit')
  const end = await first.end('SIGTERM')
  blocker.close()
  const versionThen = version(join(folder, 'case'))

  const second = started(config)
  await second.said(/"listening":"([^"]+)".*collecting/)
  const endThen = await second.end('SIGTERM')

  expect([health?.status, ready?.status, metrics?.status]).toEqual([503, 200, 503])
  expect([preparing, reasons]).toEqual([expect.stringMatching(/case/), [expect.objectContaining({ stream: 'case' })]])
  expect([healthcheck, versionThen]).toEqual([0, 10])
  expect(end.code).toBe(0)
  expect(end.ms).toBeLessThan(10_000) // As docs/collect.md promises; without being asked it would wait for ever.
  expect(first.output()).toContain('the next start goes on making the case ready')
  expect(endThen.code).toBe(0)
  expect(needsPreparing(join(folder, 'case'), true)).toBe(false)
  expect(second.output()).toContain('bringing the case up to date')
}, 300_000)

test('where the process that makes it ready is ended by another, the collector says so and does what is left', async () => {
  const folder = temporaryFolder()
  const config = written(folder)
  older(join(folder, 'case'), 10)
  const blocker = new DatabaseSync(join(folder, 'case/case.sqlite'))
  blocker.exec('begin immediate')

  const collector = started(config)
  await collector.said(/"listening":"([^"]+)".*making the case ready/)
  process.kill(Number(await found(() => childOf(collector.pid))), 'SIGKILL')
  await collector.said(/"endedBy":"(SIGKILL)".*done here/)
  blocker.close()
  await collector.said(/"listening":"([^"]+)".*collecting/)
  const { code } = await collector.end('SIGTERM')

  expect(code).toBe(0)
  expect(needsPreparing(join(folder, 'case'), true)).toBe(false)
}, 300_000)

test('a database of addresses that is none is refused before a case is made ready', async () => {
  const folder = temporaryFolder()
  const config = written(folder)
  older(join(folder, 'case'), 10)

  const { status, stderr } = spawnSync(process.execPath, [join(root, 'src/cli.ts'), 'collect', '--config', config], {
    encoding: 'utf8',
    env: { ...process.env, HOOFPRINT_TEST_SECRET: 'invented', HOOFPRINT_GEO_DB: config },
  })

  expect(status).toBe(2)
  expect(stderr).not.toContain('making the case ready')
  expect(version(join(folder, 'case'))).toBe(10)
})

test('a case that lacks nothing, and none, are opened without more ado', () => {
  const folder = temporaryFolder()
  expect(needsPreparing(folder, true)).toBe(false)
  const store = openCase(folder)
  put(store, 'a.csv', [entry()])
  store.close()

  expect([needsPreparing(folder, false), needsPreparing(folder, true)]).toEqual([false, true])
})

test('killed wherever it is made ready, a case ends as one that nobody killed', async () => {
  const [calm, killed] = [temporaryFolder(), temporaryFolder()]
  older(calm, 20_000)
  cpSync(calm, killed, { recursive: true })
  const random = createRandom(7)
  const calmly = await prepared(calm, undefined)
  const codes: (number | null)[] = []
  for (let i = 0; i < 8; i += 1) codes.push((await prepared(killed, calmly.ms * random.fraction())).code)
  const { code } = await prepared(killed, undefined)

  expect([calmly.code, code]).toEqual([0, 0])
  expect(codes).toContain(null)
  expect(contentsOf(killed)).toEqual(contentsOf(calm))
  expect(schemaOf(killed)).toEqual(schemaOf(calm))
  expect(needsPreparing(killed, true)).toBe(false)
}, 300_000)

/** A collector's case as an earlier version left it, with nothing that only forgetting and delivering again look up. */
function older(folder: string, events: number): void {
  const store = openCase(folder, { pages: 'small' })
  const usage = { ip: '192.0.2.7', userAgent: undefined, isOwn: true, asks: false }
  const of = (i: number) => ({
    id: `1111111${i % 10}-2222-4333-8444-0000${10_000_000 + i}`.toUpperCase(),
    session: `S-${i % 50}`,
  })
  store.delivery('elasticsearch').begin(0)
  for (let at = 0; at < events; at += 5000) {
    const some = Array.from({ length: Math.min(5000, events - at) }, (_, i) => at + i)
    put(
      store,
      `${at}.json`,
      some.map((i) => entry({ ...of(i), dataset: 'o365.audit', time: i, row: i, usage, content: 'x'.repeat(500) })),
    )
  }
  store.close()
  leftByVersion(10, folder)
}

async function prepared(folder: string, killedAfterMs: number | undefined) {
  const began = performance.now()
  const child = spawn(process.execPath, [join(root, 'src/commands/prepare-case.ts'), folder, 'delivered'])
  const ended = once(child, 'exit')
  if (killedAfterMs !== undefined) void sleep(killedAfterMs).then(() => child.kill('SIGKILL'))
  const [code] = (await ended) as [number | null]
  return { code, ms: performance.now() - began }
}

function written(folder: string): string {
  const path = join(folder, 'hoofprint.yaml')
  const nowhere = 'https://127.0.0.1:1'
  writeFileSync(
    path,
    `
case: ${join(folder, 'case')}
elasticsearch: { url: "http://127.0.0.1:1" }
collect: { listen: "127.0.0.1:0" }
tenants:
  - tenant: 6f1e2d3c-0000-4000-8000-00000000aaaa
    credentials: { type: secret, clientId: 6f1e2d3c-0000-4000-8000-00000000bbbb, clientSecret: "\${HOOFPRINT_TEST_SECRET}" }
    endpoints: { login: "${nowhere}", management: "${nowhere}", graph: "${nowhere}" }
    sources: { managementApi: {} }
`,
  )
  return path
}

function started(config: string) {
  const { ELASTICSEARCH_URL: _, ...own } = process.env
  const child: ChildProcess = spawn(process.execPath, [join(root, 'src/cli.ts'), 'collect', '--config', config], {
    env: { ...own, HOOFPRINT_TEST_SECRET: 'invented' },
  })
  let output = ''
  const note = (chunk: Buffer) => {
    output += chunk
  }
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', note)
  const exited = once(child, 'exit')
  return {
    pid: child.pid as number,
    output: () => output,
    said: (pattern: RegExp) =>
      found(() => {
        const [, part] = pattern.exec(output) ?? []
        if (part === undefined && child.exitCode !== null) throw new Error(`it ended early: ${output}`)
        return part
      }),
    async end(signal: NodeJS.Signals) {
      const asked = performance.now()
      child.kill(signal)
      const [code] = (await exited) as [number | null]
      return { code, ms: performance.now() - asked }
    },
  }
}

async function found(look: () => string | undefined): Promise<string> {
  for (;;) {
    const seen = look()
    if (seen !== undefined) return seen
    await sleep(50)
  }
}

function childOf(pid: number): string | undefined {
  const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
  return stdout.trim() || undefined
}

function version(folder: string): number {
  const db = new DatabaseSync(join(folder, 'case.sqlite'))
  const { user_version } = { ...db.prepare('pragma user_version').get() }
  db.close()
  return Number(user_version)
}

function schemaOf(folder: string): unknown[] {
  const db = new DatabaseSync(join(folder, 'case.sqlite'))
  const found = db.prepare('select type, name, sql from sqlite_schema order by name').all()
  db.close()
  return found.map((row) => ({ ...row }))
}
