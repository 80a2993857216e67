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

const expected = {
  SigninLogs: ['azure.signinlogs', 'Sign-in activity', { ipAddress: '203.0.113.66', status: { errorCode: 50126 } }],
  AuditLogs: ['o365.audit', 'Add member to role', { ObjectId: 'bob@contoso.example' }],
  OfficeActivity: ['o365.audit', 'Send', { MailboxOwnerUPN: 'alice@contoso.example' }],
  CloudAppEvents: ['o365.audit', 'FileDownloaded', { Id: 'c-1' }],
}

const columnsOf = (rows: readonly object[]) => [...new Set(rows.flatMap((row) => Object.keys(row)))]
type Rows = readonly (Readonly<Record<string, string>> & { readonly Type: string })[]

test.each<[Rows]>([
  [[signIn, change]],
  [[change, sent, signIn]],
  [[app, signIn, change]],
])('rows of several tables in one export are each read as their own table’s: %#', async (rows) => {
  const columns = columnsOf(rows)
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
  const text = quotedCsv(...lines)

  const { activities, rejected, format } = await digestFile(fileOf(text))

  expect(rejected).toEqual([])
  expect(format.shape).toBe('directory-audit-csv') // So that the change is compared with the audit log's.
  const told = activities.map(({ dataset, operation, record }) => [dataset, operation, record])
  expect(told).toMatchObject(rows.map(({ Type }) => expected[Type as keyof typeof expected]))
  expect(activities.map(({ content }) => restore(format, content).record)).toEqual(
    activities.map(({ record }) => record),
  )
})

// Its columns are among those of directory audits, which it was read as.
const provisioned = {
  ...{ Type: 'AADProvisioningLogs', 'TimeGenerated [UTC]': '3/9/2026, 8:19:21.000 AM', Id: 'p-1' },
  ...{ OperationName: 'Provisioning activity', InitiatedBy: '{"Name":"alice@contoso.example"}' },
}

test.each<[string, Rows]>([
  ['CSV', [change, provisioned]],
  ['CSV', [sent, provisioned]],
  ['JSON', [change, provisioned]],
  ['JSON', [sent, provisioned]],
])('a row of a table that is not read is told with its name, in %s', async (form, rows) => {
  const columns = columnsOf(rows)
  const whole = rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? ''])))
  const text = form === 'CSV' ? quotedCsv(columns, ...whole.map((row) => Object.values(row))) : JSON.stringify(whole)

  const { activities, rejected } = await digestFile(fileOf(text))

  expect(activities).toHaveLength(1)
  expect(rejected).toMatchObject([
    { reason: 'a row of AADProvisioningLogs, a table of Log Analytics that is not read' },
  ])
})

// Queries for changes of applications expand the targets, and project the type of each.
test.each<[string, string, Readonly<Record<string, string>>]>([
  ['CSV', 'ServicePrincipal', change],
  ['JSON', 'ServicePrincipal', change],
  ['CSV', 'Interactive', signIn],
  ['JSON', 'Interactive', signIn],
  ['CSV', 'Owner', sent],
  ['JSON', 'Owner', sent],
])('a row with all that its table is known by is read whatever stands in its Type: %s, %s', async (form, type, row) => {
  const columns = Object.keys(row)
  const given = { ...row, Type: type }
  const text =
    form === 'CSV' ? quotedCsv(columns, Object.values(given)) : JSON.stringify([inJson(given, columns, null)])

  const { activities, rejected } = await digestFile(fileOf(text))

  expect(rejected).toEqual([])
  expect(activities).toMatchObject([{ operation: expected[row['Type'] as keyof typeof expected]?.[1] }])
})

test('rows that a search made of a table under a name of its own are read as its', async () => {
  const { activities, rejected } = await digestFile(
    fileOf(JSON.stringify([{ ...sent, Type: 'OfficeActivity_1_SRCH' }])),
  )

  expect(rejected).toEqual([])
  expect(activities).toMatchObject([{ operation: 'Send' }])
})

/** A row as the API gives it, with the columns of all tables: those of times have no zone in their names, and what is dynamic may be no text. */
function inJson(row: Readonly<Record<string, string>>, columns: readonly string[], nothing: null | ''): object {
  const value = (name: string) => (/^[[{]/.test(row[name] ?? '') ? JSON.parse(row[name] ?? '') : (row[name] ?? nothing))
  return Object.fromEntries(columns.map((name) => [name.replace(' [UTC]', ''), value(name)]))
}

test.each<[Rows, null | '']>([
  [[signIn, change, app], null],
  [[signIn, sent, change], ''],
  [[change, signIn], null],
])('the same of JSON, where each row has the columns of all: %#', async (rows, nothing) => {
  const columns = columnsOf(rows)
  const text = JSON.stringify(rows.map((row) => inJson(row, columns, nothing)))

  const { activities, rejected, format } = await digestFile(fileOf(text))

  expect(rejected).toEqual([])
  expect(format.shape).toBe('directory-audit')
  const told = activities.map(({ dataset, operation, record }) => [dataset, operation, record])
  expect(told).toMatchObject(rows.map(({ Type }) => expected[Type as keyof typeof expected]))
  expect(activities.map(({ dataset, content }) => restore(format, content, dataset).record)).toEqual(
    activities.map(({ record }) => record),
  )
})

// Before rows were read as of the table that they name, those of other tables than the file's could become sign-ins.
const older = {
  Type: 'SecurityAlert',
  TimeGenerated: '2026-03-09T08:16:22Z',
  IPAddress: '203.0.113.67',
  ResultType: '',
}

test.each([
  ['as an alert it has no name', older],
  ['an alert', { ...older, SystemAlertId: 'a-1', AlertName: 'Odd', AlertSeverity: 'High', StartTime: '2026-03-09' }],
  ['as a change it has no operation', { ...older, Type: 'AuditLogs' }],
])('a row that an older case has as a sign-in stays one: %s', (_, row) => {
  const columns = Object.keys(row)
  const csv = { shape: 'sentinel-signinlogs-csv', columns, delimiter: ',' }
  const json = { shape: 'sentinel-signinlogs' }

  const restored = [
    restore(csv, Object.values(row).join(','), 'azure.signinlogs'),
    restore(json, JSON.stringify(row), 'azure.signinlogs'),
  ]

  expect(restored.map(({ record }) => record['ipAddress'])).toEqual(['203.0.113.67', '203.0.113.67'])
})
