import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { isWithheld, shownId } from '#src/withheld.ts'
import { root } from './support/cli.ts'
import { temporaryFolder } from './support/folder.ts'
import { importSample } from './support/sample-case.ts'

test.each([
  ...['[REDACTED]', '[REDACTED_ID]', '[REDACTED-MAILBOX-GUID]', 'REDACTED', '<redacted>', '{PII Removed}', '(removed)'],
  ...['xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx', '****', '8b2***', '█████'],
  ...['[REDACTED]@northquay.example', '<[REDACTED_ID]@mail.example>', '<redacted>@northquay.example'],
  ...[
    'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxx4680',
    '8b236c9f-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
    '8B236C9F-####-####-####-############',
  ],
])('%j was withheld', (text) => {
  expect(isWithheld(text)).toBe(true)
})

test.each([
  ...['8b236c9f-f890-4078-97e1-5e8d8abe4680', '<removed.17@northquay.example>', 'uc5AJHAAZkWKJYVV8OgTAA', '0', ''],
  ...['xx1@northquay.example', 'AxxBCDEFGHIJKLMNOPQRSTUVWXYZabcdefgh', 'Zoë', '203.0.113.xxx'],
  ...['redacted@northquay.example', 'xavier', 'c0ffee00-0000-0000-0000-000000000000', `${'redacted '.repeat(99)}!`],
])('%j was not', (text) => {
  expect(isWithheld(text)).toBe(false)
})

test('an id of zeros is nobody’s', () => {
  expect(shownId('00000000-0000-0000-0000-000000000000')).toBeUndefined()
  expect(shownId('8B236C9F-F890-4078-97E1-5E8D8ABE4680')).toBe('8b236c9f-f890-4078-97e1-5e8d8abe4680')
})

const withheld = {
  ...{ Id: '[REDACTED_ID]', SessionId: '[REDACTED_ID]', MailboxGuid: '[REDACTED_ID]' },
  AppAccessContext: { AADSessionId: '[REDACTED_ID]', UniqueTokenId: '[REDACTED_TOKEN]' },
}

test('ids that were taken out make no two records one, and prove nobody’s session', async () => {
  const { rendered } = await importSample(
    evidenceOf([
      { ...audit('UserLoggedIn', 'alice@northquay.example'), ClientIP: '203.0.113.66', RecordType: 15 },
      ...['Invoice', 'Offer'].map((subject) => reading('bob@northquay.example', { Subject: subject })),
      reading('bob@northquay.example', {}),
    ]),
  )

  const documents = rendered.map(({ document }) => document)
  const readings = documents.filter((one) => one['event.action'] === 'MailItemsAccessed')
  expect(documents).toHaveLength(4)
  expect(readings.map((one) => one['email.subject']).sort()).toEqual(['Invoice', 'Offer', undefined])
  for (const one of readings) {
    expect(one['session.id']).toBeUndefined()
    expect(one.tags).toContain('withheld')
    expect(one['hoofprint.logon.method']).toBeUndefined()
    expect(one['email.message_id']).toBeUndefined()
    expect(one['hoofprint.messages']).toBe(1)
  }
})

test('of a record whose user and owner were taken out nobody is named', async () => {
  const { rendered } = await importSample(evidenceOf([reading('[REDACTED]', {})]))

  expect(rendered.map(({ document }) => document['hoofprint.mailbox'])).toEqual([undefined])
})

test('what is left of an id or of a name beside what was taken out is that of many', async () => {
  const session = 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxx4680'
  const user = '[REDACTED]@northquay.example'
  const { rendered } = await importSample(
    evidenceOf([
      { ...audit('UserLoggedIn', 'alice@northquay.example'), ClientIP: '203.0.113.66', SessionId: session },
      ...['Invoice', 'Offer'].map((Subject) => ({
        ...reading(user, { Subject, InternetMessageId: '<[REDACTED]@mail.example>' }),
        SessionId: session,
      })),
    ]),
  )

  const readings = rendered.map(({ document }) => document).filter((one) => one['event.action'] !== 'UserLoggedIn')
  expect(readings.map((one) => one['email.subject']).sort()).toEqual(['Invoice', 'Offer'])
  for (const one of readings) {
    expect(one['session.id']).toBeUndefined()
    expect(one['hoofprint.mailbox']).toBeUndefined()
    expect(one['email.message_id']).toBeUndefined()
    expect(one['source.address']).toBeUndefined()
  }
})

test('sign-ins, requests and traces whose ids were taken out stay apart', async () => {
  const at = '2026-03-06T08:40:54Z'
  const folder = temporaryFolder()
  const signIn = { id: '<redacted>', createdDateTime: at, ...{ userPrincipalName: 'alice@northquay.example' } }
  const request = { ...{ RequestId: '****', TimeGenerated: at, RequestMethod: 'GET', ResponseStatusCode: 200 } }
  const uri = 'https://graph.microsoft.com/v1.0/me/messages'
  const trace = { ...{ MessageTraceId: 'REDACTED', Received: at, Status: 'Delivered' } }
  const to = { SenderAddress: 'a@northquay.example', RecipientAddress: '[REDACTED]' }
  const files = {
    'sign-ins': ['Teams', 'Outlook'].map((appDisplayName) => ({ ...signIn, appDisplayName, status: { errorCode: 0 } })),
    requests: ['Alpha', 'Beta'].map((UserAgent) => ({ ...request, RequestUri: uri, UserAgent })),
    traces: [1024, 2048].map((Size) => ({ ...trace, ...to, Size, Subject: 'Offer', MessageId: '<redacted>' })),
  }
  for (const [name, records] of Object.entries(files))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(records))

  const { rendered } = await importSample(relative(root, folder))

  expect(rendered).toHaveLength(6)
  for (const { document } of rendered) {
    expect(document.tags).toContain('withheld')
    expect(document['hoofprint.mailbox']).not.toBe('[redacted]')
  }
})

function audit(operation: string, user: string): JsonObject {
  return { ...withheld, CreationTime: '2026-03-06T08:40:54', Operation: operation, UserId: user, Workload: 'Exchange' }
}

function reading(user: string, mail: JsonObject): JsonObject {
  const item = { Id: '[REDACTED_ID]', InternetMessageId: '[REDACTED_ID]', ...mail }
  return {
    ...{ ...audit('MailItemsAccessed', user), RecordType: 50, MailboxOwnerUPN: user, ClientIPAddress: '[REDACTED_IP]' },
    OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
    Folders: [{ Path: '\\Inbox', FolderItems: [item] }],
  }
}

function evidenceOf(records: readonly JsonObject[]): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'audit.json'), JSON.stringify(records))
  return relative(root, folder)
}
