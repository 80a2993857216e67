import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { auditingOf } from '#src/reports/auditing.ts'
import { objectOf, permissionText } from '#src/reports/changes.ts'
import { hoofprint } from './support/cli.ts'
import { deliver } from './support/deliver.ts'
import { temporaryFolder } from './support/folder.ts'
import { memorySink } from './support/memory-sink.ts'
import { importSample } from './support/sample-case.ts'

const alice = '26be570a-1111-4189-b4e2-a37c6808512d'
const bob = '8c6976e5-b541-4415-ade9-08bd4dee15df'

const requests = [alice, bob].map((userId, i) => ({
  time: `2026-03-02T09:0${i}:00Z`,
  category: 'MicrosoftGraphActivityLogs',
  operationName: 'Microsoft Graph Activity',
  callerIpAddress: '203.0.113.66',
  properties: {
    requestId: `7b1e64a2-0f3d-4c58-9a51-1de0c2f7a00${i}`,
    ...{ requestMethod: 'GET', requestUri: 'https://graph.microsoft.com/v1.0/me/messages', responseStatusCode: 200 },
    ...{ userId: userId.toUpperCase(), ipAddress: '203.0.113.66', timeGenerated: `2026-03-02T09:0${i}:00Z` },
  },
}))

const deletion: JsonObject = {
  Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a009',
  ...{ CreationTime: '2026-03-02T09:05:00', Operation: 'Update user.', RecordType: 8, UserId: alice },
}

test('a user whom records name by the id alone is called as sign-ins, logons and directory audits call him', async () => {
  const { rendered } = await importSample(
    evidenceOf({ requests, audits: [deletion, loggedIn(bob, 'Bob@contoso.example')], signIns: [signIn(alice)] }),
  )

  const documents = rendered.map(({ document }) => document)
  expect(documents.filter((one) => one['event.dataset'] === 'azure.graphactivitylogs')).toMatchObject([
    {
      ...{ 'hoofprint.mailbox': 'alice@contoso.example', 'user.id': alice, 'user.email': 'alice@contoso.example' },
      ...{ 'user.name': 'alice', 'user.domain': 'contoso.example', 'hoofprint.first_seen': ['ip'] },
      'related.user': expect.arrayContaining([alice, 'alice@contoso.example']),
    },
    { 'hoofprint.mailbox': 'bob@contoso.example', 'user.id': bob, 'user.email': 'bob@contoso.example' },
  ])
  expect(documents.find((one) => one['event.id'] === deletion['Id'])).toMatchObject({
    ...{ 'hoofprint.mailbox': 'alice@contoso.example', 'user.email': 'alice@contoso.example' },
  })
})

test('whoever is called otherwise later is called so, in whatever order the files come', async () => {
  const before = loggedIn(alice, 'alice.old@contoso.example', '2026-03-01T09:00:00')
  const after = loggedIn(alice, 'alice.new@contoso.example', '2026-03-03T09:00:00')

  for (const audits of [
    [before, after],
    [after, before],
  ]) {
    const { rendered } = await importSample(evidenceOf({ requests, audits }))
    const [request] = rendered.filter(({ document }) => document['event.dataset'] === 'azure.graphactivitylogs')

    expect(request?.document['hoofprint.mailbox']).toBe('alice.new@contoso.example')
  }
})

