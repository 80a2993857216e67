import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@elastic/elasticsearch'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { openLookups } from '#src/enrich/lookups.ts'
import { RetryableError } from '#src/errors.ts'
import { silent } from '#src/progress.ts'
import { type PublishTotals, publish } from '#src/publish.ts'
import { once } from '#src/remember.ts'
import { type PublishTask, renderDocuments } from '#src/render/render-documents.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { elasticsearchSink } from '#src/sinks/elasticsearch/index.ts'
import { setup } from '#src/sinks/elasticsearch/setup.ts'
import type { Sink } from '#src/sinks/sink.ts'
import { inline } from '#src/threads.ts'
import { manyRows } from '../../bench/many-rows.ts'
import { createRandom } from '../../samples/random.ts'
import { fileStart, formatRow } from '../../samples/retriever-csv.ts'
import { importFile } from '../support/case.ts'
import { root } from '../support/cli.ts'
import { describeOnOwnElasticsearch } from '../support/elasticsearch/own.ts'
import { storedIn } from '../support/elasticsearch/stored.ts'
import { temporaryFolderOfSuite } from '../support/folder.ts'
import { type Fault, faultyProxy, randomFaults } from '../support/proxy.ts'

const kills = Number(process.env['HOOFPRINT_KILLS'] ?? 8)
const events = 4_000
const patience = 600_000
const never = new AbortController().signal
// Each time it looks at its disks, Elasticsearch takes the block of full ones away, for these are not: here it looks seldom.
const wishes = { settings: ['xpack.security.enabled: false', 'cluster.info.update.interval: 1h'] }
const log = { info() {}, warn() {}, error() {} }
/** Waits less than is meant to be: what only makes a test slow. */
const longestWaitMs = 100
const deps = { sleep: (ms: number) => sleep(Math.min(ms, longestWaitMs)), log }

