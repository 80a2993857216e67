import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type CaseStore, openCase } from '#src/case/store.ts'
import { contentsOf } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'
import { leftByVersion } from '../support/older-case.ts'

const tenant = 'contoso.example'
const [feed, search] = [`management-api:${tenant}:Audit.Exchange`, `graph-audit-search:${tenant}:0123456789ab`]
const gap = { name: 'content', from: '2026-03-10T08:00:00Z', to: '2026-03-10T08:00:00Z', reason: 'it expired' }
const whole = { streams: `management-api:${tenant}:`, from: '2026-03-08T08:00:00.000Z', to: '2026-03-20T00:00:00.000Z' }
const at = new Date('2026-03-21T09:00:00Z')
const nothing = { gaps: [], closed: [], at }

let store: CaseStore
beforeEach(() => {
  store = openCase(temporaryFolder())
  store.collection.advance(feed, { ...nothing, gaps: [{ ...gap, final: true }] })
})
afterEach(() => store.close())

test('what was lost says once that the audit log was searched for it since, stays a gap, and is counted apart', () => {
  for (let time = 0; time < 2; time += 1) store.collection.advance(search, { ...nothing, searched: whole })

  const reason = 'it expired (the audit log was searched for it, to the end on 2026-03-21)'
  expect(store.collection.gaps(9)).toMatchObject([{ name: 'content', reason, final: true, closed: undefined }])
  expect(store.collection.countGaps()).toEqual([{ stream: feed, lost: 0, searched: 1, open: 0 }])
})

test('what is lacking is told, the longest that is lost first, however many gaps were closed since', () => {
  const others = Array.from({ length: 20 }, (_, i) => ({ ...gap, name: `open ${i}`, final: false }))
  const long = { ...gap, name: 'long', to: '2026-03-12T08:00:00Z', final: true }
  store.collection.advance(feed, { ...nothing, gaps: [long, ...others] })
  const closed = others.slice(1).map(({ name }) => name)
  store.collection.advance(feed, { ...nothing, closed, at: new Date('2026-03-22T09:00:00Z') })

  expect(store.collection.lacks(3).map(({ name }) => name)).toEqual(['long', 'content', 'open 0'])
})

test('what is lost is settled, what could not be had yet is to be asked for again', () => {
  store.collection.advance(feed, { ...nothing, gaps: [{ ...gap, name: 'open', final: false }] })

  const { isSettled } = store.collection
  expect(['content', 'open', 'another'].map((name) => isSettled(feed, name))).toEqual([true, false, false])
  expect(isSettled(search, 'content')).toBe(false)
})

test('a gap that was searched for and is told anew, as one that goes on, is to be searched for again', () => {
  store.collection.advance(search, { ...nothing, searched: whole })
  store.collection.advance(feed, { ...nothing, gaps: [{ ...gap, to: '2026-03-22T08:00:00Z', final: true }] })

  expect(store.collection.countGaps()).toEqual([{ stream: feed, lost: 1, searched: 0, open: 0 }])
})

test('what an earlier version was told of a search is known of its gaps', () => {
  const folder = temporaryFolder()
  const said = (reason: string) =>
    `insert into gap values ('${feed}', '${reason}', '', '', '${reason}', 1, '2026', null)`
  openCase(folder).close()
  const searched = 'it expired (the audit log was searched for it, to the end on 2026-03-21)'
  leftByVersion(
    16,
    folder,
    'delete from gap',
    ...['it expired', searched].map((reason) => said(reason).replace(', null)', ', null, null)')),
  )

  const older = openCase(folder)
  const [counts, gaps] = [older.collection.countGaps(), older.collection.gaps(9)]
  older.close()

  expect(counts).toEqual([{ stream: feed, lost: 1, searched: 1, open: 0 }])
  expect(gaps.map(({ reason }) => reason)).toEqual(['it expired', searched])
  expect(contentsOf(folder)['gap']).toMatchObject([
    { reason: 'it expired', searched: null },
    { reason: 'it expired', searched: '2026-03-21' },
  ])
})

test.each([
  ['begins after what a content may tell of', { from: '2026-03-08T08:00:01.000Z' }],
  ['ends before it', { to: '2026-03-10T07:59:59.000Z' }],
  ['is of another tenant', { streams: 'management-api:fabrikam.example:' }],
])('a search that %s says nothing of it', (_which, other) => {
  store.collection.advance(search, { ...nothing, searched: { ...whole, ...other } })

  expect(store.collection.gaps(9)).toMatchObject([{ reason: 'it expired' }])
})

test('a search that lacks something of another time says what it searched', () => {
  const own = { name: 'late', from: whole.to, to: '2026-03-22T00:00:00.000Z', reason: 'late', final: false }
  store.collection.advance(search, { ...nothing, gaps: [own] })
  store.collection.advance(search, { ...nothing, searched: whole })

  expect(store.collection.countGaps()).toContainEqual({ stream: feed, lost: 0, searched: 1, open: 0 })
})

test('a search that lacks something itself says nothing of others', () => {
  const own = { ...gap, name: 'own', reason: 'too many', final: false }
  store.collection.advance(search, { ...nothing, gaps: [own], searched: whole })

  expect(
    store.collection
      .gaps(9)
      .map(({ reason }) => reason)
      .toSorted(),
  ).toEqual(['it expired', 'too many'])
})
