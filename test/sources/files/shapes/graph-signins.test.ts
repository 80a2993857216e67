import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { sessionTold } from '#src/entry.ts'
import { graphSignIns as shape } from '#src/sources/files/shapes/graph-signins.ts'

const fixture = new URL('../../../fixtures/logon/signIn/Sign-in-activity.json', import.meta.url)
const signIn: JsonObject = JSON.parse(readFileSync(fixture, 'utf8'))

test("Graph's record stays as it is", () => {
  expect(shape.recognizes(signIn)).toBe(true)
  expect(shape.read(signIn, false)).toEqual({
    dataset: 'azure.signinlogs',
    id: '66ea54eb-1111-4ee5-be62-ff5a759b0100',
    time: Date.parse('2026-01-24T06:54:24.619Z'),
    operation: 'Sign-in activity',
    mailbox: 'alice@contoso.example',
    record: signIn,
    fullness: expect.closeTo(sessionTold + 59.5, 0),
    truncated: false,
  })
})

test("PowerShell's record is the same one", () => {
  const json = String.raw`{
    "AppDisplayName": "Outlook", "CreatedDateTime": "\/Date(1621372413123)\/", "Id": "ABC-1", "IPAddress": "192.0.2.1",
    "UserPrincipalName": "Alice@Contoso.example", "RiskEventTypesV2": ["a"],
    "Status": { "AdditionalDetails": null, "ErrorCode": 50126, "FailureReason": "Invalid" },
    "DeviceDetail": "{\"operatingSystem\":\"Windows 10\"}",
    "Location": { "City": "Springfield", "CountryOrRegion": "US", "GeoCoordinates": { "Latitude": 1.5 } },
    "AppliedConditionalAccessPolicies": [{ "DisplayName": "MFA", "Result": "success" }]
  }`
  const record: JsonObject = JSON.parse(json)

  expect(shape.recognizes(record)).toBe(true)
  expect(shape.read(record, true)).toMatchObject({
    id: 'abc-1',
    time: 1621372413123,
    mailbox: 'alice@contoso.example',
    truncated: true,
    record: {
      appDisplayName: 'Outlook',
      ipAddress: '192.0.2.1',
      riskEventTypes_v2: ['a'],
      status: { errorCode: 50126, failureReason: 'Invalid' },
      deviceDetail: { operatingSystem: 'Windows 10' },
      location: { city: 'Springfield', countryOrRegion: 'US', geoCoordinates: { latitude: 1.5 } },
      appliedConditionalAccessPolicies: [{ displayName: 'MFA', result: 'success' }],
    },
  })
})

test.each([
  ['status.errorCode', 'deviceDetail.operatingSystem', 'location.countryOrRegion'],
  ['Status.ErrorCode', 'DeviceDetail.OperatingSystem', 'Location.CountryOrRegion'],
])('members of its objects that stand beside them (%s) are theirs', (code, system, country) => {
  const { status: _, deviceDetail: __, location: ___, ...rest } = signIn

  expect(shape.read({ ...rest, [code]: 50126, [system]: 'Windows', [country]: 'DK' }, false)).toMatchObject({
    record: {
      status: { errorCode: 50126 },
      deviceDetail: { operatingSystem: 'Windows' },
      location: { countryOrRegion: 'DK' },
    },
  })
})

test('a time that PowerShell wrapped is a time', () => {
  const CreatedDateTime = { value: '/Date(1621372413123)/', DisplayHint: 2, DateTime: 'Tuesday' }

  expect(shape.read({ Id: 'a', CreatedDateTime, Status: {} }, false)).toMatchObject({ time: 1621372413123 })
})

test.each<[string, JsonObject]>([
  ['a user', { id: 'a', createdDateTime: '2025-01-01', userPrincipalName: 'a@b.example', displayName: 'A' }],
  ['an application', { id: 'a', createdDateTime: '2025-01-01', appId: 'b', displayName: 'A' }],
  [
    'an audit record',
    { id: 'a', createdDateTime: '2025-01-01', userPrincipalName: 'a@b.example', status: {}, auditData: {} },
  ],
  ['a sign-in without its time', { id: 'a', ipAddress: '192.0.2.1', userPrincipalName: 'a@b.example' }],
  ['nothing', {}],
])('%s is no sign-in', (_name, record) => {
  expect(shape.recognizes(record)).toBe(false)
})

test.each<[string, JsonObject, string]>([
  ['no time', { id: 'a' }, 'no createdDateTime'],
  ['what is no time', { id: 'a', createdDateTime: 'soon' }, 'createdDateTime is not a time'],
  ['a number for a time', { id: 'a', createdDateTime: 7 }, 'no createdDateTime'],
])('with %s it is none', (_name, record, reason) => {
  expect(shape.read(record, false)).toBe(reason)
})

test('a record nested deeper than the stack is none, in a text too', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  const created = { id: 'a', createdDateTime: '2025-01-01T00:00:00Z' }

  expect(shape.read({ ...created, x: JSON.parse(deep) }, false)).toBe('nested deeper than a sign-in can be')
  expect(shape.read({ ...created, status: deep }, false)).toMatchObject({ record: { status: { result: deep } } })
})

test.each(['x'.repeat(129), 'a b', 'ä'])('an id that Elasticsearch might refuse is hashed', (id) => {
  const shaped = shape.read({ id, createdDateTime: '2025-01-01T00:00:00Z' }, false)

  expect(shaped).toMatchObject({ id: expect.stringMatching(/^[\da-f]{32}$/), record: { id } })
})
