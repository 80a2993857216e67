import { join } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type CaseStore, openCase } from '#src/case/store.ts'
import { entry, packed, put } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'

const at = new Date('2026-03-01T00:00:00.000Z')
const gap = { name: 'blob', from: at.toISOString(), to: at.toISOString(), reason: 'it expired', final: true }

let store: CaseStore
let folder: string
beforeEach(() => {
  folder = temporaryFolder()
  store = openCase(folder)
  const format = { shape: 'management-api', service: { contentId: 'blob' } }
  const content = store.beginEvidence({ path: 'feed/blob', sha256: 'sha-of-blob', mailbox: '', size: 1, format })
  const cursor = { offset: 1, row: 2 }
  store.write(content, { entries: packed([entry({ time: 1 })]), rejected: [], cursor })
  store.completeEvidence(content, [])
  put(store, 'a.csv', [entry({ time: 2, fullness: 1 })])
})
afterEach(() => store.close())

test.each<[string, () => unknown]>([
  ['a file', () => put(store, 'b.csv', [entry({ time: 3 })])],
  ['a file that shows nothing new', () => put(store, 'b.csv', [entry({ time: 1 })])],
  [
    'a fuller copy of an event',
    () => put(store, 'b.csv', [entry({ time: 2, fullness: 2, mailbox: 'alice@contoso.example' })]),
  ],
  ['a mark', () => store.changeMarks([{ kind: 'ip', value: '192.0.2.10', actor: 'intruder' }], [])],
  ['a file that could not be read', () => store.rejectFile('c.csv', 'there is no such file')],
  ['a file that was skipped', () => store.skipFile('c.txt', 'no export')],
  ['a gap', () => store.collection.advance('feed', { gaps: [gap], closed: [], at })],
  ['events that retention takes', forget],
])('%s is another state of the case', (_, change) => {
  const before = store.state()

  change()

  expect(store.state()).not.toBe(before)
})

test('a mark that was taken away and set again stands since then: another state of the case', () => {
  const mark = { kind: 'ip', value: '192.0.2.10', actor: 'intruder' } as const
  const db = new DatabaseSync(join(folder, 'case.sqlite'))
  store.changeMarks([mark], [])
  db.exec('update mark set at = 1000')
  const before = store.state()

  store.changeMarks([], 'all')
  store.changeMarks([mark], [])

  expect(store.state()).not.toBe(before)
  db.close()
})

test('files are taken from SQLite one by one, for a hundred thousand of its rows take four times the room', () => {
  const { all } = StatementSync.prototype
  const rows: number[] = []
  StatementSync.prototype.all = function (...values) {
    const found = Reflect.apply(all, this, values) as ReturnType<typeof all>
    rows.push(found.length)
    return found
  }
  try {
    expect(store.evidences()).toHaveLength(2)
  } finally {
    StatementSync.prototype.all = all
  }

  expect(Math.max(0, ...rows)).toBeLessThan(2)
})

test('what reports do not show leaves the state as it is', () => {
  const before = store.state()

  put(store, 'a.csv', []) // Known: nothing is read again.
  store.saveCursor('feed', { at: 1 })
  store.buildJoins()

  expect(store.state()).toBe(before)
})

function forget(): void {
  store.retention.delivered(store.retention.lastSeq(), new Date(0))
  const [gone] = store.retention.forget({ events: at, joined: at })
  expect(gone).toBe(1)
}
