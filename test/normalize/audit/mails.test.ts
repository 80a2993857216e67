import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { normalizer } from '#src/normalize/index.ts'
import { auditActivity, documentOfAudit } from '../../support/audit.ts'

const messagesOf = (record: JsonObject) => normalizer.keys(auditActivity(record)).messages

test('reads that are folded into one record name every mail of every folder once', () => {
  const record = {
    Operation: 'MailItemsAccessed',
    Folders: [
      {
        Path: '\\Inbox',
        FolderItems: [{ InternetMessageId: '<1@x>' }, { InternetMessageId: '<2@x>' }, { Id: 'no id' }],
      },
      { Path: '\\Sent Items', FolderItems: [{ InternetMessageId: '<1@x>', Subject: 'One' }] },
    ],
    OperationProperties: [
      { Name: 'MailAccessType', Value: 'Bind' },
      { Name: 'IsThrottled', Value: 'True' },
    ],
  }

  const document = documentOfAudit(record)

  expect(document['email.message_id']).toEqual(['<1@x>', '<2@x>'])
  expect(document['email.subject']).toBe('One')
  expect(document['hoofprint.messages']).toBe(3) // And the one that has no such id.
  expect(document['hoofprint.mail_access']).toBe('bind')
  expect(document.tags).toEqual(['read', 'throttled'])
})

test('a record that a German Excel saved is marked as throttled', () => {
  const properties = [{ Name: 'IsThrottled', Value: 'WAHR' }]

  const document = documentOfAudit({ Operation: 'MailItemsAccessed', OperationProperties: properties })

  expect(document.tags).toContain('throttled')
})

test("a mail's id without its angle brackets is the same mail's", () => {
  const items = ['<1@x>', '1@x', '2@x', 'no id', 'not@an id'].map((InternetMessageId) => ({ InternetMessageId }))

  const document = documentOfAudit({ Operation: 'MailItemsAccessed', Folders: [{ FolderItems: items }] })

  expect(document['email.message_id']).toEqual(['<1@x>', '<2@x>', 'no id', 'not@an id'])
})

test('what was deleted counts, whatever it is named by', () => {
  const AffectedItems = [{ Id: 'a' }, { Id: 'b', Subject: 'Two' }, { Id: 'c', InternetMessageId: '<1@x>' }, {}]

  expect(documentOfAudit({ Operation: 'HardDelete', AffectedItems })['hoofprint.messages']).toBe(3)
})

test('of mails without an id of the Internet those in one place are one, and those in several as many, though their subject is the same', () => {
  const AffectedItems = [
    { Id: 'a', Subject: 'Same' },
    { Id: 'b', Subject: 'Same' },
    { Id: 'b', Subject: 'Same' },
    { Id: 'c', Attachments: 'iban.pdf (12b)' },
  ]

  expect(documentOfAudit({ Operation: 'HardDelete', AffectedItems })['hoofprint.messages']).toBe(3)
})

test('mails that were accessed count, also those that a record names by their place in the mailbox alone', () => {
  const FolderItems = [{ Id: 'a', InternetMessageId: '<1@x>' }, { Id: 'b' }, { Id: 'c', InternetMessageId: '' }, {}]

  const document = documentOfAudit({ Operation: 'MailItemsAccessed', Folders: [{ FolderItems }] })

  expect([document['hoofprint.messages'], document['email.message_id']]).toEqual([3, '<1@x>'])
})

test('mails whose attachments an application opened by ids alone are counted, not their attachments', () => {
  const Messages = [
    { Path: 'Messages', Id: 'AAMk-1', MessageItems: [{ Id: 'AAMk-1-a', SizeInBytes: 10 }, { Id: 'AAMk-1-b' }] },
    { Path: 'Messages', Id: 'AAMk-2', MessageItems: [{ Id: 'AAMk-2-a' }] },
    { InternetMessageId: '<a@contoso.example>', Id: 'AAMk-3', MessageItems: [{ Id: 'AAMk-3-a' }] },
  ]

  const document = documentOfAudit({ Operation: 'AttachmentAccess', RecordType: 50, Messages, OperationCount: 4 })

  expect(document['hoofprint.messages']).toBe(3)
  expect(document['email.message_id']).toBe('<a@contoso.example>')
})

test.each<[JsonObject, string | undefined]>([
  [{ Folders: [{ FolderItems: [{ InternetMessageId: '<1@x>' }] }] }, 'bind'],
  [{ Folders: [{ FolderItems: [{ Id: 'of the mailbox alone' }] }] }, 'bind'],
  [{ Item: { ParentFolder: { Path: '\\Inbox' } } }, undefined],
])('mail access whose kind was lost is a bind where it names mails: %j', (record, kind) => {
  expect(documentOfAudit({ Operation: 'MailItemsAccessed', ...record })['hoofprint.mail_access']).toBe(kind)
})

