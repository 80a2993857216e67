import { expect, test } from '@jest/globals'
import { mergedRows } from '#src/reports/merged-rows.ts'

const nothing = () => undefined
const table = {
  keys: { one: nothing, other: nothing },
  near: ['one'],
  sums: { count: () => 1 },
  others: { first: nothing, last: nothing },
}
type Row = readonly (string | number | null)[]

test('counts of the same keys are stored as one, in the order in which they began', () => {
  const stored: Row[] = []
  const rows = mergedRows<Row[number]>(table, (row) => stored.push(row))

  for (const row of [
    ['a', null, 1, '09:00', '09:01'],
    ['a', '', 2, '09:02', '09:02'],
    ['a', null, 4, '09:03', '09:04'],
  ]) {
    rows.add(row)
  }
  rows.flush()
  rows.add(['a', null, 8, '09:05', '09:05'])
  rows.flush()

  expect(stored).toEqual([
    ['a', null, 5, '09:00', '09:04'],
    ['a', '', 2, '09:02', '09:02'],
    ['a', null, 8, '09:05', '09:05'],
  ])
})

test('values of one column never pass for those of two', () => {
  const stored: Row[] = []
  const rows = mergedRows<Row[number]>(table, (row) => stored.push(row))

  rows.add(['a","b', 'c', 1, '', ''])
  rows.add(['a', 'b","c', 1, '', ''])
  rows.flush()

  expect(stored).toHaveLength(2)
})

test('however many keys there are, few are held and none is lost', () => {
  let stored = 0
  const rows = mergedRows<Row[number]>(
    table,
    () => {
      stored += 1
    },
    4000,
  )

  for (let i = 0; i < 10_000; i += 1) rows.add([String(i), null, 1, '', ''])
  const before = stored
  rows.flush()

  expect([before >= 5000, stored]).toEqual([true, 10_000])
})
