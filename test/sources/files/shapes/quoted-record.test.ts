import { expect, test } from '@jest/globals'
import { quotedCsv } from '../../../support/csv.ts'
import { readWhole } from '../../../support/whole-file.ts'

// Splunk was given a CSV of Search-UnifiedAuditLog, and keeps each row of it in `_raw`, of a long one the beginning alone.

const record = {
  CreationTime: '2026-03-09T08:15:21',
  Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001',
  Operation: 'Add user.',
  RecordType: 8,
  Workload: 'AzureActiveDirectory',
  ClientIP: '',
  ObjectId: 'he1pdesk@contoso.example',
  UserId: 'alice@contoso.example',
  ModifiedProperties: [{ Name: 'DisplayName', NewValue: '[\r\n  "Help, desk"\r\n]', OldValue: '[]' }],
}
const row = quotedCsv([
  'h',
  'False',
  '3/9/2026 8:15:21 AM',
  record.UserId,
  record.Operation,
  JSON.stringify(record),
  '1',
]).trim()
const cut = row.slice(0, row.indexOf('Help') - 1)

const columns = ['CreationDate', 'Operations', 'RecordType', 'UserIds', 'AuditData', '_raw']
const dates = ['3/9/2026 8:15:21 AM', record.Operation, 'AzureActiveDirectory', record.UserId]
const { ModifiedProperties: _, ...beginning } = record

test('a record in a row of CSV is whole, and where Splunk cut it off it is what is left of it', async () => {
  const { shape, activities } = await readWhole(quotedCsv(['_time', '_raw'], ['1', row], ['2', cut]))

  expect(shape).toBe('splunk-csv')
  expect(activities).toMatchObject([
    { id: record.Id, record, truncated: false },
    { id: record.Id, record: beginning, truncated: true },
  ])
})

test('where Splunk found no end of AuditData, the record is read of the row: it says what the columns do not', async () => {
  const { shape, activities } = await readWhole(quotedCsv(columns, [...dates, '', cut]))

  expect(shape).toBe('search-ual-csv')
  expect(activities).toMatchObject([{ id: record.Id, record: beginning, truncated: true }])
})

test('the same of what Splunk exports as JSON', async () => {
  const result = { ...Object.fromEntries(columns.map((name, i) => [name, [...dates, '', cut][i]])) }

  const { shape, activities } = await readWhole(JSON.stringify({ result }))

  expect(shape).toBe('search-ual-json')
  expect(activities).toMatchObject([{ id: record.Id, record: beginning, truncated: true }])
})

test('AuditData that is there counts, whatever stands in the row beside it', async () => {
  const other = row.replaceAll('he1pdesk', 'carol')

  const { activities } = await readWhole(quotedCsv(columns, [...dates, JSON.stringify(record), other]))

  expect(activities).toMatchObject([{ record: { ObjectId: record.ObjectId }, truncated: false }])
})

test.each([
  '',
  '"h","False","3/9/2026 8:15:21 AM"',
])('where the row %j has nothing of it, the columns make the event', async (raw) => {
  const { activities } = await readWhole(quotedCsv(columns, ['2026-03-09T08:15:21Z', ...dates.slice(1), '', raw]))

  expect(activities).toMatchObject([
    { operation: record.Operation, truncated: true, record: { UserId: record.UserId } },
  ])
})
