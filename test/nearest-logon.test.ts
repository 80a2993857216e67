import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { fileOfRecords } from './support/folder.ts'
import { importSample } from './support/sample-case.ts'

const alice = 'alice@contoso.example'
const herId = '8c6976e5-b541-4415-ade9-08bd4dee15df'

const system = 'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)'

const records = [
  record(1, '08:00:00', 'UserLoggedIn', {
    ...{ RecordType: 15, Workload: 'AzureActiveDirectory', UserId: alice, UserKey: herId, ClientIP: '203.0.113.66' },
  }),
  mail(2, 'HardDelete', { UserId: alice, LogonType: 0 }),
  mail(3, 'HardDelete', { UserId: herId, LogonType: 0 }),
  mail(4, 'HardDelete', { UserId: 'S-1-5-21-1004336348-1177238915-682003330-1204', LogonType: 0 }),
  mail(5, 'HardDelete', { UserId: 'bob@contoso.example', LogonType: 2 }),
  mail(6, 'HardDelete', { UserId: '7d1e9a3f-2b88-4c10-9f55-c0aa41e2b6d1', LogonType: 1 }),
  ...['admin@contoso.example', system].map((UserId, i) =>
    record(7 + i, `09:0${i}:00`, 'Set-Mailbox', {
      ...{ RecordType: 1, Workload: 'Exchange', UserId, ObjectId: alice },
      Parameters: [
        { Name: 'Identity', Value: alice },
        { Name: 'AuditEnabled', Value: 'False' },
      ],
    }),
  ),
]

test('what somebody else did in a mailbox is not attributed to the logon of its owner, who may be an intruder', async () => {
  const { rendered } = await importSample(fileOfRecords(records))

  const logons = rendered.map(({ document }) => [document['user.id'], document['hoofprint.logon.ip'] ?? 'none'])
  expect(Object.fromEntries(logons.slice(1))).toEqual({
    [alice]: '203.0.113.66',
    [herId]: '203.0.113.66',
    'S-1-5-21-1004336348-1177238915-682003330-1204': '203.0.113.66',
    'bob@contoso.example': 'none',
    '7d1e9a3f-2b88-4c10-9f55-c0aa41e2b6d1': 'none',
    'admin@contoso.example': 'none',
    [system]: 'none',
  })
})

function mail(n: number, operation: string, more: JsonObject): JsonObject {
  return record(n, `08:1${n}:00`, operation, {
    ...{ RecordType: 3, Workload: 'Exchange', MailboxOwnerUPN: alice },
    AffectedItems: [{ InternetMessageId: `<${n}@mail.example>`, Subject: 'Offer' }],
    ...more,
  })
}

function record(n: number, time: string, Operation: string, more: JsonObject): JsonObject {
  const Id = `7b1e64a2-0f3d-4c58-9a51-1de0c2f7a00${n}`
  return { Id, CreationTime: `2026-03-10T${time}`, Operation, ResultStatus: 'Succeeded', ...more }
}
