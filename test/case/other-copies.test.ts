import { expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { coarseMs, lowered, sayings, sessionTold, transferTold } from '#src/entry.ts'
import { contentsOf, entry, format, packed, put } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'
import { leftByVersion } from '../support/older-case.ts'

const minute = Date.UTC(2026, 2, 19, 8, 15)
const told = entry({ dataset: 'o365.audit', id: 'a', time: minute + 21_000, operation: 'Send', fullness: 5 })
const coarse = { ...told, id: 'b', time: minute, fullness: 5 - lowered.coarse, isCoarse: true }

test('a case of before knows of its records how much they say, and meets copies of them as it did', () => {
  const folder = temporaryFolder()
  const older = openCase(folder)
  const signIn = entry({ dataset: 'azure.signinlogs', id: 'c', time: minute + 50_000, fullness: 10_012, row: 4 })
  const joined = { ...signIn, id: 'd', fullness: sessionTold + 12, row: 5, session: 's' }
  const same = { ...told, id: 'e', row: 6 }
  put(older, 'a.csv', [told, { ...coarse, row: 3 }, signIn, joined, same])
  older.close()
  leftByVersion(17, folder)

  const store = openCase(folder)
  put(store, 'b.csv', [
    { ...told, fullness: 4 },
    { ...told, id: 'b', row: 3, time: minute + coarseMs / 2 },
    { ...same, fullness: 5 + 7 / sayings },
  ])
  store.close()

  expect(contentsOf(folder)['event']).toMatchObject([
    { id: 'a', fullness: 5 * sayings, evidence: 1 },
    { id: 'b', time: minute + coarseMs / 2, fullness: 5 * sayings, evidence: 2 },
    { id: 'c', fullness: (transferTold + 12) * sayings, evidence: 1 }, // It told a device's code, which outweighs a session since.
    { id: 'd', fullness: (sessionTold + 12) * sayings, evidence: 1 },
    { id: 'e', evidence: 1 }, // What it says was not noted: that is no other saying.
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
    [3, true], // Of one saying the greater text, as where it stands.
    [4, true],
  ])
  expect(activity?.row).toBe(2)
})

const table = 'elastic-o365-audit'
test.each([
  [
    'of which a fuller one came',
    [
      ['audit-json', 5, 1],
      ['audit-json', 5, 2],
      ['audit-json', 6, 1],
    ],
    [],
  ],
  [
    'of which one has words of its own',
    [
      ['audit-json', 5, 1],
      ['search-ual-json', 5, 2],
      [table, 5, 3],
    ],
    [1],
  ],
  [
    'of which two have words of their own',
    [
      [table, 5, 2],
      [table, 5, 3],
      ['audit-json', 5, 1],
    ],
    [],
  ],
] as const)('of three copies %s, the same stands beside the same others in every order', (_what, copies, left) => {
  const found = new Set<string>()
  for (const [a, b, c] of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ] as const) {
    const folder = temporaryFolder()
    const store = openCase(folder)
    for (const i of [a, b, c]) {
      const [shape, values, said] = copies[i]
      const copy = { ...told, fullness: values + said / sayings, content: `{"${i}"}` }
      const file = { path: `${i}.json`, sha256: `${i}`, mailbox: '', size: 1 }
      const evidence = store.beginEvidence({ ...file, format: { ...format, shape } })
      store.write(evidence, { entries: packed([copy]), rejected: [], cursor: { offset: 1, row: 3 } })
    }
    store.close()
    const reader = openReader(folder)
    const [activity] = reader.activities({ seqs: [1] })
    reader.close()
    expect(activity?.others ?? []).toHaveLength(left.length)
    found.add(JSON.stringify([activity?.content, activity?.others?.map(({ content }) => content) ?? []]))
  }
  expect(found.size).toBe(1)
})

test('what was delivered is told anew once for another copy, however often that is imported', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'a.csv', [{ ...told, fullness: 5 + 7 / sayings }])
  store.delivery('elsewhere').begin(0)
  const superseded = () => contentsOf(folder)['superseded']?.length

  for (const path of ['b.csv', 'c.csv']) put(store, path, [{ ...told, fullness: 5 + 3 / sayings }])

  expect(superseded()).toBe(1)
  store.close()
})
