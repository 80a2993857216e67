import { expect, test } from '@jest/globals'
import { restore } from '#src/sources/files/digest.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'
import { documentsOf } from '../../../support/read-documents.ts'

const slots = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
const properties = slots(5).flatMap((n) => ['Name', 'OldValue', 'NewValue'].map((end) => `ModifiedProperty${n}${end}`))
const ofTarget = ['Type', 'DisplayName', 'ObjectId', 'UserPrincipalName', ...properties]
const columns = [
  ...['Date (UTC)', 'CorrelationId', 'Service', 'Category', 'Activity', 'Result', 'ResultReason', 'User Agent'],
  ...['ActorType', 'ActorDisplayName', 'ActorObjectId', 'ActorUserPrincipalName', 'IPAddress', 'ActorHomeTenantId'],
  ...['ActorHomeTenantName', 'ActorServicePrincipalId', 'ActorServicePrincipalName'],
  ...slots(3).flatMap((n) => ofTarget.map((end) => `Target${n}${end}`)),
  ...slots(6).flatMap((n) => [`AdditionalDetail${n}Key`, `AdditionalDetail${n}Value`]),
]
const consent = {
  'Date (UTC)': '2026-05-03T11:10:00.1234567+00:00',
  CorrelationId: '4c1f0a7e-0000-4000-8000-000000000002',
  Service: 'Core Directory',
  Category: 'ApplicationManagement',
  Activity: 'Consent to application',
  Result: 'success',
  ActorType: 'User',
  ActorObjectId: '77aa0000-0000-4000-8000-000000000009',
  ActorUserPrincipalName: 'Bob@contoso.example',
  IPAddress: '203.0.113.45',
  Target1Type: 'ServicePrincipal',
  Target1DisplayName: 'Mail Archiver',
  Target1ObjectId: '33aa0000-0000-4000-8000-000000000001',
  Target1ModifiedProperty1Name: 'ConsentContext.IsAdminConsent',
  Target1ModifiedProperty1OldValue: '"False"',
  Target1ModifiedProperty1NewValue: '"True"',
  AdditionalDetail1Key: 'User-Agent',
  AdditionalDetail1Value: 'Mozilla/5.0 (X11; Linux x86_64)',
}
const json = {
  id: 'Directory_1',
  activityDateTime: '2026-05-03T11:10:00.1234567Z',
  activityDisplayName: 'Consent to application',
  category: 'ApplicationManagement',
  correlationId: consent.CorrelationId,
  loggedByService: 'Core Directory',
  result: 'success',
  initiatedBy: {
    user: { id: consent.ActorObjectId, userPrincipalName: 'Bob@contoso.example', ipAddress: '203.0.113.45' },
  },
  targetResources: [
    {
      id: consent.Target1ObjectId,
      displayName: 'Mail Archiver',
      modifiedProperties: [{ displayName: 'ConsentContext.IsAdminConsent', oldValue: '"False"', newValue: '"True"' }],
    },
  ],
  additionalDetails: [{ key: 'User-Agent', value: 'Mozilla/5.0 (X11; Linux x86_64)' }],
}

test("a row of the portal's audit log is what its JSON is, but for the id that it lacks", async () => {
  const [row] = (await documentsOf(csv([consent]))).documents
  const [record] = (await documentsOf(JSON.stringify([json]))).documents

  const own = { 'event.id': '', 'event.original': '', 'hoofprint.source': '' }
  expect(row).toMatchObject({
    'event.id': expect.stringMatching(/^[\da-f]{32}$/),
    'hoofprint.source': 'entra-audit-csv',
  })
  expect({ ...row, ...own }).toEqual({ ...record, ...own })
  expect(row).toMatchObject({
    '@timestamp': '2026-05-03T11:10:00.000Z',
    'hoofprint.category': 'consent',
    'user.id': 'Bob@contoso.example',
    'source.ip': '203.0.113.45',
  })
})

