import { expect, test } from '@jest/globals'
import type { Json, JsonObject } from '#src/activity.ts'
import { encode } from '#src/encode.ts'
import { normalizer } from '#src/normalize/index.ts'
import { activityOf, documentOf as documentOfActivity } from '../support/audit.ts'

test.each<[JsonObject, string]>([
  [{ status: { errorCode: 0 } }, 'success'],
  [{ status: { errorCode: '0' } }, 'success'],
  [{ status: { errorCode: 50126 } }, 'failure'],
  [{ status: { errorCode: '53003' } }, 'failure'],
  [{ status: { errorCode: 50058 } }, 'unknown'],
  [{ status: { errorCode: 50072 } }, 'unknown'],
  [{ status: { errorCode: 50074 } }, 'unknown'],
  [{ status: { errorCode: 50076 } }, 'unknown'],
  [{ status: { errorCode: '50140' } }, 'unknown'],
  [{ status: { errorCode: 16000 } }, 'unknown'],
  [{ status: { errorCode: 50127 } }, 'unknown'],
  [{ status: { errorCode: 50129 } }, 'unknown'],
  [{ status: { errorCode: 51006 } }, 'unknown'],
  [{ status: { errorCode: 52004 } }, 'unknown'],
  [{ status: { errorCode: 9002341 } }, 'unknown'],
  [{ status: { errorCode: 50053 } }, 'failure'],
  [{ status: { errorCode: 50074, result: 'Failure' } }, 'failure'],
  [{ status: { result: 'Success' } }, 'success'],
  [{ status: { result: 'INTERRUPTED' } }, 'unknown'],
  [{ status: { errorCode: 50126, result: 'Microsoft.Graph.SignInStatus' } }, 'failure'],
  [{ status: { errorCode: null } }, 'unknown'],
  [{ status: 'odd' }, 'unknown'],
  [{}, 'unknown'],
])('a sign-in with %j ended in %s', (record, outcome) => {
  expect(documentOf(record)['event.outcome']).toBe(outcome)
})

const step = (authenticationMethod: string, authenticationStepResultDetail: string, succeeded = true) => ({
  ...{ authenticationMethod, authenticationStepResultDetail, succeeded },
})
const brought = 'MFA requirement satisfied by claim in the token'

test.each<[JsonObject, string | undefined]>([
  [{ status: { errorCode: 0, additionalDetails: brought } }, 'token'],
  [{ authenticationDetails: [step('Previously satisfied', brought)] }, 'token'],
  [
    {
      authenticationDetails: [step('Previously satisfied', 'First factor requirement satisfied by claim in the token')],
    },
    undefined,
  ],
  [{ authenticationDetails: [step('Password', 'Correct password')] }, undefined],
  [
    {
      authenticationDetails: [
        step('Password', 'Correct password'),
        step('Mobile app notification', 'MFA completed in Azure AD'),
      ],
    },
    'Mobile app notification',
  ],
  [{ authenticationDetails: [step('Text message', 'MFA completed in Azure AD', false)] }, undefined],
  [{ mfaDetail: { authMethod: 'Text message' }, status: { errorCode: 0 } }, 'Text message'],
  [
    { status: { errorCode: 0, additionalDetails: 'MFA requirement satisfied by claim provided by external provider' } },
    'external provider',
  ],
  [{ status: { errorCode: 50074, additionalDetails: brought } }, undefined],
])('the second factor of a sign-in with %j was met by %s', (record, factor) => {
  expect(documentOf({ status: { errorCode: 0 }, ...record })['hoofprint.second_factor']).toBe(factor)
})

test.each<[JsonObject, string | undefined]>([
  [{ resourceId: 'r-1' }, 'r-1'],
  [{ resourceId: '/tenants/t-1/providers/Microsoft.aadiam', resourceIdentity: 'r-1' }, 'r-1'],
  [{ resourceId: 'r-1', resourceIdentity: '' }, 'r-1'],
  [{}, undefined],
])('a sign-in with %j was to the resource %s', (record, resource) => {
  expect(documentOf(record)['azure.signinlogs.properties.resource_id']).toBe(resource)
})

const right = { authenticationMethod: 'Password', succeeded: true, authenticationStepResultDetail: 'Correct password' }
const wrong = { authenticationMethod: 'Password', succeeded: 'false' }

