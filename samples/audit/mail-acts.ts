import type { Mail, Topic } from './mail.ts'
import * as records from './mail-records.ts'
import type { Here, Session } from './session.ts'
import type { Account } from './tenant.ts'

/** Whose mailbox an act is about, when it is not the account's own. */
export type In = { mailbox?: Account; path?: string }

/** Opens messages within two minutes: one record. */
export function read(session: Session, mails: Mail[], { mailbox = session.visit.account, path = '\\Inbox' }: In = {}) {
  if (mails.length === 0) return
  session.act((here) => records.bindRecord(placed(here, mailbox), mails, { path, throttled: false }), {
    category: 'read',
    mailbox: mailbox.upn,
    read: { access: 'bind', throttled: false, folder: path, mails },
  })
}

/** Opens messages, the last of which are written down before the mailbox is throttled for 24 hours. */
export function readUntilThrottled(session: Session, mails: Mail[]) {
  const { account } = session.visit
  session.act((here) => records.bindRecord(placed(here, account), mails, { path: '\\Inbox', throttled: true }), {
    category: 'read',
    mailbox: account.upn,
    read: { access: 'bind', throttled: true, folder: '\\Inbox', mails },
  })
}

/** Lets a program fetch a whole folder. */
export function sync(session: Session, path: string, mailbox = session.visit.account) {
  session.act((here) => records.syncRecord(placed(here, mailbox), path), {
    category: 'read',
    mailbox: mailbox.upn,
    read: { access: 'sync', throttled: false, folder: path, mails: [] },
  })
}

/** Looks at or fetches the attachment of a message. */
export function openAttachment(session: Session, mail: Mail, way: 'Download' | 'Preview') {
  const { account } = session.visit
  session.act((here) => records.attachmentRecord(placed(here, account), mail, way), {
    category: 'attachment',
    mailbox: account.upn,
    attachment: { way, mail, name: mail.attachment },
  })
}

/** Sends a mail, or sends it in somebody else's name. */
export function send(session: Session, about: Topic & { to: string[] }, as?: Account): Mail {
  const owner = as ?? session.visit.account
  const mail = session.story.deliver(session.now(), { ...about, from: owner.upn })
  session.act((here) => records.sendRecord(placed(here, owner), mail, as), {
    category: 'send',
    mailbox: owner.upn,
    sent: { mail, ...(as && { as: as.upn }) },
    names: [mail],
  })
  return mail
}

/** Deletes messages, in one of the three ways. */
export function remove(
  session: Session,
  mails: Mail[],
  operation: 'MoveToDeletedItems' | 'SoftDelete' | 'HardDelete',
  from = '\\Inbox',
) {
  if (mails.length === 0) return
  const { account } = session.visit
  const way = { operation, from, ...(operation === 'MoveToDeletedItems' && { to: '\\Deleted Items' }) }
  session.act((here) => records.groupRecord(placed(here, account), mails, way), {
    category: 'delete',
    mailbox: account.upn,
    deleted: { mails, folder: from },
    names: mails,
  })
}

/** Moves messages from the inbox to another folder. */
export function move(session: Session, mails: Mail[], to: string) {
  if (mails.length === 0) return
  const { account } = session.visit
  const way = { operation: 'Move', from: '\\Inbox', to }
  session.act((here) => records.groupRecord(placed(here, account), mails, way), {
    category: 'move',
    mailbox: account.upn,
    names: mails,
  })
}

/** Opens a mailbox so that Exchange writes it down as a logon. */
export function logInToMailbox(session: Session) {
  const { account } = session.visit
  session.act((here) => records.mailboxLoginRecord(placed(here, account)), {
    category: 'logon',
    mailbox: account.upn,
    logon: { outcome: 'success', reason: 'MailboxLogin' },
  })
}

/** Changes a rule as Outlook does, without a cmdlet. */
export function updateInboxRules(
  session: Session,
  operation: string,
  rule: { name: string; conditions: Record<string, string>; actions: Record<string, string> },
) {
  const { account } = session.visit
  const properties = {
    RuleId: '',
    RuleState: 'Enabled',
    RuleName: rule.name,
    RuleCondition: JSON.stringify(rule.conditions),
    RuleActions: JSON.stringify([rule.actions]),
  }
  session.act((here) => records.inboxRulesRecord(placed(here, account), operation, properties), {
    category: 'rule',
    mailbox: account.upn,
    detail: { ...rule, change: operation },
  })
}

/** Lets another account use a folder of the mailbox. */
export function grantFolder(
  session: Session,
  operation: 'ModifyFolderPermissions' | 'UpdateCalendarDelegation',
  about: { path: string; member: Account; rights: string },
) {
  const { account } = session.visit
  const { path, member, rights } = about
  session.act((here) => records.folderRightsRecord(placed(here, account), operation, about), {
    category: 'permission',
    mailbox: account.upn,
    detail: { folder: path, to: member.upn, rights },
  })
}

function placed(here: Here, mailbox: Account): records.Place {
  return { ...here, mailbox }
}
