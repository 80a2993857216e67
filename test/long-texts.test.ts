import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { timeShownBy } from '#src/sources/files/serial-dates.ts'
import { hoofprint } from './support/cli.ts'
import { fileOf, fileOfRecords, temporaryFolder } from './support/folder.ts'

/** A row may have 16 MB. To look from each place of such a text to its end, as a pattern may, takes minutes of this one, and years of that. */
const long = 500_000

const plain: JsonObject = {
  ...{ CreationTime: '2026-03-09T08:15:21', Id: '5f1c2d3e-0000-4000-8000-000000000001', RecordType: 2, UserType: 0 },
  ...{ Workload: 'Exchange', UserId: 'bob@contoso.example', MailboxOwnerUPN: 'bob@contoso.example' },
  ...{ Operation: 'Create', ClientIP: '192.0.2.7' },
}
const audit = (given: JsonObject): string => fileOfRecords([plain, { ...plain, Id: 'second', ...given }])

const rule = { Name: 'r', Priority: 1, ForwardTo: null, RedirectTo: null, DeleteMessage: true, Identity: 'bob\\1' }
const logColumns = 'LastAccessed,Operation,OperationResult,LogonType,MailboxOwnerUPN,OperationProperties,Identity'
const logRow = (properties: string, id: string) =>
  `3/19/2026 8:15:21 AM,MailItemsAccessed,Succeeded,Owner,bob@contoso.example,${properties},${id}`
const directory = { RecordType: 8, Workload: 'AzureActiveDirectory' }
const blanks = '\t'.repeat(long)
const ats = '@'.repeat(long)

test.each<[string, () => string]>([
  [
    'the id of a mail',
    () =>
      audit({ Operation: 'SoftDelete', AffectedItems: [{ Id: 'i', Subject: 's', InternetMessageId: `${ats}\nx` }] }),
  ],
  ['an operation', () => audit({ ...directory, Operation: `Add ${'member to role '.repeat(long / 10)}` })],
  [
    'an application',
    () =>
      audit({
        ...{ ...directory, Operation: 'Consent to application.' },
        ModifiedProperties: [{ Name: 'ServicePrincipal.DisplayName', NewValue: `${blanks}x${blanks}"x`, OldValue: '' }],
      }),
  ],
  [
    'with whom something was shared',
    () =>
      audit({
        ...{ Operation: 'SharingSet', RecordType: 14, Workload: 'SharePoint', EventData: '</'.repeat(long) },
        ...{ ObjectId: 'https://contoso.example/a.docx', TargetUserOrGroupName: 'x' },
      }),
  ],
  [
    'properties of a mailbox audit log',
    () => fileOf(`${logColumns}\n${logRow('a:b', '1')}\n${logRow('a'.repeat(long), '2')}\n`),
  ],
  ['whose a rule is', () => fileOfRecords([rule, { ...rule, Identity: '0'.repeat(long) }], '20260310-080000.json')],
])('%s without end takes no more than a moment', (_, pathOf) => {
  const { code, out } = hoofprint(['import', pathOf(), '--case', temporaryFolder()])

  expect(code).toBe(0)
  expect(out).toContain('2 rows read = 2 stored')
})

test('a table of a screen without end is looked through once', () => {
  const { code, err } = hoofprint(['import', fileOf(`RunDate ${'s'.repeat(long)}`), '--case', temporaryFolder()])

  expect([code, err]).toEqual([1, expect.stringContaining('not read')])
})

test('a number format without end is gone through once', () => {
  const began = process.cpuUsage()
  timeShownBy(164, '[\n'.repeat(long))

  expect(process.cpuUsage(began).user).toBeLessThan(5_000_000)
})