test('a row is the same event in every download, whatever columns that has, and another where it says anything else', async () => {
  const { 'User Agent': _, ...older } = Object.fromEntries(columns.toReversed().map((column) => [column, '']))
  const read = async (row: Row) => (await digestFile(fileOf(csv([row])))).activities[0]?.id

  const id = await read(consent)

  expect(await read({ ...older, ...consent })).toBe(id)
  expect(await read({ ...consent, Target1Type: 'Application' })).not.toBe(id)
})

test('a row that went through Import-Csv and ConvertTo-Json is the event that it is in the CSV', async () => {
  const imported = Object.fromEntries(columns.map((column) => [column, (consent as Row)[column] ?? '']))

  const [row] = (await digestFile(fileOf(csv([consent])))).activities
  const { activities, format } = await digestFile(fileOf(JSON.stringify([imported])))

  expect(format.shape).toBe('entra-audit-json')
  expect(activities).toMatchObject([{ id: row?.id, time: row?.time, record: row?.record }])
})

test.each([
  ['Target3Type', true],
  ['Target2ModifiedProperty5Name', true],
  ['AdditionalDetail6Key', true],
  ['Target2Type', false],
  ['Target1ModifiedProperty4Name', false],
  ['AdditionalDetail5Key', false],
])('whether more may have been where %s says something: %p', async (column, truncated) => {
  const { activities, format } = await digestFile(fileOf(csv([{ ...consent, [column]: 'x' }])))

  expect(activities).toMatchObject([{ truncated }])
  expect(activities[0] && restore(format, activities[0].content).truncated).toBe(truncated)
})

test('an application did it where no user is named, and what is no time is rejected', async () => {
  const { ActorObjectId: _, ActorUserPrincipalName: __, ...rest } = consent
  const byApplication = {
    ...rest,
    ...{ ActorType: 'Application', ActorDisplayName: 'Sync', ActorServicePrincipalId: 'sp-1', 'User Agent': 'Agent/1' },
  }

  const { activities, rejected } = await digestFile(
    fileOf(csv([byApplication, { ...byApplication, 'Date (UTC)': 'now' }])),
  )

  expect(activities).toMatchObject([{ record: { UserId: 'Sync', UserKey: 'sp-1', UserAgent: 'Agent/1' } }])
  expect(rejected.map(({ reason }) => reason)).toEqual(['CreationTime is not a time'])
})

type Row = Readonly<Record<string, string>>

function csv(rows: readonly Row[]): string {
  const header = [...new Set([...Object.keys(rows[0] ?? {}), ...columns])]
  const cell = (text = '') => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return [header, ...rows.map((row) => header.map((column) => row[column]))]
    .map((cells) => `${cells.map(cell).join(',')}\n`)
    .join('')
}

test.each([
  ['ActivityDisplayName', 'LoggedByService', 'Result'],
  ['Activity', 'Service', 'Status'],
])('what Microsoft-Analyzer-Suite makes of a record under %s is that record, with its id', async (activity, service, result) => {
  const id = 'Directory_4c1f0a7e-0000-4000-8000-000000000002_1'
  const row = {
    ActivityDateTime: '2026-05-03 11:10:00.123',
    'InitiatedBy (UPN)': consent.ActorUserPrincipalName,
    UserId: consent.ActorObjectId,
    [service]: consent.Service,
    Category: consent.Category,
    [activity]: consent.Activity,
    [result]: 'success',
    IPAddress: consent.IPAddress,
    Target1DisplayName: consent.Target1DisplayName,
    Target1Id: consent.Target1ObjectId,
    Target1Type: 'ServicePrincipal',
    Target1ModifiedProperty1Name: '',
    CorrelationId: consent.CorrelationId,
    Id: id,
  }

  const { format, activities } = await digestFile(
    fileOf(`${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`),
  )

  expect(format.shape).toBe('entra-audit-suite-csv')
  expect(activities).toMatchObject([{ id, operation: consent.Activity, truncated: true }])
  expect(activities[0]?.record).toMatchObject({
    ...{ UserId: consent.ActorUserPrincipalName, ActorIpAddress: consent.IPAddress, ResultStatus: 'success' },
    LoggedByService: consent.Service,
    InterSystemsId: consent.CorrelationId,
    ObjectId: consent.Target1DisplayName,
    ModifiedProperties: [],
  })
})
