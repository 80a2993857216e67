import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { restore } from '#src/sources/files/digest.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'

const event: JsonObject = {
  Timestamp: '2026-05-03T09:00:00.123Z',
  Application: 'Outlook',
  ApplicationId: '00000002-0000-0ff1-ce00-000000000000',
  LogonType: '["nonInteractiveUser"]',
  ErrorCode: 50126,
  CorrelationId: '4c1f0a7e-0000-4000-8000-000000000001',
  SessionId: 'aa110000-0000-4000-8000-000000000001',
  AccountDisplayName: 'Alice Field',
  AccountObjectId: '77aa0000-0000-4000-8000-000000000001',
  AccountUpn: 'Alice@contoso.example',
  IsExternalUser: 0,
  IsGuestUser: false,
  AadDeviceId: '',
  EntraIdDeviceId: 'device-1',
  OSPlatform: 'Windows 11',
  IsManaged: 1,
  IsCompliant: 0,
  TokenIssuerType: 0,
  RiskLevelAggregated: 50,
  RiskLevelDuringSignIn: 0,
  RiskState: 4,
  ConditionalAccessPolicies: '[{"displayName":"MFA","result":"notApplied"}]',
  ConditionalAccessStatus: 2,
  UserAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
  Browser: 'Edge 120',
  IPAddress: '203.0.113.45',
  Country: 'FR',
  State: '',
  City: 'Lyon',
  Latitude: '45.7',
  RequestId: '55AA0000-0000-4000-8000-000000000001',
  UniqueTokenId: 'token-1',
}
const expected = {
  dataset: 'azure.signinlogs',
  id: '55aa0000-0000-4000-8000-000000000001',
  time: Date.UTC(2026, 4, 3, 9, 0, 0, 123),
  mailbox: 'alice@contoso.example',
  truncated: false,
  record: {
    appDisplayName: 'Outlook',
    appId: event['ApplicationId'],
    signInEventTypes: ['nonInteractiveUser'],
    correlationId: event['CorrelationId'],
    sessionId: event['SessionId'],
    userDisplayName: 'Alice Field',
    userId: event['AccountObjectId'],
    userType: 'member',
    deviceDetail: {
      deviceId: 'device-1',
      operatingSystem: 'Windows 11',
      isManaged: true,
      isCompliant: false,
      browser: 'Edge 120',
    },
    tokenIssuerType: 'AzureAD',
    riskLevelAggregated: 'medium',
    riskState: 'atRisk',
    appliedConditionalAccessPolicies: [{ displayName: 'MFA', result: 'notApplied' }],
    conditionalAccessStatus: 'notApplied',
    userAgent: event['UserAgent'],
    ipAddress: '203.0.113.45',
    location: { countryOrRegion: 'FR', city: 'Lyon', geoCoordinates: { latitude: '45.7' } },
    uniqueTokenIdentifier: 'token-1',
  },
}

test('a row of advanced hunting is the sign-in that Graph has, and that again from the case', async () => {
  const { activities, rejected, format } = await digestFile(fileOf(JSON.stringify({ schema: [], results: [event] })))

  expect([format.shape, rejected]).toEqual(['hunting-signins', []])
  expect(activities).toMatchObject([{ ...expected, record: { ...expected.record, status: { errorCode: 50126 } } }])
  expect(activities[0]?.record).not.toHaveProperty('riskLevelDuringSignIn') // It was not set.
  expect(activities[0] && restore(format, activities[0].content).record).toEqual(activities[0]?.record)
})

test.each(['Timestamp', 'Timestamp [UTC]'])('the same as CSV, with %s', async (column) => {
  const { activities, rejected, format } = await digestFile(fileOf(csv(column, event)))

  expect([format.shape, rejected]).toEqual(['hunting-signins-csv', []])
  expect(activities).toMatchObject([{ ...expected, record: { ...expected.record, status: { errorCode: '50126' } } }])
  expect(activities[0] && restore(format, activities[0].content).record).toEqual(activities[0]?.record)
})

test('times that are not in UTC are refused, rather than shifted', async () => {
  const { rejected } = await digestFile(fileOf(csv('Timestamp [Local Time]', event)))

  expect(rejected.map(({ reason }) => reason)).toEqual(['times are not in UTC: export again with UTC as time zone'])
})

test.each([
  ['true', 'managedIdentity'],
  ['False', 'servicePrincipal'],
])('an application that signs in is one where IsManagedIdentity is %s', async (isManaged, type) => {
  const { activities } = await digestFile(
    fileOf(
      csv('Timestamp', {
        Timestamp: '2026-05-03T09:00:00Z',
        Application: 'Mail Archiver',
        ErrorCode: 0,
        IsManagedIdentity: isManaged,
        ...{ ServicePrincipalName: 'Mail Archiver', ServicePrincipalId: 'sp-1', IPAddress: '203.0.113.45' },
      }),
    ),
  )

  expect(activities).toMatchObject([
    { mailbox: '', record: { servicePrincipalId: 'sp-1', signInEventTypes: type, status: { errorCode: '0' } } },
  ])
})

function csv(timeColumn: string, row: JsonObject): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  const columns = Object.keys(row).map((column) => (column === 'Timestamp' ? timeColumn : column))
  return [columns, Object.values(row).map(String)].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}
