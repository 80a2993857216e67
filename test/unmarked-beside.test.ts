import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import type { CaseAnswer } from '#src/reports/answer/index.ts'
import { hoofprint } from './support/cli.ts'
import { fileOfRecords } from './support/folder.ts'
import { importSample } from './support/sample-case.ts'

const [judy, ken] = ['judy@contoso.example', 'ken@contoso.example'] as const
const [proxy, office] = ['203.0.113.66', '192.0.2.10'] as const
const session = '5a1c0e2b-7f64-4d1d-9b0a-3c8e6f2d4b17'

/** The intruder has Judy's session at a proxy, where two of his reads name no session, and tried Ken's account; at the office the session was begun. */
const records = [
  read(1, '08:00', judy, office, { SessionId: session }),
  read(2, '09:00', judy, proxy, { SessionId: session }),
  read(3, '09:05', judy, proxy, {}),
  read(4, '09:10', judy, proxy, {}),
  record(5, '09:20', ken, proxy, { Operation: 'UserLoginFailed', RecordType: 15, Workload: 'AzureActiveDirectory' }),
  read(6, '10:00', judy, office, {}),
  read(7, '10:05', ken, office, {}),
  read(8, '10:10', 'lee@contoso.example', office, {}),
]

test('what comes from where a marked session was used, and names no session, is told: the addresses first that few use', async () => {
  expect(await limits('--hostile', session)).toEqual([
    expect.stringMatching(
      /^6 activities that no mark tells of come from .*: 203\.0\.113\.66 \(3 of judy@contoso\.example, ken@contoso\.example\), 192\.0\.2\.10 \(3 of .*\); 5 mails were read so\./,
    ),
  ])
})

test('of what marks tell nothing is told again', async () => {
  expect(await limits('--hostile', session, '--trusted', office)).toEqual([
    expect.stringMatching(
      /^3 activities that no mark tells of come from .*: 203\.0\.113\.66 \(3 of .*\); 2 mails were/,
    ),
  ])
  expect(await limits('--hostile', `${session},${proxy}`, '--trusted', office)).toEqual([])
  expect(await limits('--hostile', proxy)).toEqual([])
})

test('records that name neither a user nor a mailbox are of nobody named', async () => {
  const nameless = [8, 9].map((n) => read(n, `11:0${n}`, '', proxy, {}))
  const [begun, his] = records

  expect(await limitsOf([begun, his, ...nameless], '--hostile', session, '--trusted', office)).toEqual([
    expect.stringContaining(': 203.0.113.66 (2 of nobody named); 2 mails were read so.'),
  ])
  expect(await limitsOf([...records.slice(0, 4), ...nameless], '--hostile', session, '--trusted', office)).toEqual([
    expect.stringContaining(': 203.0.113.66 (4 of judy@contoso.example); 4 mails were read so.'),
  ])
})

async function limits(...marks: string[]): Promise<string[]> {
  return limitsOf(records, ...marks)
}

async function limitsOf(some: readonly (JsonObject | undefined)[], ...marks: string[]): Promise<string[]> {
  const { folder } = await importSample(fileOfRecords(some.filter((one) => one !== undefined)))
  hoofprint(['mark', '--case', folder, ...marks])
  const { sections }: CaseAnswer = JSON.parse(hoofprint(['answer', '--case', folder, '--json']).out)
  const told = sections.find(({ name }) => name === 'addresses')?.limits ?? []
  return told.filter((text) => text.includes('no mark tells of'))
}

function read(n: number, at: string, user: string, address: string, more: JsonObject): JsonObject {
  return record(n, at, user, address, {
    ...{ Operation: 'MailItemsAccessed', RecordType: 50, Workload: 'Exchange' },
    ...{ MailboxOwnerUPN: user, LogonType: 0, ClientIPAddress: address },
    OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
    Folders: [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: `<${n}@mail.example>` }] }],
    ...more,
  })
}

function record(n: number, at: string, UserId: string, ClientIP: string, more: JsonObject): JsonObject {
  const Id = `7b1e64a2-0f3d-4c58-9a51-1de0c2f7a00${n}`
  return { Id, CreationTime: `2026-03-10T${at}:00`, UserId, ClientIP, ResultStatus: 'Succeeded', ...more }
}
