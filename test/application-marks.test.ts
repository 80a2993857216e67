import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import type { CaseAnswer } from '#src/reports/answer/index.ts'
import { hoofprint } from './support/cli.ts'
import { deliver } from './support/deliver.ts'
import { fileOfRecords } from './support/folder.ts'
import { memorySink } from './support/memory-sink.ts'
import { importSample } from './support/sample-case.ts'

const stranger = '7d1e9a3f-2b88-4c10-9f55-c0aa41e2b6d1'
const exchange = '00000002-0000-0ff1-ce00-000000000000'
const session = '5a1c0e2b-7f64-4d1d-9b0a-3c8e6f2d4b17'
const mark: readonly string[] = ['--hostile', `application:${stranger}`]

/** Alice lets the application in, from home; it reads from Microsoft's and a hoster's addresses, in the session in which she did, and for weeks. */
const records = [
  record(1, '2026-03-02T08:00:00', 'Consent to application.', {
    ...{ RecordType: 8, Workload: 'AzureActiveDirectory', ClientIP: '198.51.100.7' },
    ModifiedProperties: [{ Name: 'TargetId.ServicePrincipalNames', NewValue: `"${stranger}"`, OldValue: '' }],
    Target: [{ ID: 'Mail Archiver', Type: 1 }],
  }),
  access(2, '2026-03-02T09:00:00', { ClientIPAddress: '192.0.2.4', ClientAppId: stranger }),
  access(3, '2026-03-20T09:00:00', { ClientIPAddress: '203.0.113.4', AppAccessContext: { ClientAppId: stranger } }),
  access(4, '2026-03-20T10:00:00', { ClientIPAddress: '198.51.100.7', SessionId: session }),
]

test('what an application did is delivered again when it is marked, and so what comes later is delivered', async () => {
  const { folder } = await importSample(fileOfRecords(records))
  const { sink, stored, replaced } = memorySink()
  await deliver(folder, sink)
  const before = new Map(stored)

  hoofprint(['mark', '--case', folder, ...mark])
  await deliver(folder, sink)
  const told = [...replaced].sort()
  hoofprint(['import', fileOfRecords([access(5, '2026-03-21T09:00:00', { ClientAppId: stranger })]), '--case', folder])
  await deliver(folder, sink)
  const late = stored.get(idOf(5))
  hoofprint(['mark', '--case', folder, '--clear', 'all'])
  await deliver(folder, sink)

  expect(told).toEqual([1, 2, 3].map(idOf))
  expect(late).toContain('"actor":"intruder","actor_certainty":"record"')
  for (const [id, document] of before) expect(stored.get(id)).toBe(document)
})

test('an answer says what the marked application read, in whose mailbox, and that it was let in', async () => {
  const { folder } = await importSample(fileOfRecords(records))
  hoofprint(['mark', '--case', folder, ...mark])

  const { told, sections }: CaseAnswer = JSON.parse(hoofprint(['answer', '--case', folder, '--json']).out)

  expect(told).toBe(3)
  // From home she let it in: that alone makes nothing there the intruder's.
  const from = sections.find(({ name }) => name === 'addresses')?.findings
  expect(from?.map(({ facts, certainty }) => [facts['ip'], certainty])).toEqual([
    ['192.0.2.4', 'record'],
    ['203.0.113.4', 'record'],
    ['198.51.100.7', 'inferred'],
  ])
  expect(sections.find(({ name }) => name === 'mails')?.total).toBe(2)
  expect(sections.find(({ name }) => name === 'applications')?.findings).toMatchObject([
    {
      at: '2026-03-02T09:00:00.000Z',
      last: '2026-03-20T09:00:00.000Z',
      text: `Mail Archiver (${stranger}): read 2 mails in alice@contoso.example; let in 2026-03-02 08:00 by alice@contoso.example`,
      certainty: 'record',
    },
  ])
})

