import { expect, test } from '@jest/globals'
import { fileOfRecords } from './support/folder.ts'
import { ordersOf } from './support/orders.ts'
import { importSample } from './support/sample-case.ts'

const alice = 'alice@contoso.example'
const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'

const signIn = (number: number, time: string, told: object) => ({
  ...{ id: `7b1e64a2-0f3d-4c58-9a51-1de0c2f7a00${number}`, createdDateTime: `2026-03-09T${time}:00Z` },
  ...{ userPrincipalName: alice, appDisplayName: 'Outlook', ipAddress: '203.0.113.66', ...told },
})
const hollow = 'Microsoft.Graph.PowerShell.Models.MicrosoftGraphSignInStatus'
const failed = { errorCode: 50126, failureReason: 'Invalid username or password' }

const failing = signIn(1, '08:00', {})
const succeeding = signIn(2, '09:00', { status: { errorCode: 0, failureReason: 'Other.' } })
const coded = signIn(3, '10:00', {
  ipAddress: '203.0.113.77',
  status: { errorCode: 0 },
  originalTransferMethod: 'deviceCodeFlow',
  riskState: 'none',
})

const read = {
  CreationTime: '2026-03-09T09:30:00',
  Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a011',
  Operation: 'MailItemsAccessed',
  ...{ RecordType: 50, UserId: alice, MailboxOwnerUPN: alice, Workload: 'Exchange', ClientIPAddress: '203.0.113.77' },
  ...{ LogonType: 0, OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }] },
}
/** An export that somebody edited, or a newer version of a record, that says as much. */
const sent = {
  CreationTime: '2026-03-09T09:40:00',
  Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a012',
  ...{ Operation: 'Send', RecordType: 2, UserId: alice, MailboxOwnerUPN: alice, Workload: 'Exchange' },
  ...{ ClientIPAddress: '203.0.113.66', Item: { Subject: 'Payroll' } },
}
const edited = { ...sent, ClientIPAddress: '198.51.100.7', Item: { Subject: 'Lunch' } }

const mails = {
  Folders: [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<m1@contoso.example>', Subject: 'Payroll' }] }],
}

test('documents are the same whichever order files come in', async () => {
  const files = [
    [{ ...failing, status: hollow }, sent],
    [{ ...failing, status: failed }, read],
    [succeeding, coded, edited],
    [
      {
        ...coded,
        originalTransferMethod: 'none',
        riskState: 'atRisk',
        riskLevelDuringSignIn: 'high',
        riskEventTypes_v2: ['anonymizedIPAddress'],
      },
      { ...read, ...mails, UserAgent: agent },
    ],
  ].map((one) => fileOfRecords(one))

  const [first, ...others] = await Promise.all(ordersOf(files).map(documentsIn))

  expect(first).toHaveLength(5)
  for (const other of others) expect(other).toEqual(first)
})

/** What the documents say but for the file and row that they stand in. */
async function documentsIn(paths: readonly string[]) {
  const { rendered } = await importSample(...paths)
  const documents = rendered.map(({ document }) =>
    Object.fromEntries(Object.entries(document).filter(([field]) => !field.startsWith('hoofprint.evidence'))),
  )
  return documents.sort((a, b) => String(a['event.id']).localeCompare(String(b['event.id'])))
}
