import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
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
