import { existsSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

test('what a killed run of the same number left in memory is removed', async () => {
  const path = './support/files-in-memory.mjs'
  const { filesInMemory } = await import(path)
  const left = mkdtempSync(join(filesInMemory().folder, 'left-'))

  const { folder, remove } = filesInMemory()

  expect([existsSync(folder), existsSync(left)]).toEqual([true, !folder.endsWith(`-${process.pid}`)])
  remove()
})
