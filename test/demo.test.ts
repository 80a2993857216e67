import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { CaseReport } from '#src/reports/answers.ts'
import { hoofprint, root } from './support/cli.ts'

const sample = join(root, 'samples/outlook-activities.csv')
const truth = JSON.parse(readFileSync(join(root, 'samples/outlook-activities.truth.json'), 'utf8'))
const folder = join(mkdtempSync(join(tmpdir(), 'hoofprint-demo-')), 'case')
let report: CaseReport

describe("the sample's answers are the generator's own truth", () => {
  beforeAll(() => {
    const { code, out, err } = hoofprint(['import', sample, '--case', folder, '--json'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    report = JSON.parse(out)
  })

  test('every activity is read once, and its mailbox is found', () => {
    expect(report.evidence.map(({ counts }) => counts)).toEqual([
      { read: truth.activities, stored: truth.activities, duplicate: 0, rejected: 0 },
    ])
    expect(report.answers).toMatchObject({ total: truth.activities, first: truth.first, last: truth.last })
    expect(report.answers.mailboxes).toEqual([truth.mailbox])
  })

  test('who logged on from where', () => {
    const counted = Object.fromEntries(
      [...Map.groupBy(report.answers.logons, ({ ip }) => ip ?? '')].map(([ip, rows]) => [
        ip,
        {
          succeeded: sum(rows.map(({ succeeded }) => succeeded)),
          failed: sum(rows.map(({ failed }) => failed)),
          unknown: sum(rows.map(({ unknown }) => unknown)),
          first: rows.map(({ first }) => first).sort()[0],
          last: rows
            .map(({ last }) => last)
            .sort()
            .at(-1),
        },
      ]),
    )

    const expected = Object.fromEntries(
      truth.logons.map(({ ip, succeeded, failed, unknown, clientLogons, first, last }: Record<string, number>) => [
        ip,
        { succeeded, failed, unknown: (unknown ?? 0) + (clientLogons ?? 0), first, last },
      ]),
    )
    expect(counted).toEqual(expected)
  })

  test('how many mails were read, by whom, and how sure that is', () => {
    const { reads, readsByAddress } = report.answers
    expect(reads).toEqual({ displays: truth.reads.displays, items: truth.reads.items })
    const byIp = Object.fromEntries(readsByAddress.map(({ ip, displays, items }) => [ip, { displays, items }]))
    expect(byIp).toEqual(truth.reads.byIp)
    expect(sum(readsByAddress.map(({ proven }) => proven))).toBe(truth.reads.displaysByProof.session)
  })

  test('what was searched', () => {
    const { searches, searchesByAddress } = report.answers
    expect(sum(searchesByAddress.map(({ typed }) => typed))).toBe(truth.searches.typed)
    expect(sum(searchesByAddress.map(({ queries }) => queries))).toBe(truth.searches.queries)
    const intruders = searches.rows.filter(
      (row) => row['operation'] === 'SearchResult' && truth.intruderAddresses.includes(row['ip']),
    )
    expect(intruders.map(({ query }) => query)).toEqual(truth.searches.intruderQueries)
  })

  test('what was opened, sent and deleted', () => {
    const { attachments, sent, deleted } = report.answers
    expect(attachments.total).toBe(truth.attachments.owner + truth.attachments.intruder)
    expect(sent.total).toBe(
      sum(
        ['MessageSent', 'Reply', 'ReplyAll', 'Forward', 'NewMessage', 'DraftCreated'].map((type) => truth.byType[type]),
      ),
    )
    expect(deleted.total).toBe(truth.byType.Delete + truth.byType.DeleteFolder)
  })

  test('types that no table knows are kept and counted', () => {
    const expected = truth.unknownTypes
    const counted = report.answers.unknownOperations
    expect(Object.keys(counted).sort()).toEqual((Array.isArray(expected) ? expected : Object.keys(expected)).sort())
    for (const [type, count] of Object.entries(counted)) expect(count).toBe(truth.byType[type])
  })

  test('each activity stands in one table, and in the documents', () => {
    const reports = join(folder, 'reports')
    const lines = (name: string) => readFileSync(join(reports, name), 'utf8').split('\n').length - 1
    const tables = readdirSync(reports).filter((name) => name.endsWith('.tsv') && !name.includes('by-item'))
    expect(sum(tables.map((name) => lines(name) - 1))).toBe(truth.activities)
    expect(lines('events.ndjson')).toBe(truth.activities)
  })

  test('a second import of the same file finds duplicates only, and changes no answer', () => {
    const { out } = hoofprint(['import', sample, '--case', folder, '--json'])
    const again = JSON.parse(out)
    expect(again.files[0]).toMatchObject({ fate: 'known', counts: { stored: 0, duplicate: truth.activities } })
    expect(again.answers).toEqual(report.answers)
  })
})

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
