import { expect, test } from '@jest/globals'
import { documentsOf } from '../../../support/read-documents.ts'

const mailbox = {
  MailboxOwnerUPN_s: 'alice@contoso.example',
  UserId_s: 'alice@contoso.example',
  Workload_s: 'Exchange',
}
const read = {
  ...{ TenantId: 'aaaaaaaa-0000-4000-8000-00000000000f', SourceSystem: 'RestAPI', Type: 'AuditExchange_CL' },
  ...{ TimeGenerated: '2026-03-09T09:00:00Z', CreationTime_t: '2026-03-09T08:15:21Z', Computer: '', RawData: null },
  ...{ ...mailbox, Id_g: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a101', Operation_s: 'MailItemsAccessed', RecordType_d: 50 },
  OperationProperties_s: JSON.stringify([{ Name: 'MailAccessType', Value: 'Bind' }]),
  Folders_s: JSON.stringify([{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<1@contoso.example>' }] }]),
  ...{
    ClientIPAddress_s: '[2001:db8::7]:443',
    AppAccessContext_AADSessionId_g: 'cccccccc-0000-4000-8000-000000000001',
  },
}
const sent = {
  ...{ ...read, Id_g: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a102', Operation_s: 'Send', RecordType_d: 2, Folders_s: '' },
  ...{ OperationProperties_s: '', Item_Subject_s: 'Paid?' },
}
const expected = [
  {
    ...{ '@timestamp': '2026-03-09T08:15:21.000Z', 'event.id': read.Id_g, 'event.code': 'ExchangeItemAggregated' },
    ...{ 'hoofprint.category': 'read', 'hoofprint.mail_access': 'bind', 'hoofprint.mailbox': 'alice@contoso.example' },
    ...{ 'email.message_id': '<1@contoso.example>', 'source.ip': '2001:db8::7', 'source.port': 443 },
    'session.id': 'cccccccc-0000-4000-8000-000000000001',
  },
  { 'hoofprint.category': 'send', 'email.subject': 'Paid?' },
]

test("the audit log in a table of one's own is what the log says, not what the table says of its rows", async () => {
  const { documents, cut, shape } = await documentsOf(JSON.stringify([read, sent]))

  expect(shape).toBe('audit-table')
  expect(documents).toMatchObject(expected)
  expect(cut).toEqual([false, false])
  expect(JSON.stringify(documents.map((document) => ({ ...document, 'event.original': '' })))).not.toContain(
    read.TenantId,
  )
})

test('the same as its page exports it, with the zone of times in their names', async () => {
  const columns = Object.keys(sent)
  const names = columns.map((name) => (/^Time|_t$/.test(name) ? `${name} [UTC]` : name))
  const shown = { TimeGenerated: '3/9/2026, 9:00:00.000 AM', CreationTime_t: '3/9/2026, 8:15:21.000 AM' }
  const rows = [read, sent].map((record) => {
    const row: Record<string, unknown> = { ...record, ...shown }
    return columns.map((name) => `"${String(row[name] ?? '').replaceAll('"', '""')}"`)
  })

  const { documents, cut, shape } = await documentsOf([names, ...rows].join('\r\n'))

  expect(shape).toBe('audit-table-csv')
  expect(documents).toMatchObject(expected)
  expect(cut).toEqual([false, false])
})

test('a list whose end a limit cut off is told', async () => {
  const { cut } = await documentsOf(JSON.stringify([{ ...read, Folders_s: read.Folders_s.slice(0, 40) }]))

  expect(cut).toEqual([true])
})
