import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type CaseStore, openCase } from '#src/case/store.ts'
import { temporaryFolder } from '../support/folder.ts'

const [feed, signIns] = [
  'management-api:contoso.example:Audit.Exchange',
  'graph-sign-ins:contoso.example:interactiveUser',
]
const search = 'graph-audit-search:contoso.example:0123456789ab'
const now = Date.parse('2026-03-10T12:00:00.000Z')
const hourMs = 3_600_000

let store: CaseStore
beforeEach(() => {
  store = openCase(temporaryFolder())
})
afterEach(() => store.close())

const done = (stream: string, hoursAgo: number) =>
  store.saveCursor(`status:${stream}`, { watchedSince: now - 900 * hourMs, doneUntil: now - hoursAgo * hourMs })

test('a stream that was not read to its end for a day, though others were, is behind', () => {
  done(feed, 0)
  done(signIns, 30)

  expect(store.behind()).toEqual([{ stream: signIns, how: 'since', from: '2026-03-09T06:00:00.000Z' }])
})

test('deliveries count as what goes on, and are no stream', () => {
  done('publish', 0)
  done('retention', 90)
  done(feed, 30)

  expect(store.behind().map(({ stream }) => stream)).toEqual([feed])
})

test('a stream that never came to its end is behind since it was first asked', () => {
  done(feed, 0)
  store.saveCursor(`status:${signIns}`, { watchedSince: now - 48 * hourMs })

  expect(store.behind()).toEqual([{ stream: signIns, how: 'never', from: '2026-03-08T12:00:00.000Z' }])
})

test('streams that stand still together are not behind each other: the collector was off', () => {
  done(feed, 700)
  done(signIns, 701)

  expect(store.behind()).toEqual([])
})

test.each([
  [
    {
      todo: [
        { from: '2026-01-01', to: '2026-02-01' },
        { from: '2026-02-01', to: '2026-03-01' },
      ],
    },
    '2026-01-01',
    '2026-03-01',
  ],
  [
    { todo: [{ from: '2026-02-01', to: '2026-03-01' }], search: { from: '2026-01-01', to: '2026-02-01' } },
    '2026-01-01',
    '2026-03-01',
  ],
  [{ todo: [], search: { from: '2026-01-01', to: '2026-02-01' } }, '2026-01-01', '2026-02-01'],
])('a search that is not done is behind: %j', (cursor, from, to) => {
  store.saveCursor(search, cursor)

  expect(store.behind()).toEqual([{ stream: search, how: 'search', from, to }])
})

test('a search that is done is not behind, however long ago it was read', () => {
  done(feed, 0)
  done(search, 90)
  store.saveCursor(search, { todo: [] })

  expect(store.behind()).toEqual([])
})

test('what is behind is told by what reports are made from, and not by each reading', () => {
  done(feed, 0)
  done(signIns, 0)
  const both = store.state()
  done(feed, -30)
  const one = store.state()
  done(feed, -31)

  expect([one === both, store.state() === one]).toEqual([false, true])
})