test.each<[JsonObject, string | undefined]>([
  [{ status: { errorCode: 50074 } }, 'accepted'],
  [{ status: { errorCode: '53003' } }, 'accepted'],
  [{ status: { errorCode: 500121 }, authenticationDetails: [wrong, right] }, 'password'],
  [{ status: { errorCode: 50076 }, authenticationDetails: [{ ...right, succeeded: 'True' }] }, 'password'],
  [{ status: { errorCode: 50074 }, authenticationDetails: [wrong] }, undefined],
  [
    { status: { errorCode: 50074 }, authenticationDetails: [{ authenticationMethod: 'Previously satisfied' }] },
    'token',
  ],
  [{ status: { errorCode: 50079 }, incomingTokenType: 'primaryRefreshToken' }, 'token'],
  [{ status: { errorCode: 50079 }, incomingTokenType: 'none', authenticationDetails: 'odd' }, 'accepted'],
  [{ status: { errorCode: 50126 }, authenticationDetails: [right] }, undefined], // Refused as wrong.
  [{ status: { errorCode: 50053 } }, undefined], // Locked, whatever the password.
  [{ status: { errorCode: 50057 } }, undefined], // Disabled.
  [{ status: { errorCode: 50058 } }, undefined],
  [{ status: { errorCode: 50140 } }, undefined], // Nothing stopped it.
  [{ status: { errorCode: 0 }, authenticationDetails: [right] }, undefined],
  [{}, undefined],
])('of a user’s sign-in with %j the first factor that was accepted is %s', (record, factor) => {
  const own = { userPrincipalName: 'alice@contoso.example', ...record }

  expect(documentOf(own)['hoofprint.first_factor']).toBe(factor)
  expect(documentOf(record)['hoofprint.first_factor']).toBeUndefined() // An application has no password.
})

test.each<[JsonObject, boolean]>([
  [{ authenticationProtocol: 'deviceCode' }, true],
  [{ authenticationProtocol: 'Device code' }, true], // The portal's.
  [{ authenticationProtocol: 'none', originalTransferMethod: 'deviceCodeFlow' }, true],
  [{ authenticationProtocol: 'oAuth2', originalTransferMethod: 'authenticationTransfer' }, false],
  [{ authenticationProtocol: { odd: 1 } }, false],
  [{}, false],
])('that a sign-in with %j came by a device code is %s', (record, isOne) => {
  expect(documentOf(record).tags).toEqual(isOne ? ['logon', 'device-code'] : ['logon'])
})

test('why a sign-in failed is told, and nothing is told of one that did not', () => {
  const failed = documentOf({ status: { errorCode: 50126, failureReason: 'Invalid username or password' } })
  const fine = documentOf({ status: { errorCode: 0, failureReason: 'Other.' } })

  expect(failed['event.reason']).toBe('Invalid username or password')
  expect(failed['azure.signinlogs.result_type']).toBe('50126')
  expect(fine['event.reason']).toBeUndefined()
  expect(documentOf({ status: { errorCode: 50074 } })['event.reason']).toBe(
    'UserStrongAuthClientAuthNRequiredInterrupt',
  )
})

test('Graph’s sign-in tells what the log’s own record would, where rules ask for it', () => {
  const record = {
    userType: 'member',
    isInteractive: true,
    status: { errorCode: 0 },
    homeTenantId: 'AAAABBBB-0000-cccc-1111-dddd2222eeee',
    resourceTenantId: 'AAAABBBB-0000-cccc-1111-dddd2222eeee',
    appOwnerTenantId: 't-1',
    resourceOwnerTenantId: 't-2',
    conditionalAccessAudiences: [{ applicationId: 'app-1', audienceReasons: 'none' }, 'odd', {}],
    authenticationDetails: [{ authenticationMethod: 'Password', succeeded: true }],
    appliedConditionalAccessPolicies: [{ enforcedGrantControls: ['Mfa'], deep: { URLPath: [{ aB: 1 }] } }],
    authenticationProcessingDetails: [{ key: 'Oauth Scope Info', value: '["user_impersonation"]' }],
    processingTimeInMilliseconds: 1e39,
  }

  const document = documentOf(record)

  expect(document).toMatchObject({
    'organization.id': 'aaaabbbb-0000-cccc-1111-dddd2222eeee',
    'azure.tenant_id': 'AAAABBBB-0000-cccc-1111-dddd2222eeee',
    'azure.signinlogs.category': 'SignInLogs',
    'azure.signinlogs.operation_name': 'Sign-in activity',
    'azure.signinlogs.result_signature': 'SUCCESS',
    'azure.signinlogs.properties.user_type': 'Member',
    'azure.signinlogs.properties.tenant_id': 'AAAABBBB-0000-cccc-1111-dddd2222eeee',
    'azure.signinlogs.properties.app_owner_tenant_id': 't-1',
    'azure.signinlogs.properties.resource_owner_tenant_id': 't-2',
    'azure.signinlogs.properties.conditional_access_audiences.application_id': ['app-1'],
    'azure.signinlogs.properties.authentication_details': [{ authentication_method: 'Password', succeeded: true }],
    'azure.signinlogs.properties.applied_conditional_access_policies': [
      { enforced_grant_controls: ['Mfa'], deep: { urlpath: [{ a_b: 1 }] } },
    ],
    'azure.signinlogs.properties.authentication_processing_details': record.authenticationProcessingDetails,
  })
  expect(document['azure.signinlogs.properties.processing_time_ms']).toBeUndefined() // More than a float holds.
})

