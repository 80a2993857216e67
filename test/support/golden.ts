import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Activity, JsonObject, Origin } from '#src/activity.ts'
import { encode } from '#src/document.ts'
import { categories } from '#src/normalize/categories/index.ts'
import { normalizer } from '#src/normalize/index.ts'

const fixtures = join(import.meta.dirname, '../fixtures')
const origin: Origin = { source: 'the-shape', file: 'evidence.json', sha256: '5'.repeat(64), row: 2 }

/** Compares the document of each operation of a dataset with the one beside its record; `UPDATE=1` rewrites what is expected. */
export function goldenTests(
  key: 'signIn' | 'trace',
  activityOf: (record: JsonObject, operation: string) => Omit<Activity, 'id' | 'record' | 'original'>,
): void {
  for (const { name, [key]: own } of categories) {
    if (own === undefined) continue
    const folder = join(fixtures, name, key)
    describe(name, () => {
      test.each(Object.keys(own.operations))('the document of %s is the expected one', async (operation) => {
        const path = join(folder, operation)
        const record: JsonObject = JSON.parse(await readFile(`${path}.json`, 'utf8'))
        const activity = { ...activityOf(record, operation), id: `id-of-${operation}`, record, original: 'as received' }

        const document: unknown = JSON.parse(encode(normalizer.document(activity, origin)))

        if (process.env['UPDATE'] === '1') {
          await writeFile(`${path}.expected.json`, `${JSON.stringify(document, null, 2)}\n`)
        }
        expect(document).toEqual(JSON.parse(await readFile(`${path}.expected.json`, 'utf8')))
      })

      test('no fixture stands for an operation that is not listed', async () => {
        const files = await readdir(folder)

        const named = files.map((file) => file.replace(/(\.expected)?\.json$/, ''))
        expect(named.filter((operation) => !Object.hasOwn(own.operations, operation))).toEqual([])
      })
    })
  }
}