test('who lets it in from an address of the owner’s is the owner, and that is told all the same', async () => {
  const { folder } = await importSample(fileOfRecords(records))
  hoofprint(['mark', '--case', folder, ...mark, '--trusted', '198.51.100.7'])

  const { told, sections }: CaseAnswer = JSON.parse(hoofprint(['answer', '--case', folder, '--json']).out)

  expect(told).toBe(2)
  const consents = sections.find(({ name }) => name === 'consents')
  expect([consents?.total, consents?.limits[0]]).toEqual([
    0,
    `Mail Archiver (${stranger}), which the marked intruder used, was let in 2026-03-02 08:00 UTC by alice@contoso.example: by the marks that is the owners’ own doing, and 1 record of it is not among these.`,
  ])
  expect(sections.find(({ name }) => name === 'applications')?.findings).toMatchObject([
    {
      text: `Mail Archiver (${stranger}): read 2 mails in alice@contoso.example; let in 2026-03-02 08:00 by alice@contoso.example`,
      certainty: 'record',
    },
  ])
})

test('of several who let it in, the first stands first, and the others as later ones', async () => {
  const later = record(5, '2026-03-05T08:00:00', 'Consent to application.', {
    ...{ RecordType: 8, Workload: 'AzureActiveDirectory', UserId: 'admin@contoso.example' },
    ModifiedProperties: [{ Name: 'TargetId.ServicePrincipalNames', NewValue: `"${stranger}"`, OldValue: '' }],
    Target: [{ ID: 'Mail Archiver', Type: 1 }],
  })
  const { folder } = await importSample(fileOfRecords([...records, later]))
  hoofprint(['mark', '--case', folder, ...mark])

  const { sections }: CaseAnswer = JSON.parse(hoofprint(['answer', '--case', folder, '--json']).out)

  expect(sections.find(({ name }) => name === 'applications')?.findings[0]?.text).toContain(
    'let in 2026-03-02 08:00 by alice@contoso.example, later by admin@contoso.example (2 records)',
  )
})

const givenBack = [
  ...records,
  record(5, '2026-03-10T08:00:00', 'Remove delegated permission grant.', {
    ...{ RecordType: 8, Workload: 'AzureActiveDirectory', UserId: 'admin@contoso.example' },
    ModifiedProperties: [{ Name: 'ServicePrincipal.AppId', NewValue: '', OldValue: `"${stranger}"` }],
  }),
]

test('who takes back what the application was given is no intruder, and it is told when, and that it went on', async () => {
  const { folder } = await importSample(fileOfRecords(givenBack))
  hoofprint(['mark', '--case', folder, ...mark])

  const { told, sections }: CaseAnswer = JSON.parse(hoofprint(['answer', '--case', folder, '--json']).out)

  expect(told).toBe(3)
  expect(sections.find(({ name }) => name === 'consents')?.total).toBe(1)
  expect(sections.find(({ name }) => name === 'applications')?.findings[0]?.text).toBe(
    `Mail Archiver (${stranger}): read 2 mails in alice@contoso.example; let in 2026-03-02 08:00 by alice@contoso.example; rights taken back 2026-03-10 08:00 by admin@contoso.example; active after that until 2026-03-20 09:00`,
  )
})

test('who closes the application, or only changes it, has not let it in, and is no intruder for having closed it', async () => {
  const change = (n: number, name: string, value: string) =>
    record(n, `2026-03-10T0${n}:00:00`, 'Update service principal.', {
      ...{ RecordType: 8, Workload: 'AzureActiveDirectory', UserId: 'admin@contoso.example' },
      ModifiedProperties: [
        { Name: name, NewValue: value, OldValue: '' },
        { Name: 'ServicePrincipal.AppId', NewValue: `"${stranger}"`, OldValue: '' },
      ],
    })
  const { folder } = await importSample(
    fileOfRecords([...records, change(5, 'AccountEnabled', '[false]'), change(6, 'Notes', '["under review"]')]),
  )
  hoofprint(['mark', '--case', folder, ...mark])

  const { told, sections }: CaseAnswer = JSON.parse(hoofprint(['answer', '--case', folder, '--json']).out)

  expect(told).toBe(3)
  expect(sections.find(({ name }) => name === 'applications')?.findings[0]?.text).toBe(
    `Mail Archiver (${stranger}): read 2 mails in alice@contoso.example; let in 2026-03-02 08:00 by alice@contoso.example; rights taken back 2026-03-10 05:00 by admin@contoso.example; active after that until 2026-03-20 09:00`,
  )
})

