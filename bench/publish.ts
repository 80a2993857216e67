import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { openReader } from '../src/case/reader.ts'
import { renderDocuments } from '../src/render-documents.ts'
import { connect, targetOf } from '../src/sinks/elasticsearch/client.ts'
import { setup } from '../src/sinks/elasticsearch/setup.ts'
import { unpackDocuments } from '../src/sinks/packed-documents.ts'
import { startDistribution } from '../test/support/elasticsearch/distribution.ts'
import { measure, type Program, type Run, tabulate } from './measure.ts'

/**
 * Measures how a case gets into Elasticsearch: `npm run bench -- publish`, or with `--rows 50000 --runs 5`. Beside it, in turn: the same
 * documents as request bodies made beforehand, sent with the concurrency that proves best (what this Elasticsearch can take), and
 * Python's `parallel_bulk` where there is one. Elasticsearch is that of ELASTICSEARCH_URL, else one started for this; with `--apart` it gets
 * one half of the cores and whoever sends the other, as if they were two machines (Linux).
 */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '200000' },
    runs: { type: 'string', default: '3' },
    version: { type: 'string', default: '9.5.3' },
    apart: { type: 'boolean', default: false },
  },
})

const rows = Number(values.rows)
const folder = new URL('../.cache/bench/', import.meta.url).pathname
const [file, caseFolder] = [`${folder}retriever-${rows}.csv`, `${folder}publish-${rows}-case`]
const bodies = `${folder}publish-${rows}-bodies/`
const documents = `${folder}publish-${rows}.ndjson`
const hoofprint = ['node', '--max-semi-space-size=6', 'bin/hoofprint.mjs']
const bodyBytes = 5_000_000
const concurrencies = [1, 2, 3, 4, 6]

mkdirSync(folder, { recursive: true })
if (!existsSync(file)) execFileSync('node', ['bench/generate-retriever.ts', values.rows, file])
// Always anew: what was made by yesterday's program would be compared with today's.
for (const old of [caseFolder, bodies, documents]) rmSync(old, { recursive: true, force: true })
execFileSync('node', [...hoofprint.slice(1), 'import', file, '--case', caseFolder, '--quiet'])
prepareBodies()

const half = availableParallelism() >> 1
if (values.apart) stayOn(0, half - 1)
const given = process.env['ELASTICSEARCH_URL']
const server = given === undefined ? await startDistribution(values.version) : { url: given, stop: async () => {} }
if (values.apart) stayOn(half, 2 * half - 1)
try {
  await compare(server.url)
} finally {
  await server.stop()
}

async function compare(url: string): Promise<void> {
  const client = connect({ url })
  const log = { info() {}, warn() {}, error() {} }
  await setup({ client, target: targetOf(url) }, {}, { log })
  await client.close()

  const trials: Run[] = []
  const most = Math.max(4, Math.ceil(readdirSync(bodies).length / 4))
  for (const concurrency of [1, ...concurrencies]) trials.push(await measure(raw(url, concurrency, most), rows))
  // The first trial warms Elasticsearch up.
  const best = concurrencies[indexOfLeast(trials.slice(1).map(({ seconds }) => seconds))] ?? 2
  console.log(JSON.stringify({ bestConcurrency: best }))

  const runs: Run[] = []
  const programs = [publisher, (at: string) => raw(at, best), ...(hasPython() ? [python] : [])]
  for (let i = 0; i < Number(values.runs); i += 1) {
    for (const program of programs) {
      const run = await measure(program(url), rows)
      runs.push(run)
      console.log(JSON.stringify(run))
    }
  }
  tabulate(
    programs.map((program) => program(url)),
    runs,
  )
}

function publisher(url: string): Program {
  const options = ['--case', caseFolder, '--elasticsearch', url, '--namespace', namespace(), '--quiet']
  return { name: 'hoofprint publish', command: [...hoofprint, 'publish', ...options] }
}

function raw(url: string, concurrency: number, most = Number.POSITIVE_INFINITY): Program {
  const bulk = `${url}/logs-o365.activity-${namespace()}/_bulk`
  return { name: 'raw ceiling', command: ['node', 'bench/send-bodies.ts', bodies, bulk, `${concurrency}`, `${most}`] }
}

function python(url: string): Program {
  const command = ['python3', 'bench/parallel_bulk.py', documents, url, `logs-o365.activity-${namespace()}`]
  return { name: 'parallel_bulk', command }
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

function namespace(): string {
  return `bench_${randomBytes(6).toString('hex')}`
}

/** From now on this process and what it starts run on these cores. */
function stayOn(first: number, last: number): void {
  execFileSync('taskset', ['--all-tasks', '--pid', '--cpu-list', `${first}-${last}`, `${process.pid}`], {
    stdio: 'ignore',
  })
}

function indexOfLeast(list: readonly number[]): number {
  return list.indexOf(Math.min(...list))
}

/** Writes the documents of the case as bulk bodies, a file each, and as lines for Python. */
function prepareBodies(): void {
  mkdirSync(bodies)
  const reader = openReader(caseFolder)
  const lines = openSync(documents, 'w')
  let [parts, size, count]: [Uint8Array[], number, number] = [[], 0, 0]
  const flush = () => {
    const body = openSync(`${bodies}${String(count).padStart(6, '0')}.ndjson`, 'w')
    writeSync(body, Buffer.concat(parts))
    closeSync(body)
    ;[parts, size, count] = [[], 0, count + 1]
  }
  for (const events of reader.slices({ after: 0, until: reader.lastSeq() }, 500)) {
    const task = { events: [events], namespace: 'bench', ingested: new Date().toISOString() }
    for (const { id, source } of unpackDocuments(renderDocuments(reader, task).documents)) {
      const lf = Buffer.from('\n')
      parts.push(Buffer.from(`${JSON.stringify({ create: { _id: id } })}\n`), source, lf)
      size += source.length + 60
      writeSync(lines, Buffer.concat([source, lf]))
      if (size >= bodyBytes) flush()
    }
  }
  if (size > 0) flush()
  closeSync(lines)
  reader.close()
}
