import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from '@jest/globals'
import { type CaseStore, openCase } from '#src/case/store.ts'
import { Config } from '#src/config/config.ts'
import { importPaths, writeCaseReports } from '#src/connector.ts'
import { publishCase } from '#src/delivery.ts'
import type { Job } from '#src/job.ts'
import { silent } from '#src/progress.ts'
import { shapeOf } from '../../bench/shapes.ts'
import { createRandom } from '../../samples/random.ts'
import { bulkServer } from '../sinks/bulk-server.ts'
import { never } from '../support/files.ts'
import { fileOf } from '../support/folder.ts'
import { countStatements } from '../support/statements.ts'

/**
 * What work costs, in what is the same on every machine: how often SQLite is asked, what is written and sent. Few enough rows for one
 * thread, for what workers ask is not counted.
 */
const noted = [
  {
    shape: 'retriever',
    rows: 15_000,
    costs: {
      ...{ importAsks: 285, reportAsks: 16_863, publishAsks: 9067 },
      ...{ caseBytes: 11_124_736, reportBytes: 45_138_963, bulkRequests: 11, sentBytes: 33_573_206 },
    },
  },
  {
    shape: 'purview',
    rows: 3000,
    costs: {
      ...{ importAsks: 455, reportAsks: 12_862, publishAsks: 7693 },
      ...{ caseBytes: 9_027_584, reportBytes: 31_182_625, bulkRequests: 6, sentBytes: 18_412_165 },
    },
  },
] as const
type Costs = Record<keyof (typeof noted)[number]['costs'], number>

// Paths of temporary folders are not the same everywhere, and stand in each document.
const mostLoss = 0.05
// What became cheaper by more has its new figure noted, or the next loss hides behind the old one.
const mostGain = 0.1

test.each(noted)('$rows rows of $shape all arrive, and cost what is noted', async ({ shape, rows, costs }) => {
  const { start, rows: made } = shapeOf(shape)
  const file = fileOf(start + [...made(createRandom(1), rows)].join(''), `${shape}.csv`)

  const { fates, measured } = await importAndPublish(file)

  expect(fates).toEqual({ read: rows, stored: rows, written: rows, documents: rows })
  expect(tolerated(measured, costs)).toEqual(costs)
})

test('a second export of the same events and a few more is not asked for one by one', async () => {
  const { start, rows: made } = shapeOf('retriever')
  const rows = [...made(createRandom(1), 5010)]
  const first = fileOf(start + rows.slice(0, 5000).join(''), 'first.csv')
  const second = fileOf(start + rows.join(''), 'second.csv')
  const folder = join(dirname(first), 'case')
  const store = openCase(folder)
  const statements = countStatements()
  const asksFor = async (path: string) => {
    const [file] = await importPaths(
      jobOf(folder, 'http://127.0.0.1:9'),
      store,
      { paths: [path], stdin: Readable.from([]) },
      () => {},
    )
    return { asks: statements.since(), counts: file?.counts }
  }
  try {
    const alone = await asksFor(first)
    const again = await asksFor(second)

    expect(again.counts).toMatchObject({ read: 5010, stored: 10, duplicate: 5000 })
    expect(again.asks).toBeLessThan(2 * alone.asks)
  } finally {
    statements.end()
    store.close()
  }
})

async function importAndPublish(file: string) {
  const server = await bulkServer()
  const folder = join(dirname(file), 'case')
  const store = openCase(folder)
  let done: Awaited<ReturnType<typeof doAll>>
  try {
    done = await doAll(jobOf(folder, server.url), store, file)
  } finally {
    store.close()
    await server.close()
  }
  const { counts, written, ...asks } = done
  const bulks = server.headers.filter((headers) => headers['content-type']?.includes('ndjson'))
  const measured: Costs = {
    ...asks,
    caseBytes: statSync(join(folder, 'case.sqlite')).size,
    reportBytes: bytesIn(join(folder, 'reports')),
    bulkRequests: bulks.length,
    sentBytes: bulks.reduce((sum, headers) => sum + Number(headers['content-length']), 0),
  }
  return { fates: { read: counts?.read, stored: counts?.stored, written, documents: server.stored.size }, measured }
}

async function doAll(job: Job, store: CaseStore, file: string) {
  const statements = countStatements()
  try {
    const [imported] = await importPaths(job, store, { paths: [file], stdin: Readable.from([]) }, () => {})
    const importAsks = statements.since()
    await writeCaseReports(job, store, true)
    const reportAsks = statements.since()
    const { written } = await publishCase(job, store)
    return { counts: imported?.counts, written, importAsks, reportAsks, publishAsks: statements.since() }
  } finally {
    statements.end()
  }
}

function jobOf(folder: string, url: string): Job {
  const log = { info() {}, warn() {}, error() {} }
  const now = new Date('2026-03-10T12:00:00Z')
  const deps = { now: () => now, sleep: async () => {}, random: () => 0.5, log }
  return { config: Config.parse({ case: folder, elasticsearch: { url } }), deps, progress: silent, signal: never }
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

/** What was measured, with the noted figure in place of what is near enough to it. */
function tolerated(measured: Costs, noted: Costs): object {
  const isNear = (own: number, cost: number) => own <= cost * (1 + mostLoss) && own >= cost * (1 - mostGain)
  const names = Object.keys(noted) as (keyof Costs)[]
  return Object.fromEntries(
    names.map((name) => [name, isNear(measured[name], noted[name]) ? noted[name] : measured[name]]),
  )
}
