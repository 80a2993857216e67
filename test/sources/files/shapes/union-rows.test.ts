import { expect, test } from '@jest/globals'
import { restore } from '#src/sources/files/digest.ts'
import { quotedCsv } from '../../../support/csv.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'

// As `union` and `search "alice"` give rows of several tables of Log Analytics in one export.
const signIn = {
  ...{ Type: 'SigninLogs', 'TimeGenerated [UTC]': '3/9/2026, 8:15:22.000 AM', Id: 'ABC-1', IPAddress: '203.0.113.66' },
  ...{ ResultType: '50126', UserPrincipalName: 'alice@contoso.example', AppDisplayName: 'Outlook' },
  ...{ 'CreatedDateTime [UTC]': '3/9/2026, 8:15:21.123 AM', Status_dynamic: '{"errorCode":50126}' },
}
const change = {
  ...{ Type: 'AuditLogs', 'TimeGenerated [UTC]': '3/9/2026, 8:16:22.000 AM', Id: 'Directory_1' },
  ...{ OperationName: 'Add member to role', Result: 'success', 'ActivityDateTime [UTC]': '3/9/2026, 8:16:21.000 AM' },
  InitiatedBy: '{"user":{"userPrincipalName":"alice@contoso.example"}}',
  TargetResources: '[{"id":"u1","userPrincipalName":"bob@contoso.example"}]',
  AdditionalDetails_dynamic: '[{"key":"User-Agent","value":"EvoSTS"}]',
}
const sent = {
  ...{ Type: 'OfficeActivity', 'TimeGenerated [UTC]': '3/9/2026, 8:17:21.000 AM', OfficeId: 'o-1', Operation: 'Send' },
  ...{ OfficeWorkload: 'Exchange', UserId: 'alice@contoso.example', MailboxOwnerUPN: 'alice@contoso.example' },
}
const app = {
  ...{ Type: 'CloudAppEvents', 'TimeGenerated [UTC]': '3/9/2026, 8:18:21.000 AM', ActionType: 'FileDownloaded' },
  RawEventData:
    '{"CreationTime":"2026-03-09T08:18:21","Id":"c-1","Operation":"FileDownloaded","UserId":"alice@contoso.example"}',
}

test.each([
  [[signIn, change]],
  [[change, sent, signIn]],
  [[app, signIn, change]],
])('rows of several tables in one export are each read as their own table’s: %#', async (rows) => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = [columns, ...rows.map((row) => columns.map((name) => (row as Record<string, string>)[name] ?? ''))]
  const text = quotedCsv(...lines)

  const { activities, rejected, format } = await digestFile(fileOf(text))

  expect(rejected).toEqual([])
  expect(format.shape).toBe('directory-audit-csv') // So that the change is compared with the audit log's.
  const told = activities.map(({ dataset, operation, record }) => [dataset, operation, record])
  const expected = {
    SigninLogs: ['azure.signinlogs', 'Sign-in activity', { ipAddress: '203.0.113.66', status: { errorCode: 50126 } }],
    AuditLogs: ['o365.audit', 'Add member to role', { ObjectId: 'bob@contoso.example' }],
    OfficeActivity: ['o365.audit', 'Send', { MailboxOwnerUPN: 'alice@contoso.example' }],
    CloudAppEvents: ['o365.audit', 'FileDownloaded', { Id: 'c-1' }],
  }
  expect(told).toMatchObject(rows.map(({ Type }) => expected[Type as keyof typeof expected]))
  expect(activities.map(({ content }) => restore(format, content).record)).toEqual(
    activities.map(({ record }) => record),
  )
})
