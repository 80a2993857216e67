import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import { begin, entry, packed, put } from '../support/case.ts'
import { root } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'
import { leftByVersion } from '../support/older-case.ts'

const other = entry({ row: 3, time: 3 })
const broken = { row: 4, reason: 'no row', original: new Uint8Array() }

/** How many rows a case lacks, or has too many, once this was done to its database. */
function alteredBy(...sql: readonly string[]): number {
  return alteredIn(changedBy(...sql))
}

function alteredIn(folder: string): number {
  const opened = openCase(folder)
  const rows = opened.altered()
  opened.close()
  return rows
}

/** The folder of a case to which this was done. */
function changedBy(...sql: readonly string[]): string {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const { sha256, mailbox, size } = put(store, 'a.csv', [entry(), other])
  put(store, 'again.csv', [entry(), entry({ row: 5, time: 5 })])
  const half = begin(store, 'half.csv')
  store.write(half, { entries: packed([entry({ time: 7 })]), rejected: [broken], cursor: undefined })
  store.completeEvidence(begin(store, 'broken.csv'), [{ ...broken, row: undefined }])
  store.beginEvidence({ path: 'copy.csv', sha256, mailbox, size, format: store.formatOf(half) })
  store.rejectFile('locked.zip', 'it is encrypted')
  store.close()
  const db = new DatabaseSync(join(folder, 'case.sqlite'))
  db.exec('pragma foreign_keys = off')
  for (const step of sql) db.exec(step)
  db.close()
  return folder
}

test('a case that nobody changed has the rows that its files count, whatever became of them', () => {
  expect(alteredBy()).toBe(0)
})

test.each([
  ['a row taken from a case', 'delete from event where seq = 2'],
  [
    'a row put into a case',
    'insert into event select seq + 99, id, 9, dataset, operation, mailbox, session, evidence, 9, fullness, content from event where seq = 1',
  ],
  ['where else a row stands, taken from a case', 'delete from further_sighting where row = 3'],
  ['what could not be read, taken from a case', 'delete from reject where row is not null'],
  ['a count that was changed', 'update evidence set stored = stored - 1 where id = 1'],
])('%s is noticed', (_what, sql) => {
  expect(alteredBy(sql)).toBe(1)
})

test('where retention deletes, nothing tells what else did', () => {
  expect(alteredBy("insert into cursor values ('retention', '1')", 'delete from event where seq = 2')).toBe(0)
})

test('nor in a case of before, whose version did not note that it deleted', () => {
  const sql = ['insert into delivered values (1, 2)', 'delete from event where seq = 2']
  const [collected, imported] = [changedBy(...sql), changedBy(...sql.slice(1))]
  for (const folder of [collected, imported]) leftByVersion(18, folder)

  expect([collected, imported].map(alteredIn)).toEqual([0, 1])
})

test('what the documentation says that finds rows without one fate finds them, by file', () => {
  const documentation = readFileSync(join(root, 'docs/evidence.md'), 'utf8')
  const [sql = ''] = /select path from evidence left join[^"]*/.exec(documentation) ?? []
  const pathsIn = (folder: string) => {
    const db = new DatabaseSync(join(folder, 'case.sqlite'), { readOnly: true })
    const paths = db.prepare(sql).all()
    db.close()
    return paths.map(({ path }) => path)
  }

  expect(pathsIn(changedBy())).toEqual([])
  expect(pathsIn(changedBy('delete from further_sighting where row = 3'))).toEqual(['copy.csv'])
  expect(pathsIn(changedBy('delete from reject where row is not null'))).toEqual(['half.csv'])
})
