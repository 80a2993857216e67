import { expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { coarseMs, lowered, sayings, transferTold } from '#src/entry.ts'
import { contentsOf, entry, put } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'
import { leftByVersion } from '../support/older-case.ts'

const minute = Date.UTC(2026, 2, 19, 8, 15)
const told = entry({ dataset: 'o365.audit', id: 'a', time: minute + 21_000, operation: 'Send', fullness: 5 })
const coarse = { ...told, id: 'b', time: minute, fullness: 5 - lowered.coarse, isCoarse: true }

test('a case of before knows of its records how much they say, and meets copies of them as it did', () => {
  const folder = temporaryFolder()
  const older = openCase(folder)
  const coded = entry({ dataset: 'azure.signinlogs', id: 'c', time: minute + 50_000, fullness: 10_012, row: 4 })
  put(older, 'a.csv', [told, { ...coarse, row: 3 }, coded])
  older.close()
  leftByVersion(17, folder)

  const store = openCase(folder)
  put(store, 'b.csv', [
    { ...told, fullness: 4 },
    { ...told, id: 'b', row: 3, time: minute + coarseMs / 2 },
  ])
  store.close()

  expect(contentsOf(folder)['event']).toMatchObject([
    { id: 'a', fullness: 5 * sayings, evidence: 1 },
    { id: 'b', time: minute + coarseMs / 2, fullness: 5 * sayings, evidence: 2 },
    { id: 'c', fullness: (transferTold + 12) * sayings, evidence: 1 }, // It told a device's code, which outweighs a session since.
  ])
  expect(contentsOf(folder)['other_copy']).toEqual([])
})

test('of copies that say as much, and not the same, each is kept once, and none that says less', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const saying = (said: number, row: number) => ({ ...told, fullness: 5 + said / sayings, row, content: `{"${row}"}` })
  put(store, 'a.csv', [saying(3, 1), saying(7, 2), saying(3, 3), saying(1, 4), { ...saying(9, 5), fullness: 4.5 }])
  store.close()

  const reader = openReader(folder)
  const [activity] = reader.activities({ seqs: [1] })
  reader.close()
  expect(activity?.others?.map(({ row, isAsFull }) => [row, isAsFull])).toEqual([
    [1, true],
    [4, true],
  ])
  expect(activity?.row).toBe(2)
})
