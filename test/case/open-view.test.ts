import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '@jest/globals'
import { openMarkBook } from '#src/case/mark-book.ts'
import { openView } from '#src/case/open-view.ts'
import { openCase } from '#src/case/store.ts'
import { ConfigError } from '#src/errors.ts'
import { begin, contentsOf, entry, packed, put } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'
import { leftByVersion } from '../support/older-case.ts'

test('a case is viewed beside the process that writes it, as it is at each moment', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'first.csv', [entry()])

  const view = openView(folder)
  const before = view.evidences().length
  put(store, 'second.csv', [entry({ time: 1 })])

  expect([before, view.evidences().length]).toEqual([1, 2])
  view.close()
  store.close()
})

test('while much is imported a case is not viewed, and why is said', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  store.beginBulk()
  store.write(begin(store, 'a.csv'), { entries: packed([entry()]), rejected: [], cursor: 1 })

  expect(() => openView(folder)).toThrow(ConfigError)
  expect(() => openView(folder)).toThrow(/another hoofprint is importing into .*: wait for it or end it/)
  store.buildJoins()
  openView(folder).close()
  store.close()
})

test('that a case cannot be viewed yet because an older version still works on it is said', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  leftByVersion(16, folder)

  for (const open of [openView, openMarkBook, openCase])
    expect(() => open(folder)).toThrow(/another hoofprint is working on .* as an older version wrote it: .* end it if/)
  store.close()
})

test('what a large import left to readers is done before the case is viewed, and nothing is left beside it', () => {
  const folder = temporaryFolder()
  const store = openCase(folder, { joinsLater: true })
  store.beginBulk()
  put(store, 'a.csv', [entry({ session: 's1', usage: { ip: '192.0.2.7', userAgent: 'x', isOwn: true, asks: false } })])
  store.close()

  openView(folder).close()

  expect(existsSync(join(folder, 'case.sqlite-wal'))).toBe(false)
  expect(contentsOf(folder)['pending_usage']).toEqual([])
})

test('what is no case is not viewed, nor made one', () => {
  const folder = temporaryFolder()
  expect(() => openView(folder)).toThrow(`there is no case in ${folder}`)
  new DatabaseSync(join(folder, 'case.sqlite')).exec('create table places (url text)')

  expect(() => openView(folder)).toThrow("is no case of Hoofprint's")
  expect(Object.keys(contentsOf(folder))).toEqual(['places'])
})