await describeOnOwnElasticsearch('delivery through faults', wishes, (server) => {
  const folder = temporaryFolderOfSuite()
  const [first, second] = [join(folder, 'first.csv'), join(folder, 'second.csv')]
  let client: Client
  let calm: string[]

  beforeAll(async () => {
    client = connect({ url: server().url })
    const rows = [...manyRows(createRandom(1), events)].map(formatRow)
    // Two files that overlap; what the second brings changes documents of the first.
    writeFileSync(first, fileStart + rows.filter((_, i) => i % 3 > 0).join(''))
    writeFileSync(second, fileStart + rows.filter((_, i) => i % 3 < 2).join(''))
    const { path, namespace } = await freshCase([first, second])
    expect(await publishOnce(path, namespace, server().url)).toMatchObject({ written: events })
    calm = await sayingsOf(namespace)
  }, patience)
  const proxies: { close(): Promise<unknown> }[] = []
  afterEach(async () => {
    for (const proxy of proxies.splice(0)) await proxy.close()
  })
  afterAll(() => client.close())

  async function freshCase(files: readonly string[]) {
    const namespace = `test_${randomBytes(6).toString('hex')}`
    const path = join(folder, namespace)
    await add(path, files)
    await setUp(namespace)
    return { path, namespace, stream: `logs-o365.activity-${namespace}` }
  }

  async function setUp(namespace: string): Promise<void> {
    await setup({ client, target: server().url }, { namespace }, deps)
  }

  /** What the documents of a namespace say, but for when they came and where they went. */
  async function sayingsOf(namespace: string): Promise<string[]> {
    const stored = await storedIn(client, `logs-o365.activity-${namespace}`)
    return stored.map(({ text }) => text.replace(`"namespace":"${namespace}"`, '')).sort()
  }

  /** Every document once, and as the calm run left it; told briefly where not. */
  async function expectCalm(namespace: string): Promise<void> {
    const sayings = await sayingsOf(namespace)
    expect(sayings.length).toBe(calm.length)
    expect(sayings.filter((saying, i) => saying !== calm[i]).slice(0, 3)).toEqual([])
  }

  test.each([1, 2, 3])(
    'a proxy that delays, cuts, resets, mangles and refuses, seed %i, with rollovers',
    async (seed) => {
      const random = createRandom(seed)
      const { path, namespace, stream } = await freshCase([first])
      const proxy = await proxied(randomFaults(random, 0.35))

      await publishUntilDone(path, namespace, proxy.url)
      await client.indices.rollover({ alias: stream })
      await add(path, [second])
      await publishUntilDone(path, namespace, proxy.url)

      expect(proxy.happened.size).toBeGreaterThan(8)
      await expectCalm(namespace)
    },
    patience,
  )

  test(
    'a server that is killed in the middle, and comes back',
    async () => {
      const { path, namespace } = await freshCase([first, second])
      let restarted = Promise.resolve()

      await publishUntilDone(path, namespace, server().url, {
        sliceSize: 50,
        midway: async () => {
          await server().kill()
          restarted = server().restart()
        },
      })
      await restarted

      await expectCalm(namespace)
    },
    patience,
  )

  test(
    'a disk that is full for a while',
    async () => {
      const { path, namespace, stream } = await freshCase([first, second])
      const block = (on: boolean) =>
        client.indices.putSettings({
          index: stream,
          settings: { 'index.blocks.read_only_allow_delete': on ? true : null },
        })
      let released = Promise.resolve(0)

      await publishUntilDone(path, namespace, server().url, {
        sliceSize: 50,
        midway: async () => {
          await block(true)
          released = sleep(2_000).then(async () => {
            const { count } = await client.count({ index: stream })
            await block(false)
            return count
          })
        },
      })

      const during = await released
      expect(during).toBeGreaterThan(0)
      expect(during).toBeLessThan(events)
      await expectCalm(namespace)
    },
    patience,
  )

  test(
    `a publisher that is killed ${kills} times, while evidence arrives and the stream rolls over`,
    async () => {
      const random = createRandom(4)
      const { path, namespace, stream } = await freshCase([first])
      const proxy = await proxied(() => (random.chance(0.5) ? 'delay' : ('none' satisfies Fault)))
      const run = () => publisher(path, namespace, proxy.url)
      await setUp(`${namespace}_calm`)
      const wholeMs = await wholeRunMs(() => publisher(path, `${namespace}_calm`, proxy.url))
      let killed = 0
      let completed = 0
      let isWhole = false

      while (killed < kills) {
        const { ended, process: child } = run()
        const code = await Promise.race([
          ended,
          sleep(wholeMs * (0.25 + random.fraction() * 0.65), 'too late' as const),
        ])
        if (code === 'too late') {
          child.kill('SIGKILL')
          await ended
          killed += 1
        } else {
          expect(code).toBe(0)
          completed += 1
          // All of it comes again; not before it is up to date, for what is there already is then left as it is.
          if (isWhole) forgetCursor(path)
        }
        if (killed >= kills / 3 && !isWhole) {
          await add(path, [second])
          isWhole = true
        }
        if (random.chance(0.1)) await client.indices.rollover({ alias: stream }).catch(() => {}) // Not made yet.
      }
      while ((await run().ended) !== 0);

      console.info(`${killed} publishers killed, ${completed} came to their end`)
      await expectCalm(namespace)
    },
    patience,
  )

  test(
    `a publisher that is killed ${kills} times, while other marks are set`,
    async () => {
      const random = createRandom(5)
      const { path, namespace, stream } = await freshCase([first, second])
      const run = () => publisher(path, namespace, server().url)
      const wholeMs = await wholeRunMs(run)
      const sessions = sessionsOf(path)
      let most = 0

      for (let killed = 0; killed < kills; killed += 1) {
        mark(path, random.pick(sessions), random.pick(['intruder', 'owner']))
        const { ended, process: child } = run()
        const code = await Promise.race([ended, sleep(wholeMs * (0.3 + random.fraction() * 0.7), 'too late' as const)])
        if (code === 'too late') child.kill('SIGKILL')
        await ended
        await client.indices.refresh({ index: stream })
        const { count } = await client.count({ index: stream, query: { term: { 'hoofprint.actor': 'intruder' } } })
        most = Math.max(most, count)
      }
      mark(path)
      while ((await run().ended) !== 0);

      expect(most).toBeGreaterThan(0)
      await expectCalm(namespace)
    },
    patience,
  )

  async function proxied(next: () => Fault) {
    const proxy = await faultyProxy(server().url, next)
    proxies.push(proxy)
    return proxy
  }
})

