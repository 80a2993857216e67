import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import { begin, entry, packed, put } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'
import { leftByVersion } from '../support/older-case.ts'

const batch = (row: number) => ({ entries: packed([entry({ row, time: row })]), rejected: [], cursor: undefined })

test('what a case of before has was read by another version', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(store, 'before.csv', [entry()])
  store.close()
  leftByVersion(18, folder)

  expect(othersIn(folder, 'now.csv')).toEqual({ 'before.csv': true, 'now.csv': false })
})

test('what another version began to read, or read under another name, stays read by it', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const whole = put(store, 'whole.csv', [entry()])
  const half = begin(store, 'half.csv')
  store.write(half, batch(3))
  store.close()
  const db = new DatabaseSync(join(folder, 'case.sqlite'))
  db.exec("update evidence set reader = 'another'")
  db.close()

  const again = openCase(folder)
  const { sha256, mailbox, size } = whole
  const copy = again.beginEvidence({ path: 'copy.csv', sha256, mailbox, size, format: again.formatOf(whole) })
  again.completeEvidence(half, [], batch(4))
  again.close()

  expect(copy.byOther).toBe(true)
  expect(othersIn(folder, 'now.csv')).toEqual({
    ...{ 'whole.csv': true, 'half.csv': true, 'copy.csv': true },
    'now.csv': false,
  })
})

/** Which files of a case another version read, once one more was read. */
function othersIn(folder: string, path: string): Record<string, boolean> {
  const store = openCase(folder)
  put(store, path, [entry({ time: Date.UTC(2020, 0) })])
  const others = Object.fromEntries(store.evidences().map((file) => [file.path, file.byOther]))
  store.close()
  return others
}
