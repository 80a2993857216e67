import { expect, test } from '@jest/globals'
import { openMarkBook } from '#src/case/mark-book.ts'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import type { Mark } from '#src/marks.ts'
import { entry, put } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'

const mark: Mark = { kind: 'ip', value: '192.0.2.10', actor: 'intruder' }

test('something is marked beside the process that writes the case, and that process knows it and writes on', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'first.csv', [entry({ session: 's-known-1' })])

  const book = openMarkBook(folder)
  const known = ['s-known-1', 's-unknown'].map(book.knowsSession)
  book.changeMarks([mark], [])
  book.close()
  put(store, 'second.csv', [entry({ time: 1 })])

  expect(known).toEqual([true, false])
  expect(store.marks()).toEqual([mark])
  expect(store.evidences()).toHaveLength(2)
  store.close()
})

test('a delivery that notes a mark as heeded makes its documents by it', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'first.csv', [entry()])
  const reader = openReader(folder)

  store.changeMarks([mark], []) // After the reader was opened, and before the delivery begins.
  store.delivery('memory').begin(0)

  expect(reader.judge.ofAddress({ ip: '192.0.2.10' })).toEqual(mark)
  reader.close()
  store.close()
})

test('where there is no case nothing is marked', () => {
  const folder = temporaryFolder()

  expect(() => openMarkBook(folder)).toThrow(`there is no case in ${folder}: hoofprint import makes one`)
})
