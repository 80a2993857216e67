import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@jest/globals'
import { unchanging } from '#src/case/database.ts'
import { openCase } from '#src/case/store.ts'
import { temporaryFolder } from '../support/folder.ts'

test('of a path that is too long for SQLite it is that which is said', () => {
  const folder = join(temporaryFolder(), ...Array(5).fill('x'.repeat(100)))
  mkdirSync(folder, { recursive: true })

  expect(() => openCase(folder)).toThrow(/^the path of the case is too long for SQLite: name a shorter one/)
})

test('what is no more than a few names deep is opened', () => {
  const folder = join(temporaryFolder(), ...Array(3).fill('x'.repeat(100)))

  openCase(folder).close()
})

test('a case that nobody may write is named for SQLite without a machine, which it refuses, wherever it is', () => {
  const windows = (path: string) => unchanging(pathToFileURL(path, { windows: true })).href

  expect(windows('D:\\case #1\\case.sqlite')).toBe('file:///D:/case%20%231/case.sqlite?immutable=1')
  expect(windows('\\\\server\\share\\case.sqlite')).toBe('file:////server/share/case.sqlite?immutable=1')
  expect(unchanging(pathToFileURL('/case?/case.sqlite', { windows: false })).href).toBe(
    'file:///case%3F/case.sqlite?immutable=1',
  )
})
