import type { JsonObject } from '#src/activity.ts'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { render } from '#src/render/render.ts'
import { importFile } from './case.ts'
import { csvLine } from './csv.ts'
import { fileOf, temporaryFolder } from './folder.ts'

/** What records are as a file of JSON. */
export function jsonText(...records: readonly JsonObject[]): string {
  return JSON.stringify(records)
}

/** What rows are as a CSV of all their columns. */
export function tableText(...rows: readonly JsonObject[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))]
    .map((cells) => `${csvLine(cells, { quoteAll: true })}\n`)
    .join('')
}

/** Every document of a case of files with these texts. */
export async function documentsOf(texts: readonly string[]) {
  const folder = temporaryFolder()
  const store = openCase(folder)
  for (const [i, text] of texts.entries()) await importFile(store, fileOf(text, `${i}.txt`))
  store.close()
  const reader = openReader(folder)
  const documents = [...reader.slices({ after: 0, until: reader.lastSeq() }, 10)].flatMap((slice) =>
    [...render(reader, slice)].map(({ document }) => document),
  )
  reader.close()
  return documents
}
