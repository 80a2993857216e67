import { expect, test } from '@jest/globals'
import { quotedCsv } from '../../../support/csv.ts'
import { readWhole } from '../../../support/whole-file.ts'

const id = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001'

const folders = '[{"Path":"\\\\Inbox","FolderItems":[{"InternetMessageId":"<m1@contoso.example>"}]}]'
const pythons = "[{'Path': '\\\\Inbox', 'FolderItems': [{'InternetMessageId': '<m1@contoso.example>'}]}]"
const access = '[{"Name":"MailAccessType","Value":"Bind"}]'

test.each([
  ['audit-columns-csv', 'JSON', folders],
  ['audit-columns-csv', 'Python', pythons],
  ['sentinel-officeactivity-csv', 'JSON', folders],
  ['directory-audit-csv', 'JSON', '[{"id":"u1","displayName":"Alice"},{"id":"g1","displayName":"Admins"}]'],
])('in %s a list in %s is whole, and not where its end was cut off', async (shape, _, list) => {
  const tables: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    'audit-columns-csv': [
      'CreationTime,Id,Operation,RecordType,UserId,Workload,OperationProperties,Folders',
      ['2026-03-09T08:15:21', id, 'MailItemsAccessed', '50', 'alice@contoso.example', 'Exchange', access],
    ],
    'sentinel-officeactivity-csv': [
      'TimeGenerated,OfficeId,Operation,OfficeWorkload,UserId,OperationProperties,Folders',
      ['2026-03-09T08:15:21Z', id, 'MailItemsAccessed', 'Exchange', 'alice@contoso.example', access],
    ],
    'directory-audit-csv': [
      'TimeGenerated,Id,OperationName,Category,InitiatedBy,TargetResources',
      ['2026-03-09T08:15:21Z', 'Directory_1', 'Add member to group', 'GroupManagement', '{"user":{"id":"u2"}}'],
    ],
  }
  const [header, cells] = tables[shape] ?? ['', []]
  const table = (last: string) => quotedCsv(header.split(','), [...cells, last])

  const [whole, cut] = [await readWhole(table(list)), await readWhole(table(list.slice(0, -8)))]

  expect([whole.shape, cut.shape]).toEqual([shape, shape])
  expect(whole.activities).toMatchObject([{ truncated: false }])
  expect(cut.activities).toMatchObject([{ truncated: true }])
})

test('a text that begins with a bracket is no list that was cut off', async () => {
  const header = 'CreationTime,Id,Operation,RecordType,UserId,Workload,QueryText'.split(',')
  const told = ['2026-03-09T08:15:21', id, 'SearchQueryInitiatedExchange', '101', 'alice@contoso.example', 'Exchange']

  for (const words of ['[EXTERNAL] invoice', '[draft', "{'quoted'}"]) {
    const { activities } = await readWhole(quotedCsv(header, [...told, words]))

    expect(activities).toMatchObject([{ truncated: false, record: { QueryText: words } }])
  }
})
