import { consent, forwardMailbox, inboxRule, permit, transportRule } from './change-acts.ts'
import { type Client, clients } from './clients.ts'
import { grantFolder, logInToMailbox, sync, updateInboxRules } from './mail-acts.ts'
import { addMethod } from './own-changes.ts'
import { intruderAddresses as from } from './places.ts'
import * as prey from './prey.ts'
import type { Session } from './session.ts'
import { type Account, admin, alice, bob, bystanders, carol } from './tenant.ts'
import { resetPassword, tricks } from './tricks.ts'

/** One visit of the intruder: what happens in it, step by step. */
export type Raid = {
  when: string
  account: Account
  ip: string
  client?: Client
  steps: ((session: Session) => void)[]
}

/** Where the intruder lets mail go. */
export const dropBox = 'archive.box@mailvault.example'

const hiding = { MoveToFolder: 'RSS Feeds', MarkAsRead: 'True', StopProcessingRules: 'True' }
const words = 'invoice;payment;bank'

/** The visits of the intruder, in the order of their times; the second is during alice's own office hours. */
export const raids: Raid[] = [
  {
    when: '01-20T22:10:33',
    account: alice,
    ip: from.first,
    steps: [
      (session) => session.logOn('50074'),
      (session) => session.logOn('500121'),
      (session) => session.logOn('50074'),
      (session) => session.logOn(),
      logInToMailbox,
      prey.lookFor('invoice', 5),
      prey.lookFor('payment', 4),
      prey.lookFor('bank', 3),
    ],
  },
  {
    when: '01-21T09:20:12',
    account: alice,
    ip: from.first,
    steps: [
      (session) => session.logOn('50140'),
      prey.lookFor('bank details', 3),
      prey.lookFor('remittance', 3),
      (session) =>
        inboxRule(session, 'New-InboxRule', {
          AlwaysDeleteOutlookRulesBlob: 'False',
          Force: 'False',
          Name: '.',
          SubjectOrBodyContainsWords: words,
          ...hiding,
        }),
      (session) =>
        updateInboxRules(session, 'AddMailboxRule', {
          name: '.',
          conditions: { SubjectOrBodyContainsWords: words },
          actions: hiding,
        }),
      (session) => addMethod(session, 'Pixel', 'PhoneAppOTP'),
    ],
  },
  {
    when: '01-22T23:40:50',
    account: alice,
    ip: from.second,
    steps: [
      (session) => session.logOn(),
      prey.lookFor('iban', 4),
      prey.lookFor('swift', 3),
      prey.fetchAttachments(6),
      tricks.lureBob,
    ],
  },
  {
    when: '01-27T10:05:20',
    account: bob,
    ip: from.first,
    steps: [
      (session) => session.logOn('50058'),
      (session) => session.logOn(),
      prey.lookFor('wire transfer', 4),
      (session) => consent(session, ['Mail.ReadWrite', 'MailboxSettings.ReadWrite', 'offline_access']),
      (session) => forwardMailbox(session, bob, dropBox),
    ],
  },
  {
    when: '01-30T21:15:44',
    account: bob,
    ip: from.second,
    steps: [
      (session) => session.logOn(),
      prey.lookInFiles('bank accounts'),
      prey.lookInFiles('payment run'),
      prey.downloadFiles(11),
      prey.shareFiles(dropBox),
      prey.lookFor('password', 2),
    ],
  },
  {
    when: '02-02T19:50:02',
    account: alice,
    ip: from.first,
    steps: [
      (session) => session.logOn('50140'),
      prey.lookFor('wire', 4),
      prey.lookFor('overdue', 4),
      prey.fetchAttachments(5),
      tricks.redirectPayments,
      (session) =>
        inboxRule(session, 'Set-InboxRule', {
          Identity: '.',
          SubjectOrBodyContainsWords: `${words};fraud;contoso`,
          ...hiding,
        }),
    ],
  },
  {
    when: '02-03T22:30:18',
    account: admin,
    ip: from.second,
    client: clients.powershell,
    steps: [
      (session) => session.logOn('50126'),
      (session) => session.logOn('50126'),
      (session) => session.logOn(),
      (session) => permit(session, 'Add-MailboxPermission', { mailbox: carol, member: alice, rights: 'FullAccess' }),
      (session) => permit(session, 'Add-RecipientPermission', { mailbox: bob, member: alice, rights: 'SendAs' }),
      (session) => transportRule(session, 'New-TransportRule', { Name: 'Journal', BlindCopyTo: dropBox }),
      resetPassword(carol),
    ],
  },
  {
    when: '02-05T09:40:26',
    account: alice,
    ip: from.first,
    steps: [
      (session) => session.logOn(),
      prey.readOthers(carol, 9),
      (session) => sync(session, '\\Inbox', carol),
      tricks.sendAsBob,
      (session) =>
        permit(session, 'Add-MailboxFolderPermission', {
          mailbox: alice,
          member: bystanders[5] ?? carol,
          rights: 'Reviewer',
          folder: '\\Inbox',
        }),
      (session) =>
        grantFolder(session, 'ModifyFolderPermissions', { path: '\\Inbox', member: carol, rights: 'ReadAny, Visible' }),
    ],
  },
  {
    when: '02-06T23:55:09',
    account: carol,
    ip: from.second,
    client: clients.imap,
    steps: [
      (session) => session.logOn('0', false),
      logInToMailbox,
      (session) => sync(session, '\\Inbox'),
      (session) => sync(session, '\\Sent Items'),
      (session) => sync(session, '\\Archive'),
    ],
  },
  {
    when: '02-08T03:05:37',
    account: alice,
    ip: from.first,
    steps: [
      (session) => session.logOn(),
      prey.lookFor('fraud', 2),
      prey.lookFor('hacked', 1),
      prey.lookFor('=HYPERLINK("http://x.example","y")', 1),
      tricks.coverTracks,
    ],
  },
  { when: '02-09T21:14:03', account: alice, ip: from.first, steps: [refused('50173'), refused('50126')] },
  { when: '02-09T21:40:55', account: bob, ip: from.second, steps: [refused('50173'), refused('50126')] },
  { when: '02-10T03:02:31', account: admin, ip: from.second, steps: [refused('50126'), refused('50053')] },
]

function refused(code: '50173' | '50126' | '50053') {
  return (session: Session) => session.logOn(code)
}