test.each([
  ['the copy that says less first', ['less', 'more']],
  ['last', ['more', 'less']],
])('what any copy of a record tells of a user and a session counts: %s', async (_order, order) => {
  const Id = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a020'
  const sent = {
    Id,
    CreationTime: '2026-03-02T08:59:00',
    Operation: 'Send',
    RecordType: 2,
    UserId: 'alice@contoso.example',
  }
  const less = {
    ...sent,
    UserKey: alice,
    ClientIPAddress: '198.51.100.7',
    AppAccessContext: { AADSessionId: 'session-a', UniqueTokenId: 'token-a' },
  }
  const more = {
    ...sent,
    ...{ UserKey: 'x', Workload: 'Exchange', ResultStatus: 'Succeeded', Version: 1, UserType: 0, MailboxGuid: Id },
  }
  const withMore = {
    ...more,
    ...{ OrganizationId: Id, ExternalAccess: false, LogonType: 0, ClientInfoString: 'Client=OWA' },
  }
  const later = { ...sent, Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a021', AppAccessContext: { UniqueTokenId: 'token-a' } }
  const copies = { less: [less], more: [withMore] }
  const { rendered } = await importSample(
    evidenceOf({ requests }),
    ...order.map((name) => evidenceOf({ [name]: copies[name as keyof typeof copies] })),
    evidenceOf({ later: [later] }),
  )

  const documents = rendered.map(({ document }) => document)
  expect(documents.map((document) => document['hoofprint.mailbox'])).toContain('alice@contoso.example')
  expect(documents.find((document) => document['user.id'] === alice)?.['hoofprint.mailbox']).toBe(
    'alice@contoso.example',
  )
  expect(documents.find((document) => document['event.id'] === later.Id)?.['hoofprint.session.id']).toBe('session-a')
})

test('the id of zeros is nobody’s, whatever names were tried that do not exist', async () => {
  const nobody = '00000000-0000-0000-0000-000000000000'
  const tried = loggedIn(nobody, 'alice@contoso.example', '2026-03-01T09:00:00')
  const failed: JsonObject = { ...loggedIn(nobody, nobody), Operation: 'UserLoginFailed' }

  const { rendered } = await importSample(evidenceOf({ audits: [tried, failed], signIns: [signIn(nobody)] }))

  const document = rendered.map((one) => one.document).find((one) => one['event.id'] === failed['Id'])
  expect(document?.['hoofprint.mailbox']).toBe(nobody)
  expect(document?.['user.email']).toBeUndefined()
})

test('what is delivered by the id alone is delivered again by the name when a record tells it, and nothing else is', async () => {
  const { folder } = await importSample(evidenceOf({ requests }))
  const later = loggedIn(alice, 'alice@contoso.example', '2026-03-03T09:00:00')
  const { sink, stored, replaced } = memorySink()
  await deliver(folder, sink)
  const [first] = [...stored].find(([, document]) => document.includes(`"id":"${alice}"`)) ?? []

  hoofprint(['import', evidenceOf({ signIns: [signIn(alice)] }), '--case', folder])
  await deliver(folder, sink)
  hoofprint(['import', evidenceOf({ audits: [later] }), '--case', folder])
  await deliver(folder, sink)

  expect(replaced).toEqual([first])
  expect(stored.get(first ?? '')).toContain('"mailbox":"alice@contoso.example"')
})

test.each([
  ['by its id alone', 'bob', { Identity: alice }, 'alice@contoso.example'],
  [
    'by its place in the forest',
    'bob',
    { Identity: `EURP1.EXAMPLE/Hosted/contoso.example/${alice}` },
    'alice@contoso.example',
  ],
  ['by a rule in it', 'bob', { Identity: `${alice.toUpperCase()}\\17639250888751054849` }, 'alice@contoso.example'],
  ['by a folder of it', 'bob', { Identity: `${alice}:\\Inbox` }, 'alice@contoso.example'],
  ['by its alias, where the object has the id', 'bob', { Identity: 'Alice A.' }, 'alice@contoso.example', alice],
  ['by an id that nobody is known to have', 'bob', { Identity: bob }, 'bob@contoso.example'],
  ['which is his own who ran it', 'alice', { Identity: alice }, 'alice@contoso.example'],
])('a cmdlet is on the mailbox that it names %s', async (_how, who, parameters, mailbox, ObjectId = 'alice_1ea0') => {
  const Parameters = Object.entries({
    ...{ ...parameters, ForwardingSmtpAddress: 'smtp:x@fabrikam.example', AuditEnabled: 'False' },
  })
  const forwarding = {
    ...{ Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a031', CreationTime: '2026-03-02T10:00:00', Operation: 'Set-Mailbox' },
    RecordType: 1,
    Workload: 'Exchange',
    UserId: `${who}@contoso.example`,
    ClientIP: '203.0.113.66:4242',
    ObjectId,
    Parameters: Parameters.map(([Name, Value]) => ({ Name, Value })),
  }
  const { rendered } = await importSample(evidenceOf({ audits: [forwarding], signIns: [signIn(alice)] }))

  const document = rendered.map((one) => one.document).find((one) => one['event.id'] === forwarding.Id)
  const isOnAnothers = mailbox !== `${who}@contoso.example`
  expect(document).toMatchObject({ 'hoofprint.mailbox': mailbox, 'user.email': `${who}@contoso.example` })
  expect(document?.['user.target.email']).toBe(isOnAnothers ? mailbox : undefined)
  expect(document?.['related.user']).toContain(mailbox)
  expect(document && auditingOf(document)).toContain(
    `auditing of ${isOnAnothers && ObjectId !== alice ? `${mailbox} (` : parameters.Identity}`,
  )
  expect(document && objectOf(document)).toContain(
    isOnAnothers && ObjectId !== alice ? `${mailbox} (` : parameters.Identity,
  )
})

const inMailbox = (number: number, told: JsonObject): JsonObject => ({
  ...{
    Id: `7b1e64a2-0f3d-4c58-9a51-1de0c2f7a04${number}`,
    CreationTime: `2026-03-02T10:0${number}:00`,
    RecordType: 50,
  },
  ...{ Operation: 'MailItemsAccessed', UserId: 'bob@contoso.example', LogonType: 2, ...told },
})
const owners = inMailbox(1, {
  UserId: 'alice@contoso.example',
  LogonType: 0,
  MailboxGuid: alice,
  MailboxOwnerUPN: 'Alice@contoso.example',
})

test('a delegate who is in a mailbox that only its id names is in that of the owner whom other records tell, in whatever order they come', async () => {
  const delegates = inMailbox(2, { MailboxGuid: alice.toUpperCase() })
  const asText = inMailbox(3, { MailboxGuid: alice, LogonType: 'Delegated' })

  for (const order of [
    [owners, delegates, asText],
    [asText, delegates, owners],
  ]) {
    const { rendered } = await importSample(...order.map((record) => evidenceOf({ audits: [record] })))
    const documents = rendered.map((one) => one.document).filter((one) => one['event.id'] !== owners['Id'])

    for (const document of documents)
      expect(document).toMatchObject({
        ...{ 'hoofprint.mailbox': 'alice@contoso.example', 'user.email': 'bob@contoso.example' },
        ...{ 'user.target.email': 'alice@contoso.example', 'user.target.id': alice },
      })
    expect(documents).toHaveLength(2)
  }
})

test('in whose mailbox a delegate was is not told where nothing tells whose its id is, and what an owner did is his', async () => {
  const [unknown, unsaid] = [inMailbox(2, { MailboxGuid: bob }), inMailbox(3, {})]
  const own = inMailbox(4, { LogonType: 0, MailboxGuid: bob })

  const { folder, rendered } = await importSample(evidenceOf({ audits: [owners, unknown, unsaid, own] }))

  const mailboxes = rendered.map(({ document }) => document['hoofprint.mailbox'])
  expect(mailboxes).toEqual(['alice@contoso.example', bob, undefined, 'bob@contoso.example'])
  expect(hoofprint(['answer', '--case', folder]).out).toContain('2 records of what a delegate or an administrator did')
})

test('a copy that has the mailbox’s id alone is a sighting of the record that names its owner', async () => {
  const { MailboxOwnerUPN: _, ...less } = inMailbox(2, { MailboxGuid: alice, MailboxOwnerUPN: 'alice@contoso.example' })
  const whole = { ...less, MailboxOwnerUPN: 'alice@contoso.example' }

  for (const order of [
    [less, whole],
    [whole, less],
  ]) {
    const { rendered } = await importSample(...order.map((record) => evidenceOf({ audits: [record] })))

    expect(rendered.map(({ document }) => document['hoofprint.mailbox'])).toEqual(['alice@contoso.example'])
  }
})

test('what is delivered as done to an id alone is delivered again by the name when a record tells it', async () => {
  const permission = {
    ...{ Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a032', CreationTime: '2026-03-02T10:00:00', RecordType: 1 },
    ...{ Operation: 'Add-MailboxPermission', UserId: 'bob@contoso.example' },
    Parameters: [
      { Name: 'Identity', Value: alice },
      { Name: 'User', Value: bob },
    ],
  }
  const { folder } = await importSample(evidenceOf({ audits: [permission] }))
  const { sink, stored, replaced } = memorySink()
  await deliver(folder, sink)

  hoofprint(['import', evidenceOf({ signIns: [signIn(alice)] }), '--case', folder])
  await deliver(folder, sink)

  hoofprint(['import', evidenceOf({ audits: [loggedIn(bob, 'bob@contoso.example')] }), '--case', folder])
  await deliver(folder, sink)

  expect(replaced).toEqual([permission.Id, permission.Id])
  expect(stored.get(permission.Id)).toContain('"mailbox":"alice@contoso.example"')
  expect(stored.get(permission.Id)).toContain('"grantee":"bob@contoso.example"')
})

test('whom a mailbox is opened to is told by his name where only his id names him', async () => {
  const permission = {
    ...{ Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a033', CreationTime: '2026-03-02T10:00:00', RecordType: 1 },
    ...{ Operation: 'Add-RecipientPermission', UserId: 'eve@contoso.example' },
    Parameters: [
      { Name: 'Identity', Value: bob },
      { Name: 'Trustee', Value: alice.toUpperCase() },
      { Name: 'AccessRights', Value: 'SendAs' },
    ],
  }
  const { rendered } = await importSample(evidenceOf({ audits: [permission], signIns: [signIn(alice)] }))

  const document = rendered.map((one) => one.document).find((one) => one['event.id'] === permission.Id)
  expect(document).toMatchObject({
    ...{ 'hoofprint.grantee': 'alice@contoso.example', 'hoofprint.mailbox': 'eve@contoso.example' },
    'related.user': expect.arrayContaining(['alice@contoso.example']),
  })
  expect(document && permissionText(document)).toBe(`gives SendAs to alice@contoso.example (${alice.toUpperCase()})`)
})

test('whom mail is sent on to is told by his name where only his id names him', async () => {
  const forwarding = {
    ...{ Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a034', CreationTime: '2026-03-02T10:00:00', RecordType: 1 },
    ...{ Operation: 'Set-Mailbox', UserId: 'eve@contoso.example' },
    Parameters: [
      { Name: 'Identity', Value: 'bob@contoso.example' },
      { Name: 'ForwardingAddress', Value: alice },
    ],
  }
  const { folder, rendered } = await importSample(evidenceOf({ audits: [forwarding] }))
  const { sink, stored } = memorySink()
  await deliver(folder, sink)

  hoofprint(['import', evidenceOf({ signIns: [signIn(alice)] }), '--case', folder])
  await deliver(folder, sink)

  expect(rendered[0]?.document['email.to.address']).toEqual([alice])
  const { email, hoofprint: own } = JSON.parse(stored.get(forwarding.Id) ?? '')
  expect(email.to.address).toEqual(['alice@contoso.example'])
  expect(own.rule.summary).toContain(`forwards all mail to alice@contoso.example (${alice})`)
})

test.each([
  ['who was given a permission', 'Add-MailboxPermission', 'User'],
  ['whom mail is sent on to', 'Set-Mailbox', 'ForwardingAddress'],
])('%s is called by a later name too, where a document has named him before', async (_who, Operation, Name) => {
  const changed = {
    ...{ Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a035', CreationTime: '2026-03-02T10:00:00', RecordType: 1 },
    ...{ Operation, UserId: 'eve@contoso.example' },
    Parameters: [
      { Name: 'Identity', Value: 'bob@contoso.example' },
      { Name, Value: alice },
    ],
  }
  const { folder } = await importSample(evidenceOf({ audits: [changed], signIns: [signIn(alice)] }))
  const { sink, stored } = memorySink()
  await deliver(folder, sink)
  const later = loggedIn(alice, 'alice.new@contoso.example', '2026-03-03T09:00:00')

  hoofprint(['import', evidenceOf({ audits: [later] }), '--case', folder])
  await deliver(folder, sink)

  expect(stored.get(changed.Id)).toContain('alice.new@contoso.example')
  expect(stored.get(changed.Id)).not.toContain('alice@contoso.example')
})

test('a name is put beside an id once, whatever signs it has and however often the id is told', async () => {
  const forwarding = {
    ...{ Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a036', CreationTime: '2026-03-02T10:00:00', RecordType: 1 },
    ...{ Operation: 'New-InboxRule', UserId: 'eve@contoso.example' },
    Parameters: [
      { Name: 'ForwardTo', Value: alice },
      { Name: 'RedirectTo', Value: alice },
    ],
  }
  const { rendered } = await importSample(
    evidenceOf({ audits: [forwarding, loggedIn(alice, "a$&$'b@contoso.example")] }),
  )

  const document = rendered.map((one) => one.document).find((one) => one['event.id'] === forwarding.Id)
  expect(document?.['hoofprint.rule.summary']?.split(`a$&$'b@contoso.example (${alice})`)).toHaveLength(3)
  expect(document?.['hoofprint.rule.summary']?.split(alice)).toHaveLength(3)
})

function signIn(userId: string): JsonObject {
  return {
    ...{ id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a010', createdDateTime: '2026-03-02T08:59:00Z', userId },
    ...{ userPrincipalName: 'Alice@contoso.example', appId: alice, ipAddress: '198.51.100.7' },
    ...{ status: { errorCode: 0 }, clientAppUsed: 'Browser' },
  }
}

function loggedIn(UserKey: string, UserId: string, CreationTime = '2026-03-02T08:00:00'): JsonObject {
  const Id = `7b1e64a2-0f3d-4c58-9a51-1de0c2f7b${CreationTime.slice(8, 10)}0`
  return { Id, CreationTime, Operation: 'UserLoggedIn', RecordType: 15, UserKey, UserId, ClientIP: '198.51.100.7' }
}

/** A folder with a file of each kind. */
function evidenceOf(files: Readonly<Record<string, readonly object[]>>): string {
  const folder = temporaryFolder()
  for (const [name, records] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.json`), records.map((one) => `${JSON.stringify(one)}\n`).join(''))
  }
  return folder
}