test('names that objects inherit are names like others in what lists tell', () => {
  const record = JSON.parse('{"authenticationDetails":[{"__PROTO__":{"a":1},"constructor":2}]}')

  const [detail] = documentOf(record)['azure.signinlogs.properties.authentication_details'] ?? []

  expect(JSON.stringify(detail)).toBe('{"proto":{"a":1},"constructor":2}')
})

test.each<[JsonObject, string | undefined]>([
  [{ status: { errorCode: 50126 } }, 'FAILURE'],
  [{ status: { errorCode: 50140 } }, undefined],
  [{ status: { errorCode: 0 }, resultSignature: 'None' }, 'None'],
])('the signature of %j is %s', (record, signature) => {
  expect(documentOf(record)['azure.signinlogs.result_signature']).toBe(signature)
})

test.each<[JsonObject, string | undefined]>([
  [{ tenantId: 'T-1', homeTenantId: 't-2', resourceTenantId: 't-2' }, 't-1'],
  [{ homeTenantId: 't-2', resourceTenantId: 't-3' }, undefined], // A guest, here or there.
  [{ homeTenantId: 't-2' }, undefined],
  [{ homeTenantId: '', resourceTenantId: '' }, undefined],
])('a sign-in with %j stands in the log of %s', (record, tenant) => {
  expect(documentOf(record)['organization.id']).toBe(tenant)
})

test('a service principal is no user', () => {
  const record = {
    userId: '00000000-0000-0000-0000-000000000000',
    userPrincipalName: '',
    servicePrincipalId: '0aa1b2c3-1111-4f6c-9f1e-2f3b1a2c3d4e',
    servicePrincipalName: 'Backup',
    ipAddress: '2001:db8::7',
    signInEventTypes: ['servicePrincipal'],
  }

  const document = documentOf(record)

  expect(encode(document)).not.toContain('"user":{')
  expect(document['azure.signinlogs.properties.service_principal_name']).toBe('Backup')
  expect(document['azure.signinlogs.category']).toBe('ServicePrincipalSignInLogs')
  expect(document['source.ip']).toBe('2001:db8::7')
})

test('an address that is none loses neither itself nor the document', () => {
  const document = documentOf({ ipAddress: '10.9000.0.1' })

  expect(document['source.ip']).toBeUndefined()
  expect(document['azure.signinlogs.caller_ip_address']).toBeUndefined()
  expect(document['source.address']).toBe('10.9000.0.1')
})

test('what no field takes is kept together, and what is empty is not', () => {
  const document = documentOf({
    userPrincipalName: 'alice@contoso.example',
    isInteractive: 'perhaps',
    status: { errorCode: 'odd', failureReason: 'why', more: { deep: [1] } },
    globalSecureAccessIpAddress: '192.0.2.9',
    federatedCredentialId: '',
    agent: {},
    ['__proto__']: 'x',
  })

  expect(document['azure.signinlogs.properties.other']).toEqual({
    isInteractive: 'perhaps',
    status: { errorCode: 'odd', more: { deep: [1] } },
    globalSecureAccessIpAddress: '192.0.2.9',
    ['__proto__']: 'x',
  })
})

