import { expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import { sayings } from '#src/entry.ts'
import { contentsOf, entry, put } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'
import { leftByVersion } from '../support/older-case.ts'

const second = Date.UTC(2026, 2, 19, 8, 15, 21)
const change = (time: number, id: string, operation = 'Add user') =>
  entry({ dataset: 'o365.audit', id, time, operation, fullness: 5 })

/** A case as version 15 left it: what goes by the second now has its milliseconds. */
function olderCase(): string {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'graph.json', [
    change(second + 123, 'a'),
    { ...change(second + 999, 'b'), row: 3 },
    { ...change(second + 5, 'c'), row: 4 },
  ])
  store.close()
  leftByVersion(15, folder)
  return folder
}

test('what an older case kept with milliseconds counts once when another export tells it in seconds', () => {
  const folder = olderCase()
  const store = openCase(folder)

  const copies = put(store, 'table.csv', [change(second, 'a'), { ...change(second, 'b'), fullness: 9, row: 3 }])
  store.close()

  const { event = [] } = contentsOf(folder)
  expect(event.map(({ id, time, fullness }) => [id, time, Number(fullness) / sayings])).toEqual([
    ['a', second, 5],
    ['b', second, 9],
    ['c', second + 5, 5],
  ])
  expect(copies.id).toBe(2)
  expect(contentsOf(folder)['evidence']).toMatchObject([{}, { read: 2, stored: 0, duplicate: 2, rejected: 0 }])
})

test('what was done in another second, or was something else, stays an event of its own', () => {
  const folder = olderCase()
  const store = openCase(folder)

  put(store, 'table.csv', [
    change(second + 1000, 'a'),
    { ...change(second - 1000, 'b'), row: 3 },
    { ...change(second, 'c', 'Delete user'), row: 4 },
  ])
  store.close()

  expect(contentsOf(folder)['event']).toHaveLength(6)
})
