import { expect, test } from '@jest/globals'
import { restore } from '#src/sources/files/digest.ts'
import { tableText } from '../../../support/documents.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'
import { documentsOf } from '../../../support/read-documents.ts'

const owner = { MailboxOwnerUPN: 'alice@contoso.example', LogonType: 'Owner', LogonUserDisplayName: 'Alice Field' }
const delegate = { ...owner, LogonType: 'Delegate', LogonUserDisplayName: 'Bob Marsh' }

test('reads, moves and rules of a mailbox audit log are what the unified log would have said', async () => {
  const folders = [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<1@x>' }, { InternetMessageId: '<2@x>' }] }]
  const { documents, shape } = await documentsOf(
    tableText(
      {
        ...{
          ...delegate,
          Operation: 'MailItemsAccessed',
          LastAccessed: '3/9/2020 8:15:21 AM',
          ClientIP: '203.0.113.7',
        },
        ...{ OperationProperties: 'MailAccessType:Bind,IsThrottled:True', OperationResult: 'Succeeded' },
        AggregatedRecordFoldersData: JSON.stringify(folders),
      },
      {
        ...{
          ...owner,
          Operation: 'MoveToDeletedItems',
          LastAccessed: '3/9/2020 8:16:00 AM',
          FolderPathName: '\\Inbox',
        },
        ...{ SourceItemIdsList: 'a1,a2', SourceItemInternetMessageIdsList: '<1@x>,<2@x>' },
        ...{ SourceItemSubjectsList: 'Invoice, again,Hello', SourceItems: 'System.Object[]' },
        ...{ DestFolderPathName: '\\Deleted Items', ClientIPAddress: '192.0.2.1', OperationResult: 'Failed' },
      },
      {
        ...{ ...owner, Operation: 'HardDelete', LastAccessed: '3/9/2020 8:17:00 AM', SourceItemIdsList: 'a3' },
        ...{ SourceItemSubjectsList: 'Invoice, again', FolderPathName: '\\Drafts' },
      },
      {
        ...owner,
        Operation: 'SendAs',
        LastAccessed: '3/9/2020 8:18:00 AM',
        ItemSubject: 'Paid?',
        FolderPathName: '\\Inbox',
      },
    ),
  )

  expect(shape).toBe('mailbox-audit-csv')
  expect(documents.map((document) => [document['@timestamp'], document['hoofprint.category'], document.tags])).toEqual([
    ['2020-03-09T08:15:21.000Z', 'read', ['read', 'throttled']],
    ['2020-03-09T08:16:00.000Z', 'delete', ['delete']],
    ['2020-03-09T08:17:00.000Z', 'delete', ['delete']],
    ['2020-03-09T08:18:00.000Z', 'send', ['send']],
  ])
  const [read, moved, gone, sent] = documents
  expect(read).toMatchObject({
    'hoofprint.mail_access': 'bind',
    'email.message_id': ['<1@x>', '<2@x>'],
    'source.ip': '203.0.113.7',
    'user.id': 'Bob Marsh',
    'hoofprint.mailbox': 'alice@contoso.example',
    'hoofprint.folder': ['\\Inbox'],
  })
  expect(moved).toMatchObject({ 'event.outcome': 'failure', 'hoofprint.messages': 2, 'source.ip': '192.0.2.1' })
  expect(moved).toMatchObject({ 'user.id': 'alice@contoso.example', 'hoofprint.folder': ['\\Inbox'] })
  expect(moved?.['email.subject']).toBeUndefined() // Which commas part two subjects nobody knows.
  expect(gone).toMatchObject({ 'email.subject': 'Invoice, again', 'hoofprint.messages': 1 })
  expect(sent).toMatchObject({ 'email.subject': 'Paid?' })
})

test('what an administrator opened is known by its id in the mailbox, for these logs may have no other', async () => {
  const opened = { ...delegate, Operation: 'MessageBind', LogonType: 'Admin', LastAccessed: '3/9/2020 8:15:21 AM' }
  const mail = { ItemId: 'RgB1', ItemSubject: 'Board minutes', FolderPathName: '\\Inbox' }

  const { documents } = await documentsOf(
    tableText({ ...opened, ...mail }, { ...opened, ...mail, ItemInternetMessageId: '<1@x>' }),
  )
  const [own, both] = documents

  expect(own).toMatchObject({ 'email.local_id': 'RgB1', 'email.subject': 'Board minutes' })
  expect(both).toMatchObject({ 'email.message_id': '<1@x>' })
  expect(both?.['email.local_id']).toBeUndefined() // It has one name only.
})

test('a few selected columns are enough, and what is no time is rejected', async () => {
  const { activities, rejected, format } = await digestFile(
    fileOf('LastAccessed,LogonType,Operation\n2020-03-09 08:15:21,Owner,Create\nyesterday,Owner,Create\n'),
  )

  expect(format.shape).toBe('mailbox-audit-csv')
  expect(activities).toMatchObject([{ operation: 'Create', mailbox: '', time: Date.UTC(2020, 2, 9, 8, 15, 21) }])
  expect(rejected.map(({ reason }) => reason)).toEqual(['CreationTime is not a time'])
})

const asJson = {
  ...{ ...owner, RunspaceId: '2f0a0000-0000-4000-8000-000000000001', Operation: 'HardDelete', ExternalAccess: false },
  ...{ OperationResult: 'Succeeded', FolderPathName: '\\Inbox', SourceItemIdsList: 'a1', SourceItems: [], ItemId: '' },
  SourceItemSubjectsList: 'Paid?',
  AggregatedRecordFoldersData: null,
  LastAccessed: '2020-03-09T10:15:21.5+02:00',
}

test('the same as JSON, whatever PowerShell made of its time, is one event of one time', async () => {
  const again = { ...asJson, RunspaceId: '2f0a0000-0000-4000-8000-000000000002', LastAccessed: '/Date(1583741721500)/' }

  const { activities, rejected, format } = await digestFile(fileOf(JSON.stringify([asJson, again])))

  expect([format.shape, rejected]).toEqual(['mailbox-audit-json', []])
  expect(activities).toMatchObject([
    {
      time: Date.UTC(2020, 2, 9, 8, 15, 21),
      mailbox: 'alice@contoso.example',
      record: {
        ...{ UserId: 'alice@contoso.example', LogonType: 0, ExternalAccess: false, ResultStatus: 'Succeeded' },
        AffectedItems: [{ Id: 'a1', Subject: 'Paid?' }],
      },
    },
    { id: activities[0]?.id },
  ])
  expect(activities[0] && restore(format, activities[0].content).record).toEqual(activities[0]?.record)
})

test('where its time has no zone, its shape says so', async () => {
  const { activities, format } = await digestFile(
    fileOf(JSON.stringify({ ...asJson, LastAccessed: '2020-03-09T10:15:21' })),
  )

  expect(format.shape).toBe('mailbox-audit-local-json')
  expect(activities).toMatchObject([{ time: Date.UTC(2020, 2, 9, 10, 15, 21) }])
})