test('a sync is of a whole folder, and names no mail', () => {
  const record = {
    Operation: 'MailItemsAccessed',
    Item: { ParentFolder: { Path: '\\Inbox' } },
    OperationProperties: '[{"Name":"MailAccessType","Value":"Sync"},{"Name":"IsThrottled","Value":"False"}]',
  }

  const document = documentOfAudit(record)

  expect(document['hoofprint.mail_access']).toBe('sync')
  expect(document['hoofprint.messages']).toBeUndefined()
  expect(document['email.message_id']).toBeUndefined()
  expect(document.tags).toEqual(['read', 'sync'])
})

test.each<[JsonObject, string | string[] | undefined, string | string[] | undefined]>([
  [{ Item: { InternetMessageId: ' <1@x> ', Subject: 'One' } }, '<1@x>', 'One'],
  [{ Item: '{"InternetMessageId":"<1@x>","Subject":"One"}' }, '<1@x>', 'One'],
  [
    {
      AffectedItems: [
        { InternetMessageId: '<1@x>', Subject: 'Same' },
        { InternetMessageId: '<2@x>', Subject: 'Same' },
      ],
    },
    ['<1@x>', '<2@x>'],
    'Same',
  ],
  [
    { AffectedItems: [{ Id: 'a', Subject: 'One' }, { Id: 'b', Subject: 'Two' }, 'no item', null] },
    undefined,
    ['One', 'Two'],
  ],
  [{ Messages: [{ InternetMessageId: '<1@x>', MessageItems: [{ Id: 'a' }] }] }, '<1@x>', undefined],
  [{ Messages: [{ MessageItems: [{ InternetMessageId: '<1@x>', Subject: 'One' }] }] }, '<1@x>', 'One'],
  [{ InternetMessageId: '<1@x>', Subject: 'One' }, '<1@x>', 'One'],
  [{ Data: '{"imsgid":"<1@x>","ms":"One"}' }, '<1@x>', 'One'],
  [{ ExchangeMetaData: { MessageID: '<1@x>', Subject: 'One' } }, '<1@x>', 'One'],
  [{ Subject: 'One' }, undefined, 'One'],
  [
    { Item: { InternetMessageId: 1, Subject: ['One'] }, AffectedItems: 'x', Folders: [[{}]], Messages: {} },
    undefined,
    undefined,
  ],
])('the mails of %j have the ids %j and the subjects %j', (record, ids, subjects) => {
  const document = documentOfAudit(record)

  expect(document['email.message_id']).toEqual(ids)
  expect(document['email.subject']).toEqual(subjects)
})

test.each<[string, string[] | undefined]>([
  ['invoice.pdf (48213b)', ['invoice.pdf']],
  ['invoice.pdf (48213b); a; b (final).docx (9b); invoice.pdf (1b)', ['invoice.pdf', 'a; b (final).docx']],
  ['invoice.pdf (48213b);invoice.xml (7b);', ['invoice.pdf', 'invoice.xml']],
  ['no size', ['no size']],
  [' ', undefined],
])('the attachments %j are %j', (Attachments, names) => {
  expect(documentOfAudit({ Item: { Attachments } })['email.attachments.file.name']).toEqual(names)
})

test('records with subjects tell them to those that only give ids', () => {
  const Item = { InternetMessageId: '<1@x>', Subject: 'One' }

  const told = ['Update', 'Move', 'AttachmentAccess', 'HardDelete'].map((Operation) => messagesOf({ Operation, Item }))

  for (const messages of told) {
    expect(messages).toEqual([
      { item: '<1@x>', rank: 1, subject: 'One', from: undefined, received: undefined, messageId: '<1@x>' },
    ])
  }
  expect(
    messagesOf({ Operation: 'MailItemsAccessed', Folders: [{ FolderItems: [{ InternetMessageId: '<1@x>' }] }] }),
  ).toEqual([])
  expect(messagesOf({ Operation: 'Update', Item: { Subject: 'One' } })).toEqual([])
})

test.each<[JsonObject, string | undefined]>([
  [{ Operation: 'Send', MailboxOwnerUPN: 'Alice@contoso.example' }, 'alice@contoso.example'],
  [{ Operation: 'Send', MailboxOwnerUPN: 'S-1-5-21-1' }, undefined],
  [
    { Operation: 'SendAs', MailboxOwnerUPN: 'bob@contoso.example', SendAsUserSmtp: 'boss@contoso.example' },
    'boss@contoso.example',
  ],
  [{ Operation: 'SendOnBehalf', SendOnBehalfOfUserSmtp: 'boss@contoso.example' }, 'boss@contoso.example'],
  [{ Operation: 'SendAs', MailboxOwnerUPN: 'bob@contoso.example' }, undefined],
  [{ Operation: 'Update', MailboxOwnerUPN: 'alice@contoso.example' }, undefined],
])('a mail of %j is from %s', (record, from) => {
  const Item = { InternetMessageId: '<1@x>' }

  const document = documentOfAudit({ ...record, Item })
  const messages = messagesOf({ ...record, Item })

  expect(document['email.from.address']).toEqual(from === undefined ? undefined : [from])
  expect(messages).toMatchObject(from === undefined ? [] : [{ item: '<1@x>', rank: 2, from }])
})
