import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import type { CaseAnswer } from '#src/reports/answer/index.ts'
import { hoofprint } from './support/cli.ts'
import { fileOfRecords } from './support/folder.ts'
import { importSample } from './support/sample-case.ts'

const judy = 'judy@contoso.example'
const ken = 'ken@contoso.example'
const [hers, his, kens] = ['192.0.2.10', '203.0.113.66', '192.0.2.11'] as const

/** Ken's mail access is recorded all the time, Judy's from the 12th to the 14th: her licence came late, and went. */
const records = [
  done(1, '2026-06-01T08:00:00', ken, kens, 'read'),
  done(2, '2026-06-02T08:00:00', judy, hers, 'send'),
  done(3, '2026-06-09T13:00:00', judy, his, 'send'),
  done(4, '2026-06-12T07:08:00', judy, hers, 'read'),
  done(5, '2026-06-14T09:00:00', judy, his, 'read'),
  done(6, '2026-06-18T10:50:00', judy, his, 'send'),
  done(7, '2026-06-20T08:00:00', ken, kens, 'read'),
]

test('an account that the intruder used while no mail access was recorded there is told, with from when to when', async () => {
  expect(await limits(records, his)).toEqual([
    `Of ${judy}, which the marked intruder used from 2026-06-09 13:00 UTC, no mail access is recorded of anybody before 2026-06-12 07:08 UTC: which mails were read there until then, if any, is not known.`,
    `Of ${judy}, which the marked intruder used until 2026-06-18 10:50 UTC, no mail access is recorded of anybody after 2026-06-14 09:00 UTC: which mails were read there from then on, if any, is not known.`,
  ])
})

test('what begins or ends with the log itself, or within a day, is no more than that', async () => {
  expect(await limits(records.slice(3, 5), his)).toEqual([])
  const within = [done(3, '2026-06-11T13:00:00', judy, his, 'send'), ...records.slice(3, 5)]
  expect(await limits([...records.slice(0, 2), ...within, ...records.slice(6)], his)).toEqual([])
  expect(await limits(records, kens)).toEqual([])
})

async function limits(some: readonly JsonObject[], hostile: string): Promise<string[]> {
  const { folder } = await importSample(fileOfRecords(some))
  hoofprint(['mark', '--case', folder, '--hostile', hostile])
  const { sections }: CaseAnswer = JSON.parse(hoofprint(['answer', '--case', folder, '--json']).out)
  const told = sections.find(({ name }) => name === 'mails')?.limits ?? []
  const hint = ' MailItemsAccessed is recorded only where'
  return told.filter((text) => text.startsWith('Of ')).map((text) => text.slice(0, text.indexOf(hint)))
}

function done(
  n: number,
  CreationTime: string,
  user: string,
  ClientIPAddress: string,
  what: 'read' | 'send',
): JsonObject {
  const mail = { InternetMessageId: `<${n}@mail.example>` }
  const kind: JsonObject =
    what === 'read'
      ? {
          ...{ Operation: 'MailItemsAccessed', RecordType: 50 },
          OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
          Folders: [{ Path: '\\Inbox', FolderItems: [mail] }],
        }
      : { Operation: 'Send', RecordType: 2, Item: { ...mail, Subject: 'Offer' } }
  return {
    ...{ Id: `7b1e64a2-0f3d-4c58-9a51-1de0c2f7a00${n}`, CreationTime, Workload: 'Exchange', ResultStatus: 'Succeeded' },
    ...{ UserId: user, MailboxOwnerUPN: user, LogonType: 0, ClientIPAddress, ...kind },
  }
}
