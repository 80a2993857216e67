import { expect, test } from '@jest/globals'
import { coverageFacts } from '#src/reports/coverage.ts'
import { caseReport, evidenceFile, listing, row } from '../support/case-report.ts'

test('facts come by how grave they are', () => {
  const report = caseReport({ unknownOperations: { Odd: 2 } }, { evidence: [evidenceFile({ complete: false })] })

  const severities = coverageFacts(report).map(({ severity }) => severity)

  expect(severities).toEqual(severities.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)))
  expect(new Set(severities)).toEqual(new Set(order))
})

test('a file that was not read to its end is a gap', () => {
  expect(texts(caseReport({}, { evidence: [evidenceFile({ complete: false })] }), 'unread')).toEqual([
    '"export.csv" was not read to its end: what follows its first 1,234 rows is missing here.',
  ])
})

test('rejected rows are a gap, with how many were read', () => {
  expect(texts(caseReport({}, { rejects: { total: 1, rows: [] } }), 'rejected')).toEqual([
    '1 row or file could not be used and is missing in the counts; 1,234 rows were read in all.',
  ])
})

test('a retriever.py export of whole pages may be cut off; others and empty ones are not suspected', () => {
  const read = (rows: number) => ({ read: rows, stored: rows, duplicate: 0, rejected: 0 })
  const evidence = [
    evidenceFile({ counts: read(3000) }),
    evidenceFile({ counts: read(3001) }),
    evidenceFile({ counts: read(0) }),
    evidenceFile({ counts: read(3000), shape: 'other' }),
  ]

  expect(texts(caseReport({}, { evidence }), 'page-limit')).toEqual([
    '"export.csv" has exactly 3,000 rows: retriever.py fetches pages of 1,000 and leaves a partial file when a request fails: the export may be cut off.',
  ])
})

test('what is absent is said, and never taken for proof', () => {
  const facts = coverageFacts(caseReport({ categories: { other: 5 }, reads: { displays: 0, items: 0 } }))

  const absent = facts.filter(({ kind }) => kind.startsWith('no-'))
  expect(absent.map(({ kind }) => kind)).toEqual(['no-logons', 'no-searches', 'no-reads'])
  for (const { text } of absent) expect(text).toContain('absence in this evidence is not proof')
})

test('an empty case says only that it is empty', () => {
  const facts = coverageFacts(caseReport({ total: 0, categories: {}, reads: { displays: 0, items: 0 } }))

  expect(facts.filter(({ kind }) => kind.startsWith('no-')).map(({ kind }) => kind)).toEqual(['no-activities'])
})

test('more than three days without a record are named, mailbox by mailbox', () => {
  const hours = {
    'a b@contoso.example 2018-06-05T10': 1,
    'a b@contoso.example 2018-06-01T09': 1,
    'c@contoso.example 2018-06-01T09': 1,
    'c@contoso.example 2018-06-04T10': 1, // exactly three days later
  }

  expect(texts(caseReport({ hours }), 'silence')).toEqual([
    'Nothing was recorded of a b@contoso.example for 4 days, from 2018-06-01 10:00 UTC to 2018-06-05 10:00 UTC: nothing happened, or its record is missing.',
  ])
})

test('of many silences the ten longest are named and the others counted', () => {
  const hours = Object.fromEntries(
    Array.from({ length: 13 }, (_, i) => [
      `a ${new Date(Date.UTC(2018, 0, i * (i + 4))).toISOString().slice(0, 13)}`,
      1,
    ]),
  )

  expect(texts(caseReport({ hours }), 'silence')).toHaveLength(10)
  expect(texts(caseReport({ hours }), 'silence')[0]).toContain('for 26 days 23 hours')
  expect(texts(caseReport({ hours }), 'more-silences')).toEqual([
    '2 shorter stretches of more than 3 days also had no records.',
  ])
})

test('the time before the first activity is not known', () => {
  expect(texts(caseReport(), 'retention')).toEqual([
    'Microsoft kept these activities for up to 6 months: what happened before the first here, 2018-06-20T09:00:00.000Z, is unknown.',
  ])
})

test('displays are proven, inferred or nobody’s', () => {
  expect(texts(caseReport(), 'attribution')).toEqual([
    'Of 6 displays of mail, 3 (50%) are tied to a logon by its session, 2 (33%) to the nearest earlier logon, 1 (17%) to none.',
  ])
})

test('how many subjects are known is said of all items, or of those that are listed', () => {
  const named = row({ item: 'AAMk3', subject: 'Lunch' })

  expect(texts(caseReport(), 'subjects')[0]).toContain('known of 1 (50%) of 2 displayed items;')
  expect(texts(caseReport({ items: listing([named], 5000) }), 'subjects')[0]).toContain(
    'known of 1 (100%) of the 1 listed of 5,000 displayed items;',
  )
})

test('operations that no table lists may belong to an answer', () => {
  expect(texts(caseReport({ unknownOperations: { Odd: 2, Odder: 10 } }), 'unknown-operations')).toEqual([
    '12 activities of 2 operations that Hoofprint does not know are counted as "other" and may belong to an answer.',
  ])
})

const order = ['gap', 'warning', 'info'] as const

function texts(report: Parameters<typeof coverageFacts>[0], kind: string): string[] {
  return coverageFacts(report)
    .filter((fact) => fact.kind === kind)
    .map(({ text }) => text)
}
