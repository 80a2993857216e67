import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@elastic/elasticsearch'
import { connect } from '../src/sinks/elasticsearch/client.ts'
import { targetOf } from '../src/sinks/elasticsearch/options.ts'
import { setup } from '../src/sinks/elasticsearch/setup.ts'
import { startDistribution } from '../test/support/elasticsearch/distribution.ts'
import { writeBodies } from './bodies.ts'
import { command, numberOf, runs, shape } from './command.ts'
import { compare, measure, type Program } from './measure.ts'
import { cache, emptied, hoofprint, needRoom } from './places.ts'
import { fileOf, shapeOf } from './shapes.ts'

const longestMergeMs = 60_000
const concurrencies = [1, 2, 3, 4, 6]

/** What is published, each way it is prepared for. */
interface Prepared {
  readonly rows: number
  readonly dataset: string
  readonly caseFolder: string
  readonly bodies: string
  readonly bodiesCount: number
  readonly lines: string
}

/**
 * `npm run bench -- publish`: how a case gets into Elasticsearch. Beside it, in turn: the same documents as request bodies made beforehand,
 * sent with the concurrency that proves best (what this Elasticsearch can take), and Python's `parallel_bulk` where there is one. An
 * Elasticsearch that exists has a machine of its own, so the one that is started gets half of the cores for itself.
 */
export const publishing = command({
  does: 'hoofprint publish against the same bodies sent as they are (the raw ceiling), on ELASTICSEARCH_URL or one started for this',
  options: {
    shape,
    rows: { type: 'string', default: '524288', help: 'how many rows: of 200000, starting takes some 3 %' },
    runs,
    version: { type: 'string', default: '9.5.3', help: 'of the Elasticsearch that is started' },
    together: {
      type: 'boolean',
      default: false,
      help: 'Elasticsearch and who sends share all cores, as on one machine',
    },
  },
  async run({ shape, rows, runs, version, together }) {
    const times = numberOf('runs', runs)
    const prepared = prepare(shape, numberOf('rows', rows))
    const half = availableParallelism() >> 1
    const apart = !together && half > 0
    if (apart) stayOn(0, half - 1)
    const given = process.env['ELASTICSEARCH_URL']
    const server =
      given === undefined ? await startDistribution(version, { java: 'long' }) : { url: given, stop: async () => {} }
    if (apart) stayOn(half, 2 * half - 1)
    try {
      await compareAt(server.url, prepared, times, { shape, version: given === undefined ? version : 'given', apart })
    } finally {
      await server.stop()
      rmSync(`${cache}publish`, { recursive: true, force: true })
    }
  },
})

/** Always anew: what was made by yesterday's program would be compared with today's. */
function prepare(shape: string, rows: number): Prepared {
  const file = fileOf(shape, rows)
  needRoom(rows * shapeOf(shape).bytes.documents * 2, `publishing ${rows} rows of ${shape}`)
  const folder = emptied('publish')
  const [caseFolder, bodies, lines] = [`${folder}/case`, `${folder}/bodies/`, `${folder}/documents.ndjson`]
  const [program, ...words] = hoofprint
  execFileSync(program, [...words, 'import', file, '--case', caseFolder, '--quiet'])
  const dataset = shape === 'purview' ? 'o365.audit' : 'o365.activity'
  return { rows, dataset, caseFolder, bodies, lines, bodiesCount: writeBodies(caseFolder, { folder: bodies, lines }) }
}

async function compareAt(url: string, prepared: Prepared, times: number, given: object): Promise<void> {
  const client = connect({ url })
  const index = `logs-*-${ours}_*`
  // What a run leaves in Elasticsearch's memory would be written during the next one, and its segments merged.
  const prepare = async () => {
    while (setUp < namespaces) {
      setUp += 1
      await setup({ client, target: targetOf(url) }, { namespace: `${ours}_${setUp}` }, { log })
    }
    await client.indices.flush({ index, force: true })
    const until = performance.now() + longestMergeMs
    while ((await mergesUnderWay(client, index)) > 0 && performance.now() < until) await sleep(200)
  }
  try {
    await compareWith(url, prepared, { times, given, prepare })
  } finally {
    await client.close()
  }
}

async function mergesUnderWay(client: Client, index: string): Promise<number> {
  const { _all: all } = await client.indices.stats({ index, metric: 'merge' })
  return all.total?.merges?.current ?? 0
}

interface Comparing {
  readonly times: number
  readonly given: object
  /** What has to be done before each run. */
  prepare(): Promise<void>
}

async function compareWith(url: string, prepared: Prepared, { times, given, prepare }: Comparing): Promise<void> {
  const most = Math.max(4, Math.ceil(prepared.bodiesCount / 4))
  const seconds: number[] = []
  // The first trial warms Elasticsearch up.
  for (const concurrency of [1, ...concurrencies]) {
    seconds.push((await measure({ ...raw(url, prepared, concurrency, most), prepare })).seconds)
  }
  const trials = seconds.slice(1)
  const bestConcurrency = concurrencies[trials.indexOf(Math.min(...trials))] ?? 2

  // Each run has a data stream of its own, so the command is made anew.
  const programs = [() => publisher(url, prepared), () => raw(url, prepared, bestConcurrency)]
  if (hasPython()) programs.push(() => python(url, prepared))
  // There and back: none always comes after the same one.
  const rounds = Array.from({ length: times }, (_, i) => (i % 2 === 0 ? programs : programs.toReversed()))
  const all = rounds.flat().map((program) => ({ ...program(), prepare }))
  await compare(all, 1, { ...given, bestConcurrency })
}

function publisher(url: string, { rows, caseFolder }: Prepared): Program {
  const options = ['--case', caseFolder, '--elasticsearch', url, '--namespace', namespace(), '--quiet']
  return { name: 'hoofprint publish', rows, command: [...hoofprint, 'publish', ...options] }
}

function raw(url: string, { rows, dataset, bodies }: Prepared, concurrency: number, most = Infinity): Program {
  const bulk = `${url}/logs-${dataset}-${namespace()}/_bulk`
  const command = [process.execPath, 'bench/send-bodies.ts', bodies, bulk, `${concurrency}`, `${most}`]
  return { name: 'raw ceiling', rows, command }
}

function python(url: string, { rows, dataset, lines }: Prepared): Program {
  const command = ['python3', 'bench/parallel_bulk.py', lines, url, `logs-${dataset}-${namespace()}`]
  return { name: 'parallel_bulk', rows, command }
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import elasticsearch'], { stdio: 'ignore' })
    return true
  } catch {
    console.log(
      'NOT COMPARED with parallel_bulk: no python3 with the package elasticsearch (pip install "elasticsearch>=8,<9")',
    )
    return false
  }
}

const ours = `bench_${randomBytes(6).toString('hex')}`
let namespaces = 0
let setUp = 0
const log = { info() {}, warn() {}, error() {} }

function namespace(): string {
  namespaces += 1
  return `${ours}_${namespaces}`
}

/** From now on this process and what it starts run on these cores. */
function stayOn(first: number, last: number): void {
  const cores = ['--all-tasks', '--pid', '--cpu-list', `${first}-${last}`, `${process.pid}`]
  execFileSync('taskset', cores, { stdio: 'ignore' })
}
