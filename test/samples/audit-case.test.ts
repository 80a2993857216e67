import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { makeCase } from '../../samples/audit/make-case.ts'

const folder = join(import.meta.dirname, '../../samples/audit-case')
const made = makeCase()
const truthPath = '../audit-case.truth.json'
const truth = JSON.parse(text(truthPath))

test('the generator makes the committed files', () => {
  const paths = [...globSync('**/*.*', { cwd: folder }), truthPath].sort()
  const committed = paths.map((path) => [path, unpacked(path, readFileSync(join(folder, path)))] as const)

  expect(paths).toEqual([...made.keys()].sort())
  expect(committed.filter(([path, bytes]) => made.get(path)?.equals(bytes) !== true).map(([path]) => path)).toEqual([])
})

describe('the truth adds up', () => {
  test('the files hold as many rows and distinct records as it says, and together what it says', () => {
    const read = truth.files.map(({ path, shape }: FileTruth) => ({ path, shape, ids: idsIn(path, shape) }))

    expect(read.map(({ path, ids }: { path: string; ids: string[] }) => [path, ids.length, new Set(ids).size])).toEqual(
      truth.files.map(({ path, rows, distinct }: FileTruth) => [path, rows, distinct]),
    )
    expect(distinct(read, auditShapes)).toBe(truth.distinct.audit)
    expect(distinct(read, ['entra-signins-csv', 'graph-signins'])).toBe(truth.distinct.signIns)
    expect(distinct(read, ['message-trace'])).toBe(truth.distinct.messageTrace)
  })

  test('categories, operations and actors count the same records', () => {
    expect(sum(truth.byCategory)).toBe(truth.distinct.audit)
    expect(sum(truth.byOperation)).toBe(truth.distinct.audit)
    expect(Object.values(truth.byActor).reduce((total: number, counts) => total + sum(counts), 0)).toBe(
      truth.distinct.audit,
    )
    expect(sum(truth.byActor.intruder)).toBe(truth.intruder.records)
  })

  test('each logon has one outcome, by address, by user and by reason', () => {
    const { audit, signIns, inBoth } = truth.logons
    for (const logons of [audit, signIns]) {
      for (const groups of [logons.byAddress, logons.byUser, logons.byReason]) {
        expect(outcomesOf(Object.values(groups))).toEqual(logons.outcomes)
      }
      expect(sum(logons.outcomes)).toBe(logons.records)
    }
    expect(audit.records).toBe(truth.byCategory.logon)
    expect(truth.logons.distinct).toBe(audit.records + signIns.records - inBoth)
  })

  test('each message that was read has a subject somewhere or none', () => {
    const groups = [truth.reads, ...Object.values<Reads>({ ...truth.reads.byMailbox, ...truth.reads.byActor })]

    expect(groups.filter((reads) => reads.subjectKnown + reads.subjectUnknown !== reads.messages)).toEqual([])
    expect(truth.reads.subjectKnown).toBeGreaterThan(0)
    expect(truth.reads.subjectUnknown).toBeGreaterThan(0)
    expect(truth.reads.bindRecords + truth.reads.syncRecords).toBe(truth.byOperation.MailItemsAccessed)
  })

  test('every list is as long as its category', () => {
    for (const [category, list] of Object.entries<unknown[]>(truth.changes)) {
      expect([category, list.length]).toEqual([category, truth.byCategory[category]])
    }
    expect(truth.searches.list.length).toBe(truth.byCategory.search)
  })

  test('no session is both the intruder’s and somebody else’s', () => {
    const theirs = Object.entries<{ actor: string }>(truth.sessions).filter(([, { actor }]) =>
      actor.includes('intruder'),
    )

    expect(theirs.map(([id, { actor }]) => [id, actor])).toEqual(
      truth.intruder.sessions.map((id: string) => [id, 'intruder']),
    )
  })
})

