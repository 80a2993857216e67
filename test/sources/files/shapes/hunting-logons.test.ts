import { expect, test } from '@jest/globals'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'
import { documentsOf } from '../../../support/read-documents.ts'

const requestId = '55aa0000-0000-4000-8000-000000000001'
const logon = {
  Timestamp: '2026-05-03T09:00:00.123Z',
  ActionType: 'LogonSuccess',
  LogonType: 'Login:reprocess',
  Protocol: null,
  ...{ AccountUpn: 'Alice@contoso.example', AccountObjectId: 'u1', IPAddress: '2001:db8:0:0:0:0:0:1077' },
  ...{ Location: 'DK', OSPlatform: 'Windows 11', FailureReason: null, Application: 'Microsoft 365', ISP: 'Example' },
  ...{ ReportId: 'r1', AdditionalFields: { 'Request ID': requestId, 'ARG.CLOUD_SERVICE': 'Exchange Online' } },
}
const failed = {
  ...{ ...logon, ActionType: 'LogonFailed', FailureReason: 'WrongPassword' },
  AdditionalFields: JSON.stringify({ 'Request ID': '55aa0000-0000-4000-8000-000000000002' }),
}
const ofDirectory = { ...logon, Application: 'Active Directory', Protocol: 'Ntlm', AdditionalFields: { Count: '1' } }

test('a logon with a request id is that sign-in', async () => {
  const { documents, shape } = await documentsOf(JSON.stringify({ results: [logon, failed] }))

  expect(shape).toBe('hunting-logons')
  expect(documents).toMatchObject([
    {
      ...{ '@timestamp': '2026-05-03T09:00:00.123Z', 'event.id': requestId, 'event.outcome': 'success' },
      ...{ 'event.dataset': 'azure.signinlogs', 'hoofprint.category': 'logon', 'source.ip': '2001:db8::1077' },
      'hoofprint.mailbox': 'alice@contoso.example',
    },
    { 'event.outcome': 'failure', 'event.reason': 'WrongPassword' },
  ])
})

test('the same as CSV, and as Defender streams them', async () => {
  const cells = Object.values({ ...failed, Protocol: '' }).map((cell) => `"${String(cell).replaceAll('"', '""')}"`)

  const csv = await documentsOf(`${Object.keys(failed).join(',')}\n${cells.join(',')}\n`)
  const streamed = await documentsOf(
    JSON.stringify({ records: [{ category: 'AdvancedHunting-IdentityLogonEvents', properties: failed }] }),
  )

  expect(csv.shape).toBe('hunting-logons-csv')
  for (const [document] of [csv.documents, streamed.documents]) {
    expect(document).toMatchObject({ 'event.outcome': 'failure', 'source.ip': '2001:db8::1077' })
    expect(document?.['event.id']).toBe('55aa0000-0000-4000-8000-000000000002')
  }
})

test('a logon that nothing proves to be one of its own is rejected, and kept', async () => {
  const { activities, rejected } = await digestFile(fileOf(JSON.stringify([logon, ofDirectory])))

  expect(activities).toHaveLength(1)
  expect(rejected).toMatchObject([{ reason: expect.stringContaining('Active Directory') }])
})
