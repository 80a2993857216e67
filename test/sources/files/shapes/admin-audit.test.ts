import { expect, test } from '@jest/globals'
import { documentsOf } from '../../../support/read-documents.ts'

const rule = {
  RunspaceId: '2f0a0000-0000-4000-8000-000000000001',
  CmdletName: 'New-InboxRule',
  Caller: 'alice@contoso.example',
  CmdletParameters: [
    { Name: 'SubjectContainsWords', Value: 'invoice;wire transfer' },
    { Name: 'ForwardTo', Value: 'mallory@fabrikam.example' },
    { Name: 'DeleteMessage', Value: 'True' },
  ],
  ...{ ModifiedProperties: [], ObjectModified: 'contoso.example/alice\\17', Succeeded: true, Error: null },
  ClientIP: '203.0.113.45:51234',
  SessionId: 'aaaaaaaa-0000-4000-8000-000000000001',
  RunDate: '/Date(1777799160000)/',
}
const forwarding = {
  ...rule,
  CmdletName: 'Set-Mailbox',
  Caller: 'contoso.example/Users/Mallory',
  RunDate: '2026-05-03T11:07:00+02:00',
  CmdletParameters: [
    { Name: 'Identity', Value: 'bob@contoso.example' },
    { Name: 'ForwardingSmtpAddress', Value: 'smtp:mallory@fabrikam.example' },
  ],
  Succeeded: false,
}
const summary = "when the subject contains 'invoice;wire transfer': forwards it to mallory@fabrikam.example, deletes it"

test('cmdlets of an administrator audit log are what the unified log would have said', async () => {
  const { documents, shape } = await documentsOf(JSON.stringify([rule, forwarding]))

  expect(shape).toBe('admin-audit-json')
  expect(documents).toMatchObject([
    {
      ...{ '@timestamp': '2026-05-03T09:06:00.000Z', 'event.code': 'ExchangeAdmin', 'hoofprint.category': 'rule' },
      ...{ 'hoofprint.mailbox': 'alice@contoso.example', 'source.ip': '203.0.113.45', 'event.outcome': 'success' },
      'hoofprint.rule.summary': summary,
    },
    {
      ...{ '@timestamp': '2026-05-03T09:07:00.000Z', 'hoofprint.category': 'forward', 'event.outcome': 'failure' },
      ...{ 'hoofprint.mailbox': 'bob@contoso.example', 'user.id': 'contoso.example/Users/Mallory' },
    },
  ])
})

test('what Export-Csv wrote no more of than a type or the names claims nothing, and is told to be cut', async () => {
  const cells = (parameters: string, run: string) =>
    `"5/23/2026 ${run}","Set-InboxRule","${parameters}","bob@contoso.example","True"`
  const { documents, cut, shape } = await documentsOf(
    [
      '#TYPE Deserialized.Microsoft.Exchange.Data.AdminAuditLogEvent',
      '"RunDate","CmdletName","CmdletParameters","Caller","Succeeded"',
      cells('Microsoft.Exchange.Data.MultiValuedProperty`1[System.String]', '9:06:00 AM'),
      cells('{Name, ForwardTo, DeleteMessage}', '9:07:00 AM'),
    ].join('\r\n'),
  )

  expect(shape).toBe('admin-audit-csv')
  expect(cut).toEqual([true, true])
  expect(documents.map((document) => document['hoofprint.rule.summary'])).toEqual([undefined, undefined])
})

test("each parameter of Hawk's typed command is one, whatever its value looks like", async () => {
  const command =
    'New-InboxRule -SubjectContainsWords invoice;""wire transfer"" -ForwardTo mallory@fabrikam.example -DeleteMessage:$True'
  const { documents, shape } = await documentsOf(
    `"Caller","Cmdlet","FullCommand","RunDate(UTC)","ObjectModified"\r\n"alice@contoso.example","New-InboxRule","${command}","5/23/2026 9:06:00 AM","17"\r\n`,
  )

  expect(shape).toBe('admin-audit-simple-csv')
  expect(documents).toMatchObject([
    { '@timestamp': '2026-05-23T09:06:00.000Z', 'hoofprint.rule.summary': summary, 'hoofprint.category': 'rule' },
  ])
})