test.each([
  'OAuth2:Authorize',
  'Login:reprocess',
])('a browser’s sign-in (%s) to the application is only inferred to be the intruder’s, a token that it renews is recorded', async (request) => {
  const signIn = (n: number, ip: string, isInteractive: boolean): JsonObject => ({
    id: idOf(n),
    createdDateTime: `2026-03-0${n}T08:00:00Z`,
    ...{ userPrincipalName: 'alice@contoso.example', ipAddress: ip, isInteractive, appId: stranger },
    status: { errorCode: 0 },
  })
  const { folder } = await importSample(
    fileOfRecords([signIn(2, '198.51.100.7', true), signIn(3, '203.0.113.4', false), signedIn(4, request)]),
  )
  hoofprint(['mark', '--case', folder, ...mark])

  const { sections }: CaseAnswer = JSON.parse(hoofprint(['answer', '--case', folder, '--json']).out)

  const from = sections.find(({ name }) => name === 'addresses')?.findings
  expect(from?.map(({ facts, certainty }) => [facts['ip'], certainty]).sort()).toEqual([
    ['198.51.100.7', 'inferred'],
    ['198.51.100.8', 'inferred'],
    ['203.0.113.4', 'record'],
  ])
})

test('what the marked application changes in the directory in its own name is its own doing, if it lets itself in', async () => {
  const principal = '4e0c9b52-6a1d-4f7e-8b3c-2d5f7a9c1e60'
  const byItself = {
    ...{ RecordType: 8, Workload: 'AzureActiveDirectory', UserId: `ServicePrincipal_${principal}`, UserType: 4 },
    Actor: [
      { ID: 'Mail Archiver', Type: 1 },
      { ID: stranger, Type: 2 },
      { ID: `ServicePrincipal_${principal}`, Type: 2 },
      { ID: principal, Type: 2 },
      { ID: 'ServicePrincipal', Type: 2 },
    ],
  }
  const { folder } = await importSample(
    fileOfRecords([
      ...records,
      record(5, '2026-03-11T03:00:00', 'Update application – Certificates and secrets management ', {
        ...byItself,
        ObjectId: 'Mail Archiver',
        ModifiedProperties: [{ Name: 'KeyDescription', NewValue: '["[KeyType=Password]"]', OldValue: '[]' }],
      }),
      record(6, '2026-03-11T03:05:00', 'Add member to role.', { ...byItself, ObjectId: 'mallory@contoso.example' }),
    ]),
  )
  hoofprint(['mark', '--case', folder, ...mark])

  const { told, sections }: CaseAnswer = JSON.parse(hoofprint(['answer', '--case', folder, '--json']).out)

  const of = (name: string) =>
    sections
      .find((section) => section.name === name)
      ?.findings.map(({ certainty, references }) => [certainty, references[0]?.id])
  expect(told).toBe(5)
  expect(of('consents')).toEqual([
    ['record', idOf(5)],
    ['inferred', idOf(1)],
  ])
  expect(of('permissions')).toEqual([['record', idOf(6)]])
})

function signedIn(n: number, RequestType: string): JsonObject {
  return record(n, `2026-03-0${n}T08:00:00`, 'UserLoggedIn', {
    ...{ RecordType: 15, Workload: 'AzureActiveDirectory', ClientIP: '198.51.100.8', ApplicationId: stranger },
    ExtendedProperties: [{ Name: 'RequestType', Value: RequestType }],
  })
}

function record(n: number, CreationTime: string, Operation: string, more: JsonObject): JsonObject {
  return { Id: idOf(n), CreationTime, Operation, UserId: 'alice@contoso.example', ResultStatus: 'Succeeded', ...more }
}

function access(n: number, at: string, more: JsonObject): JsonObject {
  return record(n, at, 'MailItemsAccessed', {
    ...{ RecordType: 50, Workload: 'Exchange', MailboxOwnerUPN: 'alice@contoso.example', LogonType: 0 },
    ...{ ClientInfoString: 'Client=REST;;', AppId: exchange, SessionId: session },
    OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
    Folders: [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: `<${n}@mail.example>` }] }],
    ...more,
  })
}

function idOf(n: number): string {
  return `7b1e64a2-0f3d-4c58-9a51-1de0c2f7a00${n}`
}
