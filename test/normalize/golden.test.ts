import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { JsonObject, Origin } from '#src/activity.ts'
import { encode } from '#src/document.ts'
import { categories } from '#src/normalize/categories/index.ts'
import { normalizer } from '#src/normalize/index.ts'
import { parseTime } from '#src/time.ts'

/** One invented record per operation, the smallest that shows it; `UPDATE=1` rewrites what is expected of it. */
const fixtures = join(import.meta.dirname, '../fixtures')
const origin: Origin = { source: 'retriever-csv', file: 'alice.csv', sha256: '5'.repeat(64), row: 2 }

for (const { name, activity } of categories) {
  describe(name, () => {
    test.each(Object.keys(activity?.operations ?? {}))('the document of %s is the expected one', async (operation) => {
      const path = join(fixtures, name, operation)
      const record: JsonObject = JSON.parse(await readFile(`${path}.json`, 'utf8'))

      const document: unknown = JSON.parse(encode(normalizer.document(activityOf(record), origin)))

      if (process.env['UPDATE'] === '1')
        await writeFile(`${path}.expected.json`, `${JSON.stringify(document, null, 2)}\n`)
      expect(record['ActivityIdType']).toBe(operation)
      expect(document).toEqual(JSON.parse(await readFile(`${path}.expected.json`, 'utf8')))
    })
  })
}

test('no fixture stands for an operation that its category does not list', async () => {
  const strays: string[] = []

  for (const { name, activity } of categories) {
    const files = await readdir(join(fixtures, name))
    strays.push(
      ...files.filter((file) => !Object.hasOwn(activity?.operations ?? {}, file.replace(/(\.expected)?\.json$/, ''))),
    )
  }

  expect(strays).toEqual([])
})

function activityOf(record: JsonObject) {
  return {
    dataset: 'o365.activity' as const,
    id: `id-of-${record['ActivityIdType']}`,
    time: parseTime(String(record['TimeStamp'])) ?? Number.NaN,
    operation: String(record['ActivityIdType']),
    mailbox: 'alice@contoso.example',
    record,
    original: 'the row as received',
  }
}