test.each<[string, Json]>([
  ['a number', 7],
  ['a list', [1, null, 'x', { a: 1 }]],
  ['an object', { a: { b: 1 } }],
  ['text', 'odd \u0000 text'],
  ['yes', true],
  ['nothing', null],
])('every field keeps its type when all of a sign-in is %s', (_name, value) => {
  const paths = ['id', 'status', 'deviceDetail', 'location', 'riskEventTypes_v2', 'isInteractive', 'sessionId']
  const lists = ['appliedConditionalAccessPolicies', 'authenticationDetails', 'autonomousSystemNumber', 'ipAddress']
  const inner = { errorCode: value, isManaged: value, browser: value, geoCoordinates: { latitude: value } }

  for (const record of [
    Object.fromEntries([...paths, ...lists].map((path) => [path, value])),
    { status: inner, deviceDetail: inner, location: inner },
  ]) {
    const document = documentOf(record)

    for (const [field, written] of Object.entries(document)) {
      if (written !== undefined) expect(`${field} ${kindOf(written)}`).toBe(`${field} ${kinds.get(field) ?? 'text'}`)
    }
  }
})

test('a sign-in lends its address to what its session did, unless it failed; one stopped for a second factor is no other client’s', () => {
  const record = { ipAddress: '198.51.100.7', sessionId: 's-1', clientAppUsed: 'Browser', userAgent: 'Agent' }

  const fine = keysOf({ ...record, status: { errorCode: 0 } })
  const failed = keysOf({ ...record, status: { errorCode: 50126 } })
  const stopped = keysOf({ ...record, status: { errorCode: 50074 } })

  expect(fine).toMatchObject({
    session: 's-1',
    messages: [],
    logon: { platform: 'Browser', ip: '198.51.100.7', userAgent: 'Agent' },
    sessionIds: [],
    usage: { ip: '198.51.100.7', userAgent: 'Agent', isOwn: false, asks: false },
  })
  expect(failed.logon).toBeUndefined()
  expect(stopped.logon).toMatchObject({ platform: 'stopped', ip: '198.51.100.7' })
  expect(keysOf({ ...record, status: { errorCode: 50140 } }).logon).toEqual(fine.logon) // "Keep me signed in?"
})

test('the client of a sign-in without a user agent, as Graph’s v1.0 gives all of them, is its browser', () => {
  const record = { ipAddress: '198.51.100.7', deviceDetail: { browser: 'Edge 120.0.0' } }

  expect(documentOf(record)['user_agent.original']).toBe('Edge 120.0.0')
  expect(documentOf({ ...record, userAgent: 'Agent' })['user_agent.original']).toBe('Agent')
  expect(keysOf(record)).toMatchObject({ logon: { userAgent: 'Edge 120.0.0' }, usage: { userAgent: 'Edge 120.0.0' } })
})

/** The fields that are no text. */
const kinds: ReadonlyMap<string, string> = new Map([
  ...['tags', 'event.category', 'event.type', 'related.user', 'related.ip', 'related.hosts'].map(
    (field) => [field, 'texts'] as const,
  ),
  ['azure.signinlogs.properties.risk_event_types_v2', 'texts'],
  ['hoofprint.evidence.row', 'number'],
  ['azure.signinlogs.properties.status.error_code', 'number'],
  ['azure.signinlogs.properties.autonomous_system_number', 'number'],
  ['azure.signinlogs.properties.location.geo_coordinates.latitude', 'number'],
  ['azure.signinlogs.properties.is_interactive', 'truth'],
  ['azure.signinlogs.properties.device_detail.is_managed', 'truth'],
  ['azure.signinlogs.properties.applied_conditional_access_policies', 'objects'],
  ['azure.signinlogs.properties.authentication_details', 'objects'],
  ['azure.signinlogs.properties.other', 'object'],
])

function kindOf(value: unknown): string {
  const names: Record<string, string> = { string: 'text', number: 'number', boolean: 'truth' }
  if (!Array.isArray(value)) return names[typeof value] ?? 'object'
  return value.every((item) => typeof item === 'string') ? 'texts' : 'objects'
}

function signIn(record: JsonObject) {
  return { dataset: 'azure.signinlogs', operation: 'Sign-in activity', record } as const
}

function documentOf(record: JsonObject) {
  return documentOfActivity(signIn(record))
}

function keysOf(record: JsonObject) {
  return normalizer.keys(activityOf(signIn(record)))
}
