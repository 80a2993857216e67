import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { type ImportedFile, importFiles } from '#src/gather/import-files.ts'
import { silent } from '#src/progress.ts'
import { type RenderedActivity, render } from '#src/render/render.ts'
import { root } from './cli.ts'
import { never } from './files.ts'
import { temporaryFolder } from './folder.ts'

/** Imports files and folders, by absolute paths or from the project's folder on, into a new case: what became of each, and every document. */
export async function importSample(
  ...paths: readonly string[]
): Promise<{ folder: string; files: ImportedFile[]; rendered: RenderedActivity[] }> {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const request = {
    paths: paths.map((path) => resolve(root, path)),
    mailbox: undefined,
    stdin: Readable.from([]),
    scratch: join(folder, 'unpacked'),
  }
  const files = await Array.fromAsync(importFiles(request, { store, progress: silent }, never))
  store.buildJoins() // As `import` does: without its indexes each slice is joined by going through all records.
  store.close()
  const reader = openReader(folder)
  const slices = [...reader.slices({ after: 0, until: reader.lastSeq() }, 1000)]
  const rendered = slices.flatMap((slice) => [...render(reader, slice)])
  reader.close()
  return { folder, files, rendered }
}
