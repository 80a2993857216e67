import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import type { StoredActivity } from '#src/case/reader.ts'
import { retoldApart } from '#src/render/apart.ts'
import type { Compared, Row, Saying, Teller, Told } from '#src/render/row-kinds.ts'

const numbers = Array.from({ length: 50 }, (_, i) => 10 + i)
const all: Compared = { teller: ['ipAddress'], row: ['ipAddress'], ifBoth: 'all' }
const sameAddress: Told['says'] = ({ record }, row) => record['ipAddress'] === row.record['ipAddress']

test('of what is alike one is compared with one, though all have ids, times and columns of their own', () => {
  const compared: [Saying, Told][] = []
  const says: Told['says'] = (teller, row, listed) => {
    compared.push([teller, row])
    return sameAddress(teller, row, listed)
  }
  const rows = numbers.map((i) => rowOf(i, { ipAddress: '192.0.2.7', id: `${i}`, Place: `${i}` }, { says }))
  const tellers = numbers.map((i) => tellerOf(1000 + i, { ipAddress: '192.0.2.7', Id: `${i}`, Number: `${i}` }))

  const { told } = retoldApart(seqsOf(rows), rows, tellers.slice(3))

  expect([...told]).toEqual(numbers.slice(0, 47))
  expect(compared).toHaveLength(1)
})

test.each<[what: string, one: JsonObject, compared: Compared, comparisons: number]>([
  ['what both say', { City: 'Odense' }, all, 4],
  ['what no row says', { Number: '7' }, all, 1],
  ['null, which is not the same as nothing', { City: null }, all, 4],
  ['what is not compared', { City: 'Odense' }, { ...all, ifBoth: {} }, 1],
  ['another address', { ipAddress: '192.0.2.8' }, all, 4],
])('those that differ in %s are compared apart as far as it is looked at', (_what, one, compared, comparisons) => {
  let count = 0
  const says: Told['says'] = (teller, row, listed) => {
    count += 1
    return sameAddress(teller, row, listed)
  }
  const usual = { ipAddress: '192.0.2.7', City: 'Aarhus' }
  const rows = [usual, { ...usual, ...('Number' in one ? {} : one) }].map((record, i) =>
    rowOf(i, record, { says, compared }),
  )
  const tellers = [usual, { ...usual, ...one }].map((record, i) => tellerOf(1000 + i, record))

  retoldApart(seqsOf(rows), rows, tellers)

  expect(count).toBe(comparisons)
})

test('of two tables as many count as either has, those that say more, or of those that say as much have lower ids', () => {
  const rows = numbers.map((i) => rowOf(i, { ipAddress: `192.0.2.${i % 5}` }, { table: 'a' }))
  const others = numbers
    .slice(20)
    .map((i) => rowOf(100 + i, { ipAddress: `192.0.2.${i % 5}` }, { table: 'b', size: i % 2 }))
  const both = [...rows, ...others]

  const { told } = retoldApart(
    seqsOf(both),
    both,
    both.map((row) => ({ ...row, listed: () => new Set() })),
  )

  expect(told.size).toBe(30)
  const counted = Map.groupBy(
    both.filter(({ stored }) => !told.has(stored.seq)),
    ({ record }) => record['ipAddress'],
  )
  expect([...counted.values()].map(({ length }) => length)).toEqual([10, 10, 10, 10, 10])
})

test('what tells rows of another moment of its log tells no row that does not ask for it', () => {
  const rows = numbers.slice(0, 2).map((i) => rowOf(i, { ipAddress: '192.0.2.7' }, { pool: `${i}` }))

  const { told } = retoldApart(seqsOf(rows), rows, [{ ...tellerOf(1000, { ipAddress: '192.0.2.7' }), pool: '11' }])

  expect([...told]).toEqual([])
})

function seqsOf(rows: readonly Row[]): ReadonlySet<number> {
  return new Set(rows.map(({ stored }) => stored.seq))
}

function rowOf(seq: number, record: JsonObject, more: Partial<Row>): Row {
  const moment = { dataset: 'azure.signinlogs', from: 0, to: 0, mailbox: null, operation: null, hasRows: true }
  const kind = {
    isRow: ({ seq }: StoredActivity) => seq < 1000,
    momentOf: () => moment,
    says: sameAddress,
    moment,
  }
  return {
    ...kind,
    alike: { ipAddress: 'ipAddress' },
    compared: all,
    told: [],
    ...sayingOf(seq, record),
    pool: '',
    ...more,
  }
}

function tellerOf(seq: number, record: JsonObject): Teller {
  return { ...sayingOf(seq, record), listed: () => new Set(), pool: '' }
}

function sayingOf(seq: number, record: JsonObject): Saying {
  const format = { shape: 'graph-signins' } as StoredActivity['evidence']['format'] // Nothing of it is read.
  const evidence = { file: 'a.json', sha256: '', format }
  const ids = { seq, dataset: 'azure.signinlogs', id: String(seq).padStart(4, '0'), time: seq } as const
  const stored = { ...ids, operation: 'Sign-in', mailbox: 'a@contoso.example', content: '', row: 1, evidence }
  return { stored, record, truncated: false, size: 1, table: 'a' }
}
