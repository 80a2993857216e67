import { afterEach, expect, test } from '@jest/globals'
import { type CaseReader, openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import type { Entry } from '#src/entry.ts'
import { createRandom } from '../../samples/random.ts'
import { entry, format, put } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'

const closing: (() => void)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

test('slices of any size hold every event once, oldest first', () => {
  const random = createRandom(1)
  const entries = Array.from({ length: 100 }, (_, i) =>
    entry({ time: random.whole(-20, 20), id: `id-${i}`, row: i + 2 }),
  )
  const reader = readerOver(entries)
  const expected = entries.toSorted((x, y) => x.time - y.time || (x.id < y.id ? -1 : 1)).map(({ id }) => id)

  for (const size of [1, 2, 7, 99, 100, 101]) {
    const slices = [...reader.slices({ after: 0, until: reader.lastSeq() }, size)]
    const held = slices.map((slice) => reader.activities(slice).map(({ id }) => id))
    expect(held.flat()).toEqual(expected)
    const later = [...reader.slices({ after: 10, until: 90 }, size)].flatMap((slice) => reader.activities(slice))
    expect(later.map(({ id }) => id)).toEqual(expected.filter((id) => isBetween(id, 10, 90)))
    expect(held.slice(0, -1).every(({ length }) => length === size)).toBe(true)
  }
})

test('a slice is as small as records are large', () => {
  const small = readerOver([entry({ time: 1, content: 'a'.repeat(100) })])
  const large = readerOver([entry({ time: 1, content: 'a'.repeat(200_000) })])
  const huge = readerOver([entry({ time: 1, content: 'a'.repeat(5_000_000) })])

  expect([small, large, huge].map((reader) => reader.sliceSize(100))).toEqual([100, 20, 1])
  expect(large.sliceSize(100, 1_000_000)).toBe(5)
  expect(readerOver([]).sliceSize(100)).toBe(100)
})

test('threads are worth it for many events, and for few that are large', () => {
  const [small, huge] = [100, 5_000_000].map((bytes) =>
    readerOver([entry({ time: 1, content: 'a'.repeat(bytes) })]),
  ) as [CaseReader, CaseReader]

  expect([0, 10, 19_999, 20_000].map((events) => small.isLarge(events))).toEqual([false, false, false, true])
  expect([1, 10].map((events) => huge.isLarge(events))).toEqual([false, true])
})

test('slices go on behind a place, and keep to their span', () => {
  const entries = [5, 4, 3, 2, 1].map((time) => entry({ time, id: `id-${time}` }))
  const reader = readerOver(entries)

  const ids = (slices: Iterable<Parameters<CaseReader['activities']>[0]>) =>
    [...slices].flatMap((slice) => reader.activities(slice).map(({ id }) => id))

  expect(ids(reader.slices({ after: 0, until: 5 }, 2, { time: 3, id: 'id-3' }))).toEqual(['id-4', 'id-5'])
  expect(ids(reader.slices({ after: 1, until: 4 }, 2))).toEqual(['id-2', 'id-3', 'id-4'])
  expect(ids(reader.slices({ after: 5, until: 5 }, 2))).toEqual([])
})

test('an activity comes back as it was stored, with where it was first seen', () => {
  const stored = entry({ row: 9, content: 'quoted,"oddly"', session: 's1' })
  const reader = readerOver([stored])

  const [slice] = reader.slices({ after: 0, until: 1 }, 10)
  const activities = slice === undefined ? [] : reader.activities(slice)

  const { dataset, id, time, operation, mailbox, content, row } = stored
  const evidence = { file: 'a.csv', sha256: 'sha-of-a.csv', format }
  expect(activities).toEqual([{ seq: 1, dataset, id, time, operation, mailbox, content, row, evidence }])
})

test('text comes back whole, whatever is in it', () => {
  const texts = ['a,b\0c,\0', '\0', 'é😀\0é', '\ufeffa\r']
  const reader = readerOver(texts.map((content, time) => entry({ time, content })))

  const slices = [...reader.slices({ after: 0, until: texts.length }, 10)]

  expect(slices.flatMap((slice) => reader.activities(slice).map(({ content }) => content))).toEqual(texts)
})

test('an empty case has no slices', () => {
  const reader = readerOver([])

  expect(reader.lastSeq()).toBe(0)
  expect([...reader.slices({ after: 0, until: 0 }, 10)]).toEqual([])
})

/** Events are numbered from 1, their ids from 0. */
function isBetween(id: string, after: number, until: number): boolean {
  const seq = Number(id.slice('id-'.length)) + 1
  return seq > after && seq <= until
}

function readerOver(entries: readonly Entry[]): CaseReader {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'a.csv', entries)
  store.close()
  const reader = openReader(folder)
  closing.push(() => reader.close())
  return reader
}

test('whoever gives marks has all judged by them, whatever is marked meanwhile', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const mark = { kind: 'ip', value: '203.0.113.66', actor: 'intruder' } as const
  const [given, own] = [openReader(folder, undefined, []), openReader(folder)]
  store.changeMarks([mark], [])

  expect(given.judge.ofAddress({ ip: mark.value })).toBeUndefined()
  expect(own.judge.ofAddress({ ip: mark.value })).toEqual(mark)
  for (const one of [given, own, store]) one.close()
})
