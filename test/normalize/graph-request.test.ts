import { expect, test } from '@jest/globals'
import type { Activity, Json, JsonObject } from '#src/activity.ts'
import type { Field } from '#src/document.ts'
import { requestKind } from '#src/normalize/graph/kinds.ts'
import { normalizer } from '#src/normalize/index.ts'
import { activityOf, documentOf as documentOfActivity } from '../support/audit.ts'

const alice = '26be570a-1111-4189-b4e2-a37c6808512d'
const outlook = '5d661950-3475-41cd-a2c3-d671a3162bc1' // Microsoft's own.

function request(more: JsonObject): Activity {
  const uri = 'https://graph.microsoft.com/v1.0/me/messages/AAMk='
  const record = { requestMethod: 'GET', requestUri: uri, userId: alice, ipAddress: '203.0.113.66', ...more }
  const operation = 'Microsoft Graph Activity'
  return activityOf({ dataset: 'azure.graphactivitylogs', operation, mailbox: alice, record })
}

const documentOf = (record: JsonObject) => documentOfActivity(request(record))

test.each([
  ['GET me/messages', 'list mails'],
  ['GET me/messages?$select=id,subject', 'list mails without bodies'],
  ['GET me/messages?$select=id,bodyPreview', 'list mails'],
  ['GET me/mailFolders/inbox/messages/delta?$deltatoken=x', 'list mails'],
  ['GET me/messages/$count', 'other reading'],
  ['GET me/messages?$search="invoice"', 'search mails'],
  ['GET me/messages?$search="invoice"&$skip=25', 'list mails'],
  ['GET me/messages?$search=', 'list mails'],
  ["GET me/messages?$filter=contains(subject,'invoice')", 'search mails'],
  ['GET me/messages?$filter=isRead eq false', 'list mails'],
  ['GET me/messages/AAMk=/$value', 'open mail'],
  ['GET me/messages/AAMk=?$expand=attachments', 'open mail'],
  ['GET me/messages/AAMk=/attachments', 'open attachment'],
  ['GET me/chats/19:x/messages', 'other reading'],
  ['GET teams/1/channels/2/messages/3', 'other reading'],
  ['GET me/mailFolders', 'other reading'],
  ['GET me/mailFolders/inbox/messageRules', 'other reading'],
  ['POST me/messages', 'draft mail'],
  ['POST me/mailFolders/drafts/messages', 'draft mail'],
  ['POST me/messages/AAMk=/createReplyAll', 'draft mail'],
  ['POST me/messages/AAMk=/replyAll', 'send mail'],
  ['POST me/messages/AAMk=/send', 'send mail'],
  ['POST me/messages/AAMk=/permanentDelete', 'delete mail'],
  ['DELETE me/mailFolders/inbox/messages/AAMk=', 'delete mail'],
  ['DELETE me/mailFolders/inbox/messageRules/1', 'change rules'],
  ['PATCH me/mailFolders/inbox/messageRules/1', 'change rules'],
  ['POST me/messages/AAMk=/copy', 'move mail'],
  ['GET sites/contoso.example,1,2/drives/3/items/4/content', 'open file'],
  ['GET shares/u!x/driveItem/content', 'open file'],
  ['PATCH drives/3/items/4', 'change file'],
  ['POST me/drive/items/4/invite', 'share file'],
  ['POST servicePrincipals/1/addKey', 'change application'],
  [`POST users/${alice}/appRoleAssignments`, 'change application'],
  ['POST oauth2PermissionGrants', 'change application'],
  [`PATCH users/${alice}`, 'change account'],
  ['POST invitations', 'change account'],
  ['POST groups', 'other request'],
  ['BREW me/messages', 'other request'],
])('%s is to %s', (asked, kind) => {
  const [method = '', path] = asked.split(/ (.*)/)
  const activity = request({ requestMethod: method, requestUri: `https://graph.microsoft.com/v1.0/${path}` })

  expect(requestKind(activity.record, activity)).toBe(kind)
})

