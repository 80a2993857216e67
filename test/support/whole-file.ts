import { expect } from '@jest/globals'
import { digestFile } from './files.ts'
import { fileOf } from './folder.ts'

/** Reads a file with this text as `import` does; no row of it may be rejected. */
export async function readWhole(text: string) {
  const { format, activities, rejected } = await digestFile(fileOf(text))
  expect(rejected).toEqual([])
  return { shape: format.shape, activities }
}
