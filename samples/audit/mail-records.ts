import type { Random } from '../random.ts'
import type { Mail } from './mail.ts'
import { type AuditRecord, folder, type Json, mailboxRecord, pairs } from './record.ts'
import type { Account } from './tenant.ts'
import type { Visit } from './visit.ts'

/** Where a record of a mailbox comes from: who uses which mailbox, and when. */
export type Place = { random: Random; time: number; visit: Visit; mailbox: Account }

/** MailItemsAccessed, Bind: several messages opened within two minutes, by their message ids. */
export function bindRecord(place: Place, mails: Mail[], about: { path: string; throttled: boolean }): AuditRecord {
  return {
    ...made(place, 'MailItemsAccessed', 50),
    Folders: [{ FolderItems: mails.map(folderItem), ...folder(place.mailbox, about.path) }],
    OperationCount: mails.length,
    OperationProperties: pairs({ MailAccessType: 'Bind', IsThrottled: about.throttled ? 'True' : 'False' }),
  }
}

/** MailItemsAccessed, Sync: a program fetched a whole folder; there are no message ids. */
export function syncRecord(place: Place, path: string): AuditRecord {
  const parent = { ...folder(place.mailbox, path), Name: path.slice(1) }
  return {
    ...made(place, 'MailItemsAccessed', 2),
    Item: { Id: parent.Id, ParentFolder: parent },
    OperationProperties: pairs({ MailAccessType: 'Sync', IsThrottled: 'False' }),
  }
}

/** AttachmentAccess: an attachment of one message was looked at or fetched. */
export function attachmentRecord(place: Place, mail: Mail, way: string): AuditRecord {
  const item = { Attachments: [{ Name: mail.attachment }], Id: mail.item, InternetMessageId: mail.messageId }
  return {
    ...made(place, 'AttachmentAccess', 50),
    Messages: [{ FolderId: folder(place.mailbox, '\\Inbox').Id, MessageItems: [item] }],
    OperationCount: 1,
    OperationProperties: pairs({ AttachmentAccessType: way }),
  }
}

/** Send or SendAs, with the subject and the message id of what was sent. */
export function sendRecord(place: Place, mail: Mail, as: Account | undefined): AuditRecord {
  return {
    ...made(place, as === undefined ? 'Send' : 'SendAs', 2),
    Item: {
      ...(mail.attachment !== '' && { Attachments: `${mail.attachment} (${Math.round(mail.size * 0.8)}b)` }),
      ...messageItem(mail),
      ParentFolder: folder(place.mailbox, '\\Drafts'),
      SizeInBytes: mail.size,
    },
    ...(as && { SendAsUserMailboxGuid: as.mailboxGuid, SendAsUserSmtp: as.upn }),
    SaveToSentItems: true,
    RecipientCount: mail.to.length,
  }
}

/** Move, MoveToDeletedItems, SoftDelete or HardDelete of several messages, with their subjects. */
export function groupRecord(
  place: Place,
  mails: Mail[],
  about: { operation: string; from: string; to?: string },
): AuditRecord {
  const source = folder(place.mailbox, about.from)
  return {
    ...made(place, about.operation, 3),
    AffectedItems: mails.map((mail) => ({ ...messageItem(mail), ParentFolder: source })),
    CrossMailboxOperation: false,
    ...(about.to !== undefined && { DestFolder: folder(place.mailbox, about.to) }),
    Folder: source,
  }
}

/** UpdateInboxRules: what the mailbox keeps of a rule that Outlook made, changed or removed. */
export function inboxRulesRecord(place: Place, operation: string, rule: Record<string, string>): AuditRecord {
  const inbox = folder(place.mailbox, '\\Inbox')
  return {
    ...made(place, 'UpdateInboxRules', 2),
    Item: { Id: inbox.Id, ParentFolder: { ...inbox, Name: 'Inbox' } },
    OperationProperties: pairs({ RuleOperation: operation, ...rule }),
  }
}

/** ModifyFolderPermissions and UpdateCalendarDelegation: who may use a folder of the mailbox. */
export function folderRightsRecord(
  place: Place,
  operation: string,
  about: { path: string; member: Account; rights: string },
): AuditRecord {
  const parent = folder(place.mailbox, about.path)
  const { member, rights } = about
  return {
    ...made(place, operation, 2),
    Item: {
      Id: parent.Id,
      ParentFolder: { ...parent, MemberRights: rights, MemberSid: member.sid, MemberUpn: member.upn },
    },
  }
}

/** MailboxLogin: the mailbox was opened, as Exchange sees it. */
export function mailboxLoginRecord(place: Place): AuditRecord {
  return made(place, 'MailboxLogin', 2)
}

function made({ random, time, visit, mailbox }: Place, operation: string, recordType: 2 | 3 | 50): AuditRecord {
  return mailboxRecord(random, time, { visit, operation, recordType, mailbox })
}

function folderItem(mail: Mail): Json {
  return { Id: mail.item, InternetMessageId: mail.messageId, SizeInBytes: mail.size }
}

function messageItem(mail: Mail): { Id: string; InternetMessageId: string; Subject: string } {
  return { Id: mail.item, InternetMessageId: mail.messageId, Subject: mail.subject }
}