describe('the records are what an investigator meets', () => {
  const records = auditRecords()

  test('every address is kept for documentation', () => {
    const addresses = records.flatMap((record) =>
      ['ClientIP', 'ClientIPAddress', 'ActorIpAddress'].map((key) => record[key]),
    )
    const strange = addresses.filter(
      (address) => address !== undefined && !/^\[?(192\.0\.2|198\.51\.100|203\.0\.113|2001:db8)[.:]/.test(`${address}`),
    )

    expect(strange).toEqual([])
  })

  test('two of three failed logons say Success', () => {
    const failed = records.filter(({ Operation }) => Operation === 'UserLoginFailed')
    const lying = failed.filter(({ ResultStatus }) => ResultStatus === 'Success')

    expect(lying.length / failed.length).toBeCloseTo(2 / 3, 1)
  })

  test('no two records of one id differ', () => {
    const texts = Map.groupBy(records, ({ Id }) => `${Id}`)

    expect([...texts.values()].filter((same) => new Set(same.map((one) => JSON.stringify(one))).size > 1)).toEqual([])
  })

  test('after the throttled read nothing is read in that mailbox for a day', () => {
    const [throttled] = truth.throttled
    const reads = records.filter(
      ({ Operation, MailboxOwnerUPN, CreationTime }) =>
        Operation === 'MailItemsAccessed' &&
        MailboxOwnerUPN === throttled.mailbox &&
        `${CreationTime}Z` > throttled.from &&
        `${CreationTime}Z` < throttled.to,
    )

    expect(truth.reads.throttledRecords).toBe(1)
    expect(throttled.readsNotWritten).toBeGreaterThan(0)
    expect(reads).toEqual([])
  })

  test('the result indexes that are said to be missing are the only ones', () => {
    const [gap] = truth.gaps
    for (const path of ['search-ual-part1.csv', 'search-ual-part2.csv']) {
      const indexes = new Set(rowsOf(path).map((row) => Number(row['ResultIndex'])))
      const count = Number(rowsOf(path)[0]?.['ResultCount'])
      const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !indexes.has(index))
      const said = Array.from({ length: gap.to - gap.from + 1 }, (_, index) => gap.from + index)

      expect(missing).toEqual(path === gap.path ? said : [])
    }
  })

  test('the portal’s sign-ins have its 57 columns, one name twice and two ending in a blank', () => {
    const header = text('entra-signins.csv').slice(1).split('\r\n')[0]?.split(',') ?? []

    expect(header.length).toBe(57)
    expect(header.filter((name) => name === 'Incoming token type').length).toBe(2)
    expect(header.filter((name) => name.endsWith(' '))).toEqual(['Application ID ', 'Resource ID '])
  })
})

interface FileTruth {
  readonly path: string
  readonly shape: string
  readonly rows: number
  readonly distinct: number
}

interface Reads {
  readonly messages: number
  readonly subjectKnown: number
  readonly subjectUnknown: number
}

type Row = Record<string, string>
type AuditRecord = Record<string, unknown>

const auditShapes = ['purview-csv', 'search-ual-csv', 'graph-audit', 'management-api']

function unpacked(path: string, bytes: Buffer): Buffer {
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

function text(path: string): string {
  const bytes = made.get(path) ?? Buffer.alloc(0)
  return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8')
}

function rowsOf(path: string): Row[] {
  return parse(text(path).replace(/^\uFEFF?#TYPE .*\r\n/, ''), { bom: true, columns: true })
}

function pagesOf(path: string): { value: Row[] }[] {
  return text(path)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

function idsIn(path: string, shape: string): string[] {
  const readers: Record<string, () => (string | undefined)[]> = {
    'purview-csv': () => rowsOf(path).map((row) => row['RecordId']),
    'search-ual-csv': () => rowsOf(path).map((row) => row['Identity']),
    'graph-audit': () => pagesOf(path).flatMap(({ value }) => value.map((one) => one['id'])),
    'management-api': () => JSON.parse(text(path)).map(({ Id }: { Id: string }) => Id),
    'entra-signins-csv': () => rowsOf(path).map((row) => row['Request ID']),
    'graph-signins': () => JSON.parse(text(path)).value.map(({ id }: { id: string }) => id),
    'message-trace': () => rowsOf(path).map((row) => `${row['MessageTraceId']} ${row['RecipientAddress']}`),
  }
  return (readers[shape]?.() ?? []).map((id) => id ?? '')
}

function auditRecords(): AuditRecord[] {
  return [...made.keys()].flatMap((path) => {
    if (/^(purview|search)/.test(path)) return rowsOf(path).map((row) => JSON.parse(row['AuditData'] ?? ''))
    if (path.startsWith('management')) return JSON.parse(text(path))
    if (path === 'ual-graph.json') return pagesOf(path).flatMap(({ value }) => value.map((one) => one['auditData']))
    return []
  })
}

function distinct(read: { shape: string; ids: string[] }[], shapes: string[]): number {
  return new Set(read.filter(({ shape }) => shapes.includes(shape)).flatMap(({ ids }) => ids)).size
}

function sum(counts: unknown): number {
  return Object.values(counts as Record<string, number>).reduce((total, count) => total + count, 0)
}

function outcomesOf(groups: unknown[]): Record<string, number> {
  const total = { success: 0, failure: 0, unknown: 0 }
  for (const group of groups as (typeof total)[]) {
    for (const outcome of ['success', 'failure', 'unknown'] as const) total[outcome] += group[outcome]
  }
  return total
}
