import { isObject, type Json } from '../activity.ts'
import type { EcsDocument } from '../document.ts'
import { booleanIn } from '../microsoft/booleans.ts'
import { valueText } from '../value-text.ts'

type Reader = (document: EcsDocument) => string | undefined

/** What is said of one kind of thing that stood. */
export interface StateKind {
  /** In words, one and many. */
  readonly noun: readonly [one: string, many: string]
  /** By which of an activity's columns it is found that makes or changes it: see `made` in `state-findings.ts`. */
  readonly madeBy?: 'rule' | 'forward' | 'auditing' | 'permission' | 'consent'
  /** What it is found by there, in small letters, where that is not its object. */
  readonly name?: Reader
  /** Whether it is of the whole tenant, whoever it is for. */
  readonly isOfTenant?: true
  /** What tells it from others in its mailbox, as those activities name it too. */
  readonly object?: Reader
  readonly says: Reader
  /** Whether it lets mail out, hides it, lets somebody in, or keeps from being recorded what is done. */
  readonly isNotable: (document: EcsDocument) => boolean
  /** Whether it is there at all: a mailbox is listed also where it sends no mail on. */
  readonly isThere?: (document: EcsDocument) => boolean
}

/** To whom it sends mail on. */
export const forwards: Reader = (document) => document['email.to.address']?.join('; ')
const summary: Reader = (document) => document['hoofprint.rule.summary']

// With these a rule hides mail from its owner, if it does no worse.
const hiding = ['DeleteMessage', 'SoftDeleteMessage', 'MoveToFolder', 'MarkAsRead']
const sending = ['ForwardTo', 'ForwardAsAttachmentTo', 'RedirectTo']

const grant: StateKind = {
  noun: ['permission of an application', 'permissions of applications'],
  isOfTenant: true,
  object: (document) => applicationOf(document),
  says: (document) => {
    const parts = [told(document, 'Permission'), forWhom(document), of(told(document, 'ResourceDisplayName'))]
    return parts.filter((part) => part !== undefined).join(' ')
  },
  isNotable: (document) => mailScopes.test(told(document, 'Permission') ?? '') && !isMicrosofts(document),
}

const permission: StateKind = {
  noun: ['permission', 'permissions'],
  madeBy: 'permission',
  name: (document) => `${document['event.action']}:${told(document, 'User') ?? ''}`.toLowerCase().replace(/@.*$/, ''),
  object: (document) => told(document, 'User'),
  says: (document) =>
    `${isOn(document, 'Deny') ? 'denied ' : ''}${told(document, 'AccessRights') ?? 'rights not told'}`,
  isNotable: (document) =>
    !isOn(document, 'IsInherited') && !isOn(document, 'Deny') && !systemAccounts.test(told(document, 'User') ?? ''),
}

