import { isDeepStrictEqual } from 'node:util'
import { expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { render, renderForReports } from '#src/render/render.ts'
import { partRenderer } from '#src/reports/render-part.ts'
import { importFile } from '../support/case.ts'
import { root } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'

test('reports say the same whether made of whole documents or of the fields they read', async () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  await importFile(store, `${root}/samples/outlook-activities.csv`, { chunkBytes: 100_000 })
  store.close()
  const reader = openReader(folder)

  for (const slice of reader.slices({ after: 0, until: reader.lastSeq() }, 2000)) {
    const [lean, whole] = [renderForReports, render].map((make) => partRenderer(false, true)(make(reader, slice)))

    // Jest's own comparison of so many numbers took most of a minute.
    if (!isDeepStrictEqual(lean, whole)) expect(lean).toStrictEqual(whole)
  }
  reader.close()
})
