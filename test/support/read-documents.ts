import { expect } from '@jest/globals'
import { categories } from '#src/normalize/categories/index.ts'
import { compile } from '#src/normalize/index.ts'
import { restore } from '#src/sources/files/digest.ts'
import { digestFile } from './files.ts'
import { fileOf } from './folder.ts'

/** The documents of a file of which no row is rejected, which of them are cut, and its shape. Nothing is joined. */
export async function documentsOf(text: string, name?: string) {
  const { activities, rejected, format } = await digestFile(fileOf(text, name))
  expect(rejected).toEqual([])
  const restored = activities.map(({ content }) => restore(format, content))
  const documents = activities.map(({ dataset, id, time, operation, mailbox, content }, i) => {
    const { record, truncated } = restored[i] as (typeof restored)[number]
    const given = { dataset, id, time, operation, mailbox, record, truncated, original: content }
    return compile(categories).document(given, { source: format.shape, file: 'a', sha256: '5', row: i + 1 })
  })
  return { documents, cut: restored.map(({ truncated }) => truncated), shape: format.shape }
}
