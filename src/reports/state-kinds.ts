import type { EcsDocument } from '../document.ts'
import { valueText } from '../value-text.ts'
import { accountKinds } from './state-account-kinds.ts'
import { isUnaudited, unrecorded } from './state-auditing.ts'
import {
  forwards,
  isLost,
  isOn,
  isSwitchedOff,
  list,
  lostOf,
  of,
  type Reader,
  type StateKind,
  summary,
  told,
} from './state-said.ts'

// With these a rule hides mail from its owner, if it does no worse.
const hiding = ['DeleteMessage', 'SoftDeleteMessage', 'MoveToFolder', 'MarkAsRead']
const sending = ['ForwardTo', 'ForwardAsAttachmentTo', 'RedirectTo']

const grant: StateKind = {
  noun: ['permission of an application', 'permissions of applications'],
  isOfTenant: true,
  object: (document) => applicationOf(document),
  says: (document) => {
    const parts = [told(document, 'Permission'), forWhom(document), of(told(document, 'ResourceDisplayName'))]
    const permission = parts.filter((part) => part !== undefined).join(' ')
    return isSwitchedOff(document) ? `the application is switched off: ${permission}` : permission
  },
  isNotable: (document) =>
    mailScopes.test(told(document, 'Permission') ?? '') && !isMicrosofts(document) && !isSwitchedOff(document),
}

const permission: StateKind = {
  noun: ['permission', 'permissions'],
  madeBy: 'permission',
  name: (document) => `${document['event.action']}:${told(document, 'User') ?? ''}`.toLowerCase().replace(/@.*$/s, ''),
  object: (document) => told(document, 'User'),
  says: (document) => `${isDenied(document) ? 'denied ' : ''}${told(document, 'AccessRights') ?? 'rights not told'}`,
  isThere: (document) => !isDenied(document),
  isNotable: (document) =>
    !isOn(document, 'IsInherited') && !isDenied(document) && !systemAccounts.test(told(document, 'User') ?? ''),
}

/** Who may send as others has no `Deny`, but a kind of entry. */
function isDenied(document: EcsDocument): boolean {
  return isOn(document, 'Deny') || /^deny$/i.test(told(document, 'AccessControlType') ?? '')
}

const auditing = {
  madeBy: 'auditing',
  // A listing that tells some settings says nothing of the others.
  says: (document: EcsDocument) => unrecorded(document) ?? 'it names nothing that is not recorded',
  isNotable: isUnaudited,
  isThere: isUnaudited,
} as const

/** Every kind of thing of which it is listed how it stood, by what it is called there. */
export const stateKinds: Readonly<Record<string, StateKind>> = {
  InboxRule: {
    noun: ['inbox rule', 'inbox rules'],
    madeBy: 'rule',
    object: (document) => valueText(document['rule.name']),
    says: summary,
    // Where lists were lost, such as to whom, it may do any of these.
    isNotable: (document) =>
      !isSwitchedOff(document) &&
      [...hiding, ...sending].some((name) => isOn(document, name) || isLost(document, name)),
  },
  Mailbox: {
    noun: ['mailbox', 'mailboxes'],
    madeBy: 'forward',
    says: (document) => list([summary(document) ?? sendsNothing(document), onBehalf(document), unrecorded(document)]),
    isNotable: (document) => forwards(document) !== undefined,
    isThere: (document) => forwards(document) !== undefined,
    isWhole: (document) => !isLost(document, 'ForwardingAddress'),
  },
  MailboxAuditing: {
    noun: ['setting of auditing', 'settings of auditing'],
    ...auditing,
  },
  AuditLog: {
    noun: ['setting of the audit log', 'settings of the audit log'],
    ...auditing,
    isOfTenant: true,
  },
  OAuthPermission: {
    ...grant,
    madeBy: 'consent',
    name: (document) => told(document, 'AppId')?.toLowerCase() ?? applicationOf(document)?.toLowerCase(),
  },
  // Graph calls the application by an id of its own, which records do not have.
  OAuthGrant: grant,
  MailboxPermission: permission,
  RecipientPermission: permission,
  MailboxDelegates: {
    noun: ['mailbox with its delegates', 'mailboxes with their delegates'],
    says: (document) =>
      list([...delegations.map((one) => of(delegates(document, one), `${one[1]}:`)), lostOf(document, delegated)]) ||
      'nobody else',
    isNotable: (document) => delegated.some((name) => told(document, name) !== undefined || isLost(document, name)),
  },
  TransportRule: {
    noun: ['mail flow rule', 'mail flow rules'],
    madeBy: 'rule',
    isOfTenant: true,
    object: (document) => valueText(document['rule.name']),
    says: summary,
    isNotable: (document) => !isSwitchedOff(document),
  },
  ...accountKinds,
}

const applicationOf: Reader = (document) => valueText(document['application.name']) ?? told(document, 'ClientObjectId')

// Microsoft Graph permissions reference, and those of Exchange Online: what of mail, mailboxes and files an application may see or send.
const mailScopes =
  /\b(?:Mail|MailboxSettings|Files|Sites|Contacts|Calendars)\.|full_access_as_app|\b(?:EWS|EAS|IMAP|POP|SMTP)\./i

/** The tenants by which Microsoft publishes its own applications. */
const microsofts = /^(?:f8cdef31-a31e-4b4a-93e4-5f571e91255a|72f988bf-86f1-41af-91ab-2d7cd011db47)$/i

function isMicrosofts(document: EcsDocument): boolean {
  return microsofts.test(told(document, 'AppOwnerOrganizationId') ?? '')
}

const forWhom: Reader = (document) => {
  const [who = document['hoofprint.mailbox']] = [told(document, 'PrincipalDisplayName')].filter(
    (name) => name !== undefined,
  )
  return /^AllPrincipals$/i.test(told(document, 'ConsentType') ?? '') ? 'for everybody' : `for ${who ?? 'one user'}`
}

/** Exchange's own, which every mailbox has. */
const systemAccounts = /^(?:NT AUTHORITY\\|S-1-5-|DiscoverySearchMailbox)/i

const delegations = [
  ['FullAccessUsers', 'FullAccess', 'FullAccessPermissions'],
  ['SendAsUsers', 'SendAs', 'SendAsPermissions'],
  ['SendOnBehalfUsers', 'SendOnBehalf'],
  ['InboxUsers', 'Inbox'],
  ['CalendarUsers', 'Calendar'],
] as const
const delegated = delegations.map(([name]) => name)

/** Where something is denied to one of them, what is told of each. */
function delegates(document: EcsDocument, [users, , details]: (typeof delegations)[number]): string | undefined {
  const each = details === undefined ? '' : (told(document, details) ?? '')
  return /\bDeny: True|\bType: Deny/i.test(each) ? each : told(document, users)
}

const sendsNothing: Reader = (document) =>
  isLost(document, 'ForwardingAddress') ? 'forwards no mail by ForwardingSmtpAddress' : 'forwards no mail'

const onBehalf: Reader = (document) => {
  const who = told(document, 'GrantSendOnBehalfTo')
  return who === undefined ? undefined : `may be sent on behalf of by ${who}`
}
