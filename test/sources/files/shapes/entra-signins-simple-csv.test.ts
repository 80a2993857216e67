import { expect, test } from '@jest/globals'
import { entraSignInsSimpleCsv, graphSignInsCsv } from '#src/sources/files/shapes/entra-signins-simple-csv.ts'
import { cellsOf } from '../../../support/cells.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'

test('selected columns stand where Graph has them', () => {
  const csv =
    'CreatedDateTime,UserPrincipalName,UserDisplayName,AppDisplayName,IPAddress,City,Country,Device,Browser,OS,Status,RiskState,' +
    'RiskLevelDuringSignIn,RiskLevelAggregated,ConditionalAccessStatus\n' +
    '3/12/2025 7:22:01 AM,Alice@Contoso.example,Alice Example,One Outlook Web,198.51.100.23,Springfield,US,LAPTOP7,Chrome,' +
    'Windows 10,Failure,none,none,none,notApplied\n'

  const shaped = entraSignInsSimpleCsv.read(cellsOf(csv)[0] ?? {}, '')

  expect(shaped).toMatchObject({
    id: expect.stringMatching(/^[\da-f]{32}$/),
    time: Date.parse('2025-03-12T07:22:01Z'),
    mailbox: 'alice@contoso.example',
    fullness: 0,
    record: {
      createdDateTime: '3/12/2025 7:22:01 AM',
      ipAddress: '198.51.100.23',
      location: { city: 'Springfield', countryOrRegion: 'US' },
      deviceDetail: { displayName: 'LAPTOP7', browser: 'Chrome', operatingSystem: 'Windows 10' },
      status: { result: 'Failure' },
      riskLevelDuringSignIn: 'none',
    },
  })
})

test("flattened columns stand where they were in Graph's object", () => {
  const csv =
    'id,createdDateTime,userPrincipalName,appDisplayName,ipAddress,status.errorCode,deviceDetail_operatingSystem,' +
    'location/city,location.geoCoordinates.latitude,riskEventTypes_v2\n' +
    'ABC-1,2025-03-12T07:22:01.1234567Z,alice@contoso.example,Outlook,192.0.2.1,50126,Windows,Springfield,12.5,"[""unfamiliarFeatures""]"\n'

  const shaped = graphSignInsCsv.read(cellsOf(csv)[0] ?? {}, '')

  expect(shaped).toMatchObject({
    id: 'abc-1',
    time: Date.parse('2025-03-12T07:22:01.123Z'),
    fullness: expect.closeTo(10.5, 0),
    record: {
      status: { errorCode: '50126' },
      deviceDetail: { operatingSystem: 'Windows' },
      location: { city: 'Springfield', geoCoordinates: { latitude: '12.5' } },
      riskEventTypes_v2: ['unfamiliarFeatures'],
    },
  })
})

test('of what Export-Csv wrote the type of nothing is known, and that is said', () => {
  const csv =
    'Id,CreatedDateTime,UserPrincipalName,AppDisplayName,IPAddress,Status,Location,AuthenticationDetails,AdditionalProperties\n' +
    'A1,2025-03-12T07:22:01Z,alice@contoso.example,Outlook,192.0.2.1,Microsoft.Graph.PowerShell.Models.MicrosoftGraphSignInStatus,' +
    'Microsoft.Graph.PowerShell.Models.MicrosoftGraphSignInLocation,System.Object[],"System.Collections.Generic.Dictionary`2[System.String,System.Object]"\n'

  const shaped = entraSignInsSimpleCsv.read(cellsOf(csv)[0] ?? {}, '')

  expect(shaped).toMatchObject({ truncated: true })
  expect(Object.keys((shaped as { record: object }).record)).toEqual([
    'id',
    'createdDateTime',
    'userPrincipalName',
    'appDisplayName',
    'ipAddress',
  ])
})

test.each([
  ['0', { errorCode: '0' }],
  ['Success', { result: 'Success' }],
  ['{"errorCode":50126,"failureReason":"Invalid"}', { errorCode: 50126, failureReason: 'Invalid' }],
  ['@{ErrorCode=50126; FailureReason=Invalid}', { errorCode: '50126', failureReason: 'Invalid' }],
  [
    'class SignInStatus {\r\n  ErrorCode: 50126\r\n  FailureReason: Invalid: really\r\n  AdditionalDetails: \r\n}',
    { errorCode: '50126', failureReason: 'Invalid: really', additionalDetails: '' },
  ],
  ["{'errorCode': 50126, 'additionalDetails': None}", { errorCode: 50126, additionalDetails: null }],
  ['{broken', { result: '{broken' }],
])('the status %j is %j', (status, expected) => {
  const cells = { CreatedDateTime: '2025-03-12T07:22:01', UserPrincipalName: 'a@b.example', Status: status }

  const shaped = entraSignInsSimpleCsv.read(cells, '')

  expect(shaped).toMatchObject({ record: { status: expected } })
})

test.each([
  [
    'numbered',
    {
      'AuthenticationDetails.1.AuthenticationMethod': 'Password',
      'AuthenticationDetails.1.Succeeded': 'True',
      'AuthenticationDetails.2.AuthenticationMethod': 'Mobile app notification',
      'AuthenticationDetails.2.Succeeded': 'False',
    },
  ],
  [
    'as Python writes it',
    {
      AuthenticationDetails:
        "[{'authenticationMethod': 'Password', 'succeeded': 'True'}, {'authenticationMethod': 'Mobile app notification', 'succeeded': 'False'}]",
    },
  ],
])('the steps of a sign-in are a list again: %s', (_, steps) => {
  const cells = { CreatedDateTime: '2025-03-12T07:22:01', UserPrincipalName: 'a@b.example', ...steps }

  const shaped = entraSignInsSimpleCsv.read(cells, '')

  expect(shaped).toMatchObject({
    record: {
      authenticationDetails: [
        { authenticationMethod: 'Password', succeeded: 'True' },
        { authenticationMethod: 'Mobile app notification', succeeded: 'False' },
      ],
    },
  })
})

test('the same row is the same sign-in in another session of PowerShell', () => {
  const cells = { CreatedDateTime: '2025-03-12T07:22:01', UserPrincipalName: 'a@b.example', RunspaceId: '1' }

  const one = entraSignInsSimpleCsv.read(cells, '')
  const other = entraSignInsSimpleCsv.read({ ...cells, RunspaceId: '2' }, '')
  const third = entraSignInsSimpleCsv.read({ ...cells, IPAddress: '192.0.2.1' }, '')

  expect(one).toEqual(other)
  expect(third).not.toMatchObject({ id: (one as { id: string }).id })
})

test('sign-ins of which a script did not select the application go by their id, and accounts are none', async () => {
  const text =
    'id,createdDateTime,userPrincipalName,ipAddress,status.errorCode,isInteractive\n' +
    '2f0a0000-0000-4000-8000-000000000001,2026-03-09T08:15:21Z,alice@contoso.example,192.0.2.1,50126,true\n'

  const { format, activities, rejected } = await digestFile(fileOf(text))

  expect(rejected).toEqual([])
  expect(format.shape).toBe('graph-signins-by-id-csv')
  expect(activities).toMatchObject([
    { id: '2f0a0000-0000-4000-8000-000000000001', mailbox: 'alice@contoso.example', dataset: 'azure.signinlogs' },
  ])
  const accounts =
    'id,createdDateTime,userPrincipalName,displayName\nx,2026-03-09T08:15:21Z,alice@contoso.example,Alice\n'
  await expect(digestFile(fileOf(accounts))).rejects.toThrow()
})