/** Every kind of thing of which it is listed how it stood, by what it is called there. */
export const stateKinds: Readonly<Record<string, StateKind>> = {
  InboxRule: {
    noun: ['inbox rule', 'inbox rules'],
    madeBy: 'rule',
    object: (document) => valueText(document['rule.name']),
    says: summary,
    // Where lists were lost, such as to whom, it may do any of these.
    isNotable: (document) =>
      !isOff(document, 'Enabled') &&
      (document.tags?.includes('truncated') || [...hiding, ...sending].some((name) => isOn(document, name))),
  },
  Mailbox: {
    noun: ['mailbox', 'mailboxes'],
    madeBy: 'forward',
    says: (document) => list([summary(document) ?? 'forwards no mail', onBehalf(document), unrecorded(document)]),
    isNotable: (document) => forwards(document) !== undefined,
    isThere: (document) => forwards(document) !== undefined,
  },
  MailboxAuditing: {
    noun: ['setting of auditing', 'settings of auditing'],
    madeBy: 'auditing',
    says: (document) => unrecorded(document) ?? 'nothing is kept from being recorded',
    isNotable: isUnaudited,
    isThere: isUnaudited,
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
      list(delegations.map(([name, right]) => of(told(document, name), `${right}:`))) || 'nobody else',
    isNotable: (document) => delegations.some(([name]) => told(document, name) !== undefined),
  },
  TransportRule: {
    noun: ['mail flow rule', 'mail flow rules'],
    madeBy: 'rule',
    isOfTenant: true,
    object: (document) => valueText(document['rule.name']),
    says: summary,
    isNotable: (document) => !/^disabled/i.test(told(document, 'State') ?? ''),
  },
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

const of = (value: string | undefined, before = 'of') => (value === undefined ? undefined : `${before} ${value}`)

/** Exchange's own, which every mailbox has. */
const systemAccounts = /^(?:NT AUTHORITY\\|S-1-5-|DiscoverySearchMailbox)/i

const delegations = [
  ['FullAccessUsers', 'FullAccess'],
  ['SendAsUsers', 'SendAs'],
  ['SendOnBehalfUsers', 'SendOnBehalf'],
  ['InboxUsers', 'Inbox'],
  ['CalendarUsers', 'Calendar'],
] as const

function list(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('; ')
}

const onBehalf: Reader = (document) => {
  const who = told(document, 'GrantSendOnBehalfTo')
  return who === undefined ? undefined : `may be sent on behalf of by ${who}`
}

/** Whether nothing that is done there, or by whose mailbox it is, is recorded. */
function isUnaudited(document: EcsDocument): boolean {
  const effective = told(document, 'EffectiveAuditState')
  return (
    isOn(document, 'AuditBypassEnabled') ||
    /^disabled/i.test(effective ?? '') ||
    (effective === undefined && isOff(document, 'AuditEnabled'))
  )
}

// "Manage mailbox auditing": what somebody is exempt from counts in all mailboxes; AuditEnabled of a mailbox is ignored where the organization audits all
// by default; the lists of actions count in either case.
const gaps: readonly (readonly [is: (document: EcsDocument) => boolean, says: string])[] = [
  [(document) => isOn(document, 'AuditBypassEnabled'), 'what its user does in mailboxes is exempt from auditing'],
  [(document) => /^disabled/i.test(told(document, 'EffectiveAuditState') ?? ''), 'auditing is off'],
  [
    (document) => told(document, 'EffectiveAuditState') === undefined && isOff(document, 'AuditEnabled'),
    'auditing is switched off, unless the organization audits all mailboxes',
  ],
  [
    (document) => lacks(document, 'AuditOwner', 'MailItemsAccessed'),
    'which mails its owner reads is not recorded (MailItemsAccessed)',
  ],
  [
    (document) => lacks(document, 'AuditDelegate', 'MailItemsAccessed'),
    'which mails delegates read is not recorded (MailItemsAccessed)',
  ],
  [
    (document) => lacks(document, 'AuditOwner', 'SearchQueryInitiated'),
    'what its owner searches for is not recorded (SearchQueryInitiated)',
  ],
]

/** What of that which is done there is not recorded, as far as the listing says. */
export const unrecorded: Reader = (document) =>
  list(gaps.filter(([is]) => is(document)).map(([, says]) => says)) || undefined

/** Whether a list of actions that are recorded is told, and this is none of them. */
function lacks(document: EcsDocument, name: string, action: string): boolean {
  const actions = told(document, name)
  return actions !== undefined && !actions.toLowerCase().includes(action.toLowerCase())
}

function told(document: EcsDocument, name: string): string | undefined {
  const state: Json | undefined = document['o365.state']
  return isObject(state) ? valueText(state[name]) : undefined
}

function isOff(document: EcsDocument, name: string): boolean {
  return booleanIn(told(document, name)) === false
}

function isOn(document: EcsDocument, name: string): boolean {
  return told(document, name) !== undefined && !isOff(document, name)
}
