import { expect, test } from '@jest/globals'
import type { Json, JsonObject } from '#src/activity.ts'
import { diagnosticSignIns } from '#src/sources/files/shapes/diagnostic-signins.ts'
import { graphSignIns } from '#src/sources/files/shapes/graph-signins.ts'
import { sentinelSignInLogs } from '#src/sources/files/shapes/sentinel-signinlogs.ts'
import { cellsOf } from '../../../support/cells.ts'

const record: JsonObject = {
  TenantId: 'workspace-1',
  SourceSystem: 'Azure AD',
  TimeGenerated: '2025-03-12T07:22:09.5Z',
  OperationName: 'Sign-in activity',
  Category: 'SignInLogs',
  ResultType: '50126',
  ResultDescription: 'Invalid username or password',
  Identity: 'Alice Example',
  Location: 'US',
  AppDisplayName: 'Outlook',
  CreatedDateTime: '2025-03-12T07:22:01.123Z',
  DeviceDetail: '{"deviceId":"","operatingSystem":"Windows 10","browser":"Edge"}',
  Id: 'ABC-1',
  IPAddress: '192.0.2.1',
  LocationDetails: { city: 'Springfield', countryOrRegion: 'US' },
  Status: '{"errorCode":50126,"additionalDetails":"more"}',
  UserPrincipalName: 'alice@contoso.example',
  AADTenantId: 'tenant-1',
  Type: 'SigninLogs',
}
const expected = {
  dataset: 'azure.signinlogs',
  id: 'abc-1',
  time: Date.parse('2025-03-12T07:22:01.123Z'),
  mailbox: 'alice@contoso.example',
  record: {
    tenantId: 'tenant-1',
    workspaceId: 'workspace-1',
    category: 'SignInLogs',
    resultType: '50126',
    location: { city: 'Springfield', countryOrRegion: 'US' },
    locationCode: 'US',
    deviceDetail: { operatingSystem: 'Windows 10', browser: 'Edge' },
    status: { errorCode: 50126, failureReason: 'Invalid username or password', additionalDetails: 'more' },
  },
}

test("a record of Sentinel's table is Graph's sign-in", () => {
  expect(sentinelSignInLogs.json.recognizes(record)).toBe(true)
  expect(graphSignIns.recognizes(record)).toBe(false)
  expect(sentinelSignInLogs.json.read(record, false)).toMatchObject(expected)
})

// SigninLogs has dynamic what AADNonInteractiveUserSignInLogs has as a string.
test.each([
  'dynamic',
  'string',
])('a row of a union of tables, which has columns of two types, is the same sign-in: %s', (type) => {
  const other = type === 'string' ? 'dynamic' : 'string'
  const doubled = ['DeviceDetail', 'LocationDetails', 'Status']
  const typed = Object.entries(record).flatMap(([name, value]): [string, Json][] =>
    doubled.includes(name)
      ? [
          [`${name}_${type}`, value],
          [`${name}_${other}`, other === 'string' ? '' : null],
        ]
      : [[name, value]],
  )
  const row = Object.fromEntries(typed)
  const cells = Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value),
    ]),
  )

  expect(sentinelSignInLogs.json.read(row, false)).toMatchObject(expected)
  expect(sentinelSignInLogs.csv.read(cells, '')).toMatchObject(expected)
})

test('a row of the same table is the same sign-in', () => {
  const cells = { ...record, LocationDetails: '{"city":"Springfield","countryOrRegion":"US"}' }
  const { CreatedDateTime, TimeGenerated, ...rest } = cells as Record<string, string>
  const csv = {
    ...rest,
    'CreatedDateTime [UTC]': '3/12/2025, 7:22:01.123 AM',
    'TimeGenerated [UTC]': '3/12/2025, 7:22:09.500 AM',
  }

  expect(sentinelSignInLogs.csv.read(csv, '')).toMatchObject(expected)
})

test('a selection of columns is read, with the time it has and no id of its own', () => {
  const [cells = {}] = cellsOf(
    'TimeGenerated [UTC],UserPrincipalName,IPAddress,ResultType\n"3/12/2025, 7:22:09.500 AM",A@b.example,192.0.2.1,0\n',
  )

  expect(sentinelSignInLogs.csv.read(cells, '')).toMatchObject({
    id: expect.stringMatching(/^[\da-f]{32}$/),
    time: Date.parse('2025-03-12T07:22:09.500Z'),
    mailbox: 'a@b.example',
    record: { status: { errorCode: '0' } },
  })
})

test('times that are not in UTC are refused, rather than shifted', () => {
  const cells = { 'TimeGenerated [Local Time]': '3/12/2025, 7:22:09.500 AM', IPAddress: '192.0.2.1', ResultType: '0' }

  expect(sentinelSignInLogs.csv.read(cells, '')).toBe('times are not in UTC: export again with UTC as time zone')
})

test('what diagnostic settings store is the sign-in inside, with what its envelope adds', () => {
  const envelope: JsonObject = {
    time: '2025-03-12T07:22:09Z',
    operationName: 'Sign-in activity',
    category: 'NonInteractiveUserSignInLogs',
    resultType: '50126',
    callerIpAddress: '192.0.2.9',
    resourceId: '/tenants/tenant-1/providers/Microsoft.aadiam',
    location: 'US',
    tenantId: 'tenant-1',
    properties: {
      id: 'ABC-1',
      createdDateTime: '2025-03-12T07:22:01.123Z',
      userPrincipalName: 'alice@contoso.example',
      ipAddress: '192.0.2.1',
      resourceId: '00000002-0000-0ff1-ce00-000000000000',
      location: { city: 'Springfield' },
      status: { errorCode: 50126 },
    },
  }
  const asText = { ...envelope, properties: JSON.stringify(envelope['properties']) }

  for (const one of [envelope, asText]) {
    expect(diagnosticSignIns.recognizes(one)).toBe(true)
    expect(diagnosticSignIns.read(one, false)).toMatchObject({
      id: 'abc-1',
      time: Date.parse('2025-03-12T07:22:01.123Z'),
      record: {
        ipAddress: '192.0.2.1',
        category: 'NonInteractiveUserSignInLogs',
        tenantId: 'tenant-1',
        resourceId: '00000002-0000-0ff1-ce00-000000000000',
        location: { city: 'Springfield' },
        status: { errorCode: 50126 },
      },
    })
  }
})

test('an envelope of something else is not taken, one without a sign-in is none', () => {
  const audit = { time: '2025-03-12T07:22:09Z', operationName: 'Add user', category: 'AuditLogs', properties: {} }
  const empty = { time: '2025-03-12T07:22:09Z', operationName: 'Sign-in activity', properties: 'cut {' }

  expect(diagnosticSignIns.recognizes(audit)).toBe(false)
  expect(diagnosticSignIns.read(empty, false)).toBe('its properties are no sign-in')
})
