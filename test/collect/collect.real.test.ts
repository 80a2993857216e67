import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openForReading } from '#src/case/database.ts'
import { openMarkBook } from '#src/case/mark-book.ts'
import { openCase } from '#src/case/store.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { root } from '../support/cli.ts'
import { storedIn } from '../support/elasticsearch/stored.ts'
import { elasticsearches } from '../support/elasticsearch.ts'
import { seeded } from '../support/microsoft/clock.ts'
import { start as began, type Double, microsoftDouble } from '../support/microsoft/double.ts'
import { fillWeek, spoil, types, type Week, weekMs } from '../support/microsoft/week.ts'
import { clientId, clientSecret, tenantId } from '../support/microsoft/world.ts'
import { missed } from '../support/missed.ts'
import { type SwitchedProxy, switchedProxy } from '../support/switched-proxy.ts'

/** `HOOFPRINT_WEEK=full` takes some four minutes. */
const sizes = {
  small: { records: 10_000, blobs: 400, kills: 6, weekSeconds: 30 },
  full: { records: 50_000, blobs: 2000, kills: 20, weekSeconds: 100 },
}
const size = process.env['HOOFPRINT_WEEK'] === 'full' ? sizes.full : sizes.small
const { servers, missing } = await elasticsearches()
const server = servers.at(-1)
const dayMs = weekMs / 7
const stuckMs = 180_000