async function add(path: string, files: readonly string[]): Promise<void> {
  const store = openCase(path)
  for (const file of files) await importFile(store, file, { chunkBytes: 1 << 20 })
  store.close()
}

interface How {
  readonly sliceSize?: number
  /** Happens once, when the first are stored, and before most others are sent. */
  readonly midway?: () => Promise<void>
}

async function publishOnce(
  path: string,
  namespace: string,
  url: string,
  { sliceSize = 200, midway = async () => {} }: How = {},
) {
  const store = openCase(path)
  const reader = openReader(path)
  const client = connect({ url, requestTimeoutMs: 10_000 })
  const sink = interrupted(elasticsearchSink(client, { target: 'one', namespace }, deps), midway)
  // As the command has them, which some of these tests run.
  const lookups = openLookups({})
  const crew = inline((task: PublishTask) => renderDocuments(reader, task, lookups))
  const options = { namespace, rejects: false, sliceSize, now: () => new Date(), progress: silent }
  try {
    return await publish({ store, reader, sink, crewFor: async () => crew }, options, never)
  } finally {
    lookups.close()
    reader.close()
    store.close()
    await client.close()
  }
}

/** The sink, whose third write waits for the two before it, and then for `midway`. */
function interrupted(sink: Sink, midway: () => Promise<void>): Sink {
  const writes: Promise<unknown>[] = []
  return {
    ...sink,
    write(...asked) {
      const isThird = writes.length === 2
      const before = isThird ? Promise.all(writes).then(midway) : Promise.resolve()
      const result = before.then(() => sink.write(...asked))
      writes.push(result)
      return result
    },
  }
}

/** Publishes again after each failure that may pass, and gives how many documents were brought up to date. */
async function publishUntilDone(path: string, namespace: string, url: string, how: How = {}): Promise<number> {
  const midway = once(async () => how.midway?.())
  for (;;) {
    const totals: PublishTotals | undefined = await publishOnce(path, namespace, url, { ...how, midway }).catch(
      (error: unknown) => {
        if (error instanceof RetryableError) return undefined
        throw error
      },
    )
    if (totals !== undefined) return totals.replaced
  }
}

/** `hoofprint publish`, as a process of its own. */
function publisher(path: string, namespace: string, url: string) {
  const options = ['--case', path, '--namespace', namespace, '--elasticsearch', url, '--quiet']
  const child = spawn(process.execPath, [join(root, 'src/cli.ts'), 'publish', ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return { process: child, ended: new Promise<number | null>((resolve) => child.once('exit', resolve)) }
}

/** How long one that nobody kills takes: kills are spread over that. */
async function wholeRunMs(run: () => ReturnType<typeof publisher>): Promise<number> {
  const start = performance.now()
  await run().ended
  return performance.now() - start
}

/** The longest sessions of a case. */
function sessionsOf(path: string): string[] {
  const db = new DatabaseSync(join(path, 'case.sqlite'))
  const rows = db
    .prepare('select session from event where session is not null group by 1 order by count(*) desc limit 5')
    .all()
  db.close()
  return rows.map(({ session }) => String(session))
}

/** Marks this session alone, or nothing. */
function mark(path: string, value?: string, actor: 'intruder' | 'owner' = 'intruder'): void {
  const store = openCase(path)
  store.changeMarks(value === undefined ? [] : [{ kind: 'session', value, actor }], 'all')
  store.close()
}

/** As if the case had never been delivered: all of it comes again. */
function forgetCursor(path: string): void {
  const db = new DatabaseSync(join(path, 'case.sqlite'))
  db.exec("delete from cursor where stream glob 'publish:*'")
  db.close()
}
