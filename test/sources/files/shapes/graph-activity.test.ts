import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { graphActivity } from '#src/sources/files/shapes/graph-activity.ts'
import { recognize } from '#src/sources/files/shapes/index.ts'
import type { Shaped } from '#src/sources/files/shapes/shape.ts'
import { cellsOf } from '../../../support/cells.ts'

const alice = '26be570a-1111-4189-b4e2-a37c6808512d'
const tenant = 'aaaabbbb-0000-cccc-1111-dddd2222eeee'
const requestId = '55556666-ffff-7777-aaaa-000000000001'
const uri = "https://graph.microsoft.com/v1.0/me/messages?$filter=contains(subject,'a,b')"

/** As Log Analytics' API gives it. */
const row: JsonObject = {
  TenantId: 'workspace-1',
  TimeGenerated: '2026-03-02T09:04:05.1234567Z',
  Location: 'West Europe',
  RequestId: requestId,
  OperationId: requestId,
  ClientRequestId: requestId,
  ApiVersion: 'v1.0',
  RequestMethod: 'GET',
  ResponseStatusCode: 200,
  AadTenantId: tenant,
  IPAddress: '203.0.113.66',
  UserAgent: 'curl/8.5',
  RequestUri: uri,
  DurationMs: 417,
  ResponseSizeBytes: 1000,
  SignInActivityId: 'QWxpY2U',
  AppId: 'app-1',
  UserId: alice,
  Scopes: 'Mail.Read',
  ClientAuthMethod: 0,
  Type: 'MicrosoftGraphActivityLogs',
}

const expected = {
  dataset: 'azure.graphactivitylogs',
  time: Date.parse('2026-03-02T09:04:05.123Z'),
  operation: 'Microsoft Graph Activity',
  mailbox: alice,
  record: { tenantId: tenant, requestUri: uri, ipAddress: '203.0.113.66', signInActivityId: 'QWxpY2U', appId: 'app-1' },
}

function shaped(record: JsonObject): Shaped {
  const found = recognize(record, false, '')
  expect(found?.shape).toBe(graphActivity.json)
  return graphActivity.json.read(record, false) as Shaped
}

test("a row of Log Analytics' table is a request", () => {
  expect(shaped(row)).toMatchObject({ ...expected, record: { ...expected.record, workspaceId: 'workspace-1' } })
})

test("the page's row of it, the record of a diagnostic setting and Defender's row are the same request", () => {
  const { id } = shaped(row)
  const cells = cellsOf(
    `"TimeGenerated [UTC]",RequestId,RequestMethod,ResponseStatusCode,AadTenantId,IPAddress,RequestUri,SignInActivityId,AppId,UserId
"3/2/2026, 9:04:05.123 AM",${requestId},GET,200,${tenant},203.0.113.66,"${uri}",QWxpY2U,app-1,${alice}\n`,
  )[0]
  const diagnostic = {
    time: row['TimeGenerated'],
    category: 'MicrosoftGraphActivityLogs',
    operationName: 'Microsoft Graph Activity',
    durationMs: '417',
    callerIpAddress: '203.0.113.66',
    correlationId: requestId,
    properties: {
      ...{ requestId, requestMethod: 'GET', requestUri: uri, responseStatusCode: 200, tenantId: tenant },
      ...{ ipAddress: '203.0.113.66', signInActivityId: 'QWxpY2U', appId: 'app-1', userId: alice, durationMs: 417 },
    },
  } as JsonObject
  const defender = {
    ...{ Timestamp: row['TimeGenerated'], RequestId: requestId.toUpperCase(), RequestMethod: 'GET', RequestUri: uri },
    ...{ ResponseStatusCode: '200', IpAddress: '203.0.113.66', UniqueTokenIdentifier: 'QWxpY2U' },
    ...{ ApplicationId: 'app-1', AccountObjectId: alice, RequestDuration: '417', EntityType: 'User' },
  } as JsonObject

  expect(graphActivity.csv.read(cells ?? {}, '')).toMatchObject({ ...expected, id })
  expect(shaped(diagnostic)).toMatchObject({ ...expected, id, record: { ...expected.record, durationMs: 417 } })
  const { tenantId: _, ...told } = expected.record
  expect(shaped(defender)).toMatchObject({ ...expected, id, record: { ...told, durationMs: '417' } })
})

test('a diagnostic setting calls the session and the device by their claims', () => {
  const properties = {
    ...{ requestId, requestMethod: 'GET', requestUri: uri },
    C_Sid: 'session-1',
    C_DeviceId: 'device-1',
  }

  const { record } = shaped({ time: '2026-03-02T09:04:05Z', category: 'MicrosoftGraphActivityLogs', properties })

  expect(record).toMatchObject({ sessionId: 'session-1', deviceId: 'device-1' })
})

test('of two names of one thing the one that says something counts', () => {
  const properties = {
    ...{ requestId, requestMethod: 'GET', requestUri: uri },
    ...{ SessionId: 'session-1', C_Sid: '', C_DeviceId: null, DeviceId: 'device-1' },
  }

  const { record } = shaped({ time: '2026-03-02T09:04:05Z', category: 'MicrosoftGraphActivityLogs', properties })

  expect(record).toMatchObject({ sessionId: 'session-1', deviceId: 'device-1' })
})

test('requests of a batch that share their ids are as many as they are', () => {
  const others = [
    {},
    { RequestUri: `${uri}&$top=1` },
    { RequestMethod: 'POST' },
    { ResponseStatusCode: 404 },
    { ResponseStatusCode: { toString: 1 } },
    { RequestId: 'other' },
  ]

  expect(new Set(others.map((other) => shaped({ ...row, ...other }).id)).size).toBe(others.length)
})

test('a selection of columns is read, with no id of its own; without a time it is none', () => {
  const selected = { TimeGenerated: '2026-03-02T09:04:05Z', RequestMethod: 'GET', RequestUri: uri }
  const { TimeGenerated: _, ...timeless } = selected

  expect(shaped(selected)).toMatchObject({ id: expect.stringMatching(/^[\da-f]{32}$/), mailbox: '', fullness: 0 })
  expect(graphActivity.json.read(timeless, false)).toBe('no TimeGenerated')
  expect(graphActivity.json.read({ ...selected, TimeGenerated: 'soon' }, false)).toBe('TimeGenerated is not a time')
})

test('times that are not in UTC are refused, rather than shifted', () => {
  const cells = { 'TimeGenerated [Local Time]': '3/2/2026, 9:04:05.123 AM', RequestMethod: 'GET', RequestUri: uri }

  expect(graphActivity.csv.read(cells, '')).toBe('times are not in UTC: export again with UTC as time zone')
})

test('requests to the older directory API, and to web servers, are not taken for these', () => {
  const others = ['https://graph.windows.net/contoso.example/users', 'https://www.contoso.example/me/messages']

  for (const RequestUri of others) {
    expect(graphActivity.json.recognizes({ ...row, RequestUri })).toBe(false)
    expect(graphActivity.csv.holds?.({ RequestUri, RequestMethod: 'GET' })).toBe(false)
  }
})
