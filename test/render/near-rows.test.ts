import { expect, test } from '@jest/globals'
import { near } from '#src/render/near-rows.ts'

const moment = { dataset: 'o365.audit', from: 0, to: 0, mailbox: null, operation: null, hasRows: true }
const rows = Array.from({ length: 1000 }, (_, i) => ({
  moment,
  told: ['\\inbox', `<${i}@contoso.example>`, '7'],
  record: { UserId: 'alice@contoso.example', Folders: [`<${i}@contoso.example>`] },
}))
const columns = rows.map(({ record: { UserId } }, i) => ({
  moment,
  told: [],
  record: { UserId, ObjectId: `https://contoso.example/${i}`, ...(i % 100 === 0 && { Country: 'DK' }) },
}))
const nothing = () => new Set<string>()

test('of a thousand rows of one time a record is looked at for those whose mail it lists', () => {
  const found = near(rows).of(
    { UserId: 'Alice@contoso.example' },
    () => new Set(['\\inbox', '<7@contoso.example>', '7']),
  )

  expect(found).toEqual([rows[7]])
})

test('of a thousand rows that list nothing it is looked at for those that say the same, or nothing, in one of its columns', () => {
  const { of } = near(columns)

  expect(of({ UserId: 'alice@contoso.example', ObjectId: 'https://contoso.example/7 ' }, nothing)).toEqual([columns[7]])
  expect(of({ Country: 'SE' }, nothing)).toHaveLength(990)
  expect(of({ UserId: 'bob@contoso.example' }, nothing)).toEqual([])
})

test('what is said in several ways tells no row from another, nor does anything of Outlook activities', () => {
  const coded = columns.map((row) => ({ ...row, record: { RecordType: '50', ClientIP: '198.51.100.7' } }))
  const outlooks = rows.map((row) => ({ ...row, moment: { ...moment, dataset: 'o365.activity' } }))

  expect(near(coded).of({ RecordType: 'ExchangeItem', ClientIP: '198.51.100.7:80' }, nothing)).toHaveLength(1000)
  expect(near(outlooks).of({ UserId: 'bob@contoso.example' }, nothing)).toHaveLength(1000)
})

test('a row with a list is looked at whatever list the record has, for it may be the beginning of that', () => {
  const listing = columns.map((row, i) => ({ ...row, record: { ...row.record, Parameters: [{ Name: `${i}` }] } }))
  const record = { ObjectId: 'https://contoso.example/7', Parameters: [{ Name: '7' }, { Name: '8' }] }

  expect(near(listing).of(record, nothing)).toEqual([listing[7]])
})