if (server === undefined) missed('a week of collecting', `${missing[0]?.why}`)
else {
  describe(`a week of collecting, with ${size.kills} kills, a day without Elasticsearch and one without Microsoft, on ${server.name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'hoofprint-week-'))
    const caseFolder = join(folder, 'case')
    const namespace = `test_${randomBytes(6).toString('hex')}`
    const random = seeded(20260310)
    const client = connect({ url: server.url })
    const said: string[] = []
    let double: Double
    let week: Week
    let way: SwitchedProxy
    let config: string
    let kills = 0
    let markedAfter = 0
    let ended: { code: number | null; ms: number }
    const over = new AbortController()
    let latest: Collector | undefined
    let timer: NodeJS.Timeout | undefined

    beforeAll(async () => {
      double = await microsoftDouble()
      double.world.tokenLifetimeMs = 30 * 3_600_000
      week = fillWeek(double, size, random)
      spoil(double, 0.05, random, () => day() === 5)
      way = await switchedProxy(new URL(server.url))
      config = writeConfig(folder, double, { case: caseFolder, namespace, port: way.port })
      try {
        await Promise.race([liveThroughTheWeek().then(catchUp), stuck()])
      } finally {
        over.abort()
      }
    }, 600_000)

    afterAll(async () => {
      clearInterval(timer)
      await latest?.end('SIGKILL')
      await client.close()
      await way.close()
      await double.close()
      rmSync(folder, { recursive: true })
    })

    test('every record is in Elasticsearch, exactly once', async () => {
      const copies = await storedIn(client, `logs-o365.audit-${namespace}`)

      expect(kills).toBe(size.kills)
      expect(copies.length).toBe(week.ids.size)
      expect(new Set(copies.map(({ id }) => id))).toEqual(week.ids)
    }, 120_000)

    test('what was marked in the middle of it is told to every document, those before it too', async () => {
      const index = `logs-o365.audit-${namespace}`
      const { count } = await client.count({ index, query: { term: { 'hoofprint.actor': 'intruder' } } })

      expect(markedAfter).toBeGreaterThan(0)
      expect(count).toBe(week.ids.size)
    })

    test('the case has counted each record it read, and each event once', () => {
      const store = openCase(caseFolder, { mustExist: true })
      const evidences = store.evidences()
      const totals = { complete: 0, stored: 0, wrong: 0 }
      for (const { complete, counts } of evidences) {
        totals.complete += Number(complete)
        totals.stored += counts.stored
        if (counts.read !== counts.stored + counts.duplicate + counts.rejected) totals.wrong += 1
      }
      store.close()

      expect(totals).toEqual({ complete: size.blobs - week.lost.size, stored: week.ids.size, wrong: 0 })
    })

    test('the case is made for little at a time', () => {
      const db = openForReading(caseFolder)
      const { page_size: bytes } = { ...db.prepare('pragma page_size').get() }
      db.close()

      expect(bytes).toBe(4096)
    })

    test('every loss is a gap, and nothing else is', () => {
      const store = openCase(caseFolder, { mustExist: true })
      const gaps = store.collection.gaps(10_000).filter(({ closed }) => closed === undefined)
      store.close()

      expect(week.lost.size).toBeGreaterThan(5)
      expect(new Set(gaps.filter(({ final }) => final).map(({ name }) => name))).toEqual(week.lost)
      expect(gaps.filter(({ final }) => !final)).toEqual([])
    })

    test('asked to stop, it ends within 10 seconds', () => {
      expect(ended.code).toBe(0)
      expect(ended.ms).toBeLessThan(10_000)
    })

    test('health and metrics told how each stream was doing', () => {
      const all = said.join('\n')

      for (const type of types)
        expect(all).toContain(`hoofprint_stream_events_total{stream="management-api:${tenantId}:${type}"}`)
      expect(all).toMatch(/hoofprint_throttled_total\{api="Management API"\} [1-9]/)
      expect(all).toMatch(/hoofprint_outbox_events [1-9]/)
      expect(all).toContain('"healthy":true')
    })

    test('secrets and tokens are in no log, answer or file', () => {
      const tokens = double.requests.map(({ headers }) => headers.authorization ?? '').filter(Boolean)
      const secrets = [clientSecret, tokens[0]?.slice('Bearer '.length, 'Bearer '.length + 60) ?? '?']
      const texts = [Buffer.from(said.join('\n')), ...filesIn(caseFolder).map((path) => readFileSync(path))]

      expect(tokens.length).toBeGreaterThan(size.blobs)
      expect(tokens.every((token) => token.includes(secrets[1] as string))).toBe(true)
      for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([])
    })

    /** Of the week, from 0 on. */
    function day(): number {
      return Math.floor((double.clock.now() - Date.parse(began)) / dayMs)
    }

    function start(...more: string[]): Collector {
      over.signal.throwIfAborted()
      latest = startCollector(config, ...more)
      return latest
    }

    async function liveThroughTheWeek(): Promise<void> {
      const began = double.clock.now()
      const passed = () => double.clock.now() - began
      timer = setInterval(() => {
        // As in life, content comes no faster than it can be read; while nothing can be, it comes all the same.
        const isBehind = day() !== 5 && backlogOf(double) > size.blobs / 10
        const step = isBehind ? 0 : (weekMs / size.weekSeconds) * 0.05
        double.clock.pass(Math.min(step, weekMs - passed()))
        const isAway = day() === 3
        if (way.isOpen === isAway) way.isOpen = !isAway
      }, 50)
      while (passed() < weekMs || kills < size.kills) {
        const collector = start()
        const isEarly = random() < 0.25 // While it starts.
        if (!isEarly) await collector.listening
        if (!isEarly) markOnce()
        await sleep(random() * 4000)
        const isLast = kills === size.kills
        while (isLast && passed() < weekMs) {
          markOnce() // Where all is slow, the kills may all have been within its first day.
          await sleep(100, undefined, { signal: over.signal })
        }
        if (!isEarly) said.push(await collector.ask('/metrics'), await collector.ask('/healthz'))
        const end = await collector.end(isLast ? 'SIGTERM' : 'SIGKILL')
        if (isLast) ended = end
        else kills += 1
        said.push(collector.output())
      }
      clearInterval(timer)
      way.isOpen = true
    }

    function markOnce(): void {
      if (markedAfter === 0 && day() > 0) markedAfter = mark()
    }

    /** Beside the collector, where the intruder is; gives how many records there are then. */
    function mark(): number {
      const book = openMarkBook(caseFolder)
      book.changeMarks([{ kind: 'ip', value: '203.0.113.7', actor: 'intruder' }], [])
      book.close()
      const db = openForReading(caseFolder)
      const { n } = { ...db.prepare('select count(*) as n from event').get() }
      db.close()
      return Number(n)
    }

    async function catchUp(): Promise<void> {
      double.onAny(() => undefined)
      double.clock.pass(dayMs + dayMs / 8) // By then all that still is there has been listed anew.
      for (let round = 0; round < 4; round += 1) {
        const once = start('--once')
        await once.ended
        said.push(once.output())
      }
    }

    /** Never resolves; rejects with what is known when nothing has moved for long. */
    async function stuck(): Promise<never> {
      let before = { moves: -1, at: 0 }
      for (;;) {
        const moves = double.clock.now() + said.length
        if (moves !== before.moves) before = { moves, at: performance.now() }
        if (performance.now() - before.at > stuckMs) throw new Error(`nothing moves any more: ${situation()}`)
        await sleep(1000, undefined, { signal: over.signal })
      }
    }

    function situation(): string {
      const facts = { kills, unread: backlogOf(double), requests: double.requests.length, isOpen: way.isOpen }
      return `${JSON.stringify(facts)}\n${latest?.output().slice(-8000)}`
    }
  })
}

const env = { HOOFPRINT_TEST_SECRET: clientSecret }

/** How many contents could have been asked for and were not. */
function backlogOf(double: Double): number {
  const asked = new Set(double.requests.map(({ url }) => url.pathname).filter((path) => path.includes('/audit/')))
  const now = double.clock.now()
  return double.feed.blobs.filter(({ created, listedAt = created }) => listedAt <= now).length - asked.size
}

function writeConfig(folder: string, double: Double, to: { case: string; namespace: string; port: number }): string {
  const path = join(folder, 'hoofprint.yaml')
  const address = double.world.root()
  writeFileSync(
    path,
    `
case: ${to.case}
namespace: ${to.namespace}
elasticsearch: { url: "http://127.0.0.1:${to.port}" }
collect: { listen: "127.0.0.1:0", publishSeconds: 2, heartbeatMinutes: 0.02 }
tenants:
  - tenant: ${tenantId}
    credentials: { type: secret, clientId: ${clientId}, clientSecret: "\${HOOFPRINT_TEST_SECRET}" }
    network: { caFile: ${double.certificates.authorityFile}, noProxy: "*", stallTimeoutMs: 500, answerTimeoutMs: 5000 }
    endpoints: { login: "${address}", management: "${address}", graph: "${address}" }
    sources:
      managementApi: { contentTypes: [${types.join(', ')}], everySeconds: 1, requestsPerMinute: 4000 }
`,
  )
  return path
}

type Collector = ReturnType<typeof startCollector>

function startCollector(config: string, ...more: string[]) {
  const { ELASTICSEARCH_URL: _, ...own } = process.env
  const args = [join(root, 'src/cli.ts'), 'collect', '--config', config, ...more]
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const listening = new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`it ended early: ${output}`)))
    const note = (chunk: Buffer) => {
      output += chunk
      const [, address] = /"listening":"([^"]+)".*"collecting"/.exec(output) ?? []
      if (address !== undefined) resolve(address)
    }
    child.stdout?.on('data', note)
    child.stderr?.on('data', note)
  })
  listening.catch(() => {}) // Some are ended before.
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    ended: exited,
    output: () => output,
    listening,
    async ask(path: string): Promise<string> {
      const answer = await fetch(`http://${await listening}${path}`)
      return answer.text()
    },
    async end(signal: NodeJS.Signals) {
      const asked = performance.now()
      child.kill(signal)
      return { code: await exited, ms: performance.now() - asked }
    },
  }
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
