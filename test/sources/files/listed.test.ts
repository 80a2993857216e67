import { expect, test } from '@jest/globals'
import { listedAt } from '#src/sources/files/listed.ts'

const modified = Date.UTC(2026, 3, 1, 8)

test.each([
  ['Rules/20260310-113005/MailboxRules.csv', '2026-03-10T11:30:05.000Z'],
  ['20260310113005-MailboxRules.csv', '2026-03-10T11:30:05.000Z'],
  ['202603101130-InboxRules.csv', '2026-03-10T11:30:00.000Z'],
  ['C:\\cases\\2026-01-05\\rules_2026-03-10.csv', '2026-03-10T00:00:00.000Z'],
  ['2026-03-10T11_30 rules.csv', '2026-03-10T11:30:00.000Z'],
  ['cases/Hawk_contoso_20260310_1130/alice/InboxRules.csv', '2026-03-10T11:30:00.000Z'],
  ['exports/2026.03.10 rules.xlsx/Sheet1', '2026-03-10T00:00:00.000Z'],
])('of the name %s the last day counts, with its time', (path, at) => {
  const listed = listedAt({ path, modified })

  expect({ ...listed, at: new Date(listed?.at ?? 0).toISOString() }).toEqual({ at, by: 'name' })
})

test('a day in the name of a folder may be that of the case, so it counts only where nothing else tells', () => {
  const path = 'cases/2026-01-05/rules.csv'

  expect(listedAt({ path, modified })).toEqual({ at: modified, by: 'change' })
  expect(listedAt({ path })).toEqual({ at: Date.UTC(2026, 0, 5), by: 'name' })
})

test.each([
  '20260310-113000/a/b/c/rules.csv',
  'rules-1220260310.csv',
  '20261345.csv',
  '2026-03.csv',
  'ticket-20260399.csv',
])('%s names no day, so it is as old as the file’s last change', (path) => {
  expect(listedAt({ path, modified: modified + 0.5 })).toEqual({ at: modified, by: 'change' })
})

test('a day in the name that is still to come is of something else', () => {
  expect(listedAt({ path: 'rules for 2027-01-31.csv', modified }, modified)).toEqual({ at: modified, by: 'change' })
  expect(listedAt({ path: '2026-03-10 rules until 2027-01-31.csv', modified }, modified)?.at).toBe(
    Date.UTC(2026, 2, 10),
  )
  expect(listedAt({ path: 'rules 20260402-0700.csv', modified }, modified)).toEqual({
    at: Date.UTC(2026, 3, 2, 7),
    by: 'name',
  })
})

test('what is dated by nothing, or before there were such listings, has no day', () => {
  expect(listedAt({ path: 'rules.csv' })).toBeUndefined()
  expect(listedAt({ path: 'rules.csv', modified: Date.UTC(1979, 10, 30) })).toBeUndefined()
  expect(listedAt({ path: 'rules.csv', modified: Number.NaN })).toBeUndefined()
})