test.each([
  [200, 'success'],
  ['204', 'success'],
  [302, 'unknown'],
  [403, 'failure'],
  [503, 'failure'],
  [null, 'unknown'],
])('an answer of %s is a %s', (responseStatusCode, outcome) => {
  const document = documentOf({ responseStatusCode })

  expect(document['event.outcome']).toBe(outcome)
  expect(document['azure.graphactivitylogs.result_signature']).toBe(responseStatusCode?.toString())
})

test.each<[JsonObject, Readonly<Record<string, Json | undefined>>]>([
  [{}, { c_idtyp: 'user', user_principal_object_id: alice, c_sid: undefined }], // A table's row: it has no such column.
  [
    { userId: null, servicePrincipalId: 'sp-1' },
    { c_idtyp: 'app', user_principal_object_id: 'sp-1' },
  ],
  [{ userId: null }, { c_idtyp: undefined, user_principal_object_id: undefined }],
  [
    { c_Idtyp: 'app', userPrincipalObjectID: 'o-1', sessionId: 's-1' },
    { c_idtyp: 'app', user_principal_object_id: 'o-1', c_sid: 's-1' },
  ],
  [{ clientAuthMethod: '0' }, { client_auth_method: 0 }],
  [{ clientAuthMethod: 2 ** 31 }, { client_auth_method: undefined }], // More than an integer holds.
])('of %j rules find %j', (record, properties) => {
  const document = documentOf(record)

  for (const [name, value] of Object.entries(properties))
    expect([name, document[`azure.graphactivitylogs.properties.${name}` as Field]]).toEqual([name, value])
})

test('a request is no mail read, however it came to one: only searches with their words are among others of their kind', () => {
  const search = 'https://graph.microsoft.com/v1.0/me/messages?$search="wire transfer"'

  expect(documentOf({})).toMatchObject({
    'hoofprint.category': 'request',
    'email.local_id': 'AAMk=',
    tags: ['request'],
  })
  expect(documentOf({})['email.message_id']).toBeUndefined()
  expect(documentOf({ requestUri: search })).toMatchObject({
    'hoofprint.category': 'search',
    'hoofprint.search.query': 'wire transfer',
  })
})

test('who asked is the user whom the token is of, else the application itself', () => {
  const app = { userId: null, servicePrincipalId: 'SP-1', appId: 'app-1' }

  expect(documentOf(app)).toMatchObject({ 'user.id': 'sp-1', tags: ['request'] })
  expect(documentOf({ ...app, appId: outlook }).tags).toEqual(['request', 'microsoft-service'])
  expect(documentOf({ appId: outlook })).toMatchObject({
    'user.id': alice,
    tags: ['request'],
    'application.name': 'Microsoft Outlook',
  })
})

test('whom the address names is told where that is not who asks', () => {
  const of = (owner: string) => documentOf({ requestUri: `https://graph.microsoft.com/v1.0/users/${owner}/messages` })

  expect(of(alice)['user.target.id']).toBeUndefined()
  expect(of('Bob@contoso.example')).toMatchObject({
    'user.target.id': 'bob@contoso.example',
    'user.target.email': 'bob@contoso.example',
  })
})

test('the session is named by its id, and by the id of the token of its sign-in', () => {
  const record = { sessionId: '0075C2A5-1111-4D5E-9A53-2222AAAA3333', signInActivityId: 'QWxpY2U' }

  expect(normalizer.keys(request(record))).toMatchObject({
    session: '0075c2a5-1111-4d5e-9a53-2222aaaa3333',
    sessionIds: ['QWxpY2U'],
    messages: [],
    logon: undefined,
  })
})

test.each([
  `me/mailFolders/${'/messageRules/x'.repeat(200_000)}%0A`,
  `${'appRoleAssignments/'.repeat(100_000)}%0A`,
  `${'drive/'.repeat(300_000)}x`,
  `me/mailFolders/${'/messageRules/x'.repeat(500)}%0A`,
  `${'drive/'.repeat(1300)}x`,
])('an address made to be looked through again and again is not: %#', (path) => {
  const activity = request({ requestMethod: 'POST', requestUri: `https://graph.microsoft.com/v1.0/${path}` })
  const began = process.cpuUsage()

  expect(requestKind(activity.record, activity)).toBeDefined()

  expect(process.cpuUsage(began).user).toBeLessThan(2_000_000)
})
