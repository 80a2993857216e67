import { isObject, type Json } from '../activity.ts'
import type { EcsDocument } from '../document.ts'
import { valueText } from '../value-text.ts'
import { evidenceColumns, type ScratchColumns, shown } from './scratch-columns.ts'

type Reader = (document: EcsDocument) => string | undefined

/** What is said of one kind of thing that stood. */
interface StateKind {
  /** In words, one and many. */
  readonly noun: readonly [one: string, many: string]
  /** By which of an activity's columns it is found that makes or changes it: see `made` in `state-findings.ts`. */
  readonly madeBy: 'rule' | 'forward' | 'auditing'
  /** What tells it from others in its mailbox, as those activities name it too. */
  readonly object?: Reader
  readonly says: Reader
  /** Whether it lets mail out, hides it, lets somebody in, or keeps from being recorded what is done. */
  readonly isNotable: (document: EcsDocument) => boolean
  /** Whether it is there at all: a mailbox is listed also where it sends no mail on. */
  readonly isThere?: (document: EcsDocument) => boolean
}

const forwards: Reader = (document) => document['email.to.address']?.join('; ')
const summary: Reader = (document) => document['hoofprint.rule.summary']

// With these a rule hides mail from its owner, if it does no worse.
const hiding = ['DeleteMessage', 'SoftDeleteMessage', 'MoveToFolder', 'MarkAsRead']
const sending = ['ForwardTo', 'ForwardAsAttachmentTo', 'RedirectTo']

/** Every kind of thing of which it is listed how it stood, by what it is called there. */
export const stateKinds: Readonly<Record<string, StateKind>> = {
  InboxRule: {
    noun: ['inbox rule', 'inbox rules'],
    madeBy: 'rule',
    object: (document) => valueText(document['rule.name']),
    says: summary,
    isNotable: (document) =>
      !isOff(document, 'Enabled') && [...hiding, ...sending].some((name) => isOn(document, name)),
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
}

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
const unrecorded: Reader = (document) => list(gaps.filter(([is]) => is(document)).map(([, says]) => says)) || undefined

/** Whether a list of actions that are recorded is told, and this is none of them. */
function lacks(document: EcsDocument, name: string, action: string): boolean {
  const actions = told(document, name)
  return actions !== undefined && !actions.toLowerCase().includes(action.toLowerCase())
}

const off = /^\$?false$/i

function told(document: EcsDocument, name: string): string | undefined {
  const state: Json | undefined = document['o365.state']
  return isObject(state) ? valueText(state[name]) : undefined
}

function isOff(document: EcsDocument, name: string): boolean {
  return off.test(told(document, name) ?? '')
}

function isOn(document: EcsDocument, name: string): boolean {
  return told(document, name) !== undefined && !isOff(document, name)
}

const kindOf = (document: EcsDocument) => stateKinds[document['event.action']]

/** By so much a computer's clock, whose time names of files tell, may be ahead of or behind UTC. */
const widestZoneMs = 14 * 3_600_000
const near = (document: EcsDocument, ms: number) => new Date(Date.parse(document['@timestamp']) + ms).toISOString()

/** The row of something that stood. */
export const stateColumns = {
  kind: (document) => document['event.action'],
  at: (document) => document['@timestamp'],
  by: (document) => document['hoofprint.listed.by'],
  /** What was done before or after, whatever the time zone of the listing. */
  since: (document) => near(document, -widestZoneMs),
  until: (document) => near(document, widestZoneMs),
  madeBy: (document) => kindOf(document)?.madeBy,
  name: (document) => kindOf(document)?.object?.(document)?.toLowerCase() ?? '',
  mailbox: (document) => document['hoofprint.mailbox'],
  whose: (document) => (document['hoofprint.mailbox'] ?? '').toLowerCase(),
  object: shown((document: EcsDocument) => kindOf(document)?.object?.(document)),
  says: shown((document: EcsDocument) => kindOf(document)?.says(document)),
  forwards,
  unrecorded,
  isNotable: (document) => Number(kindOf(document)?.isNotable(document) === true),
  isThere: (document) => Number(kindOf(document)?.isThere?.(document) !== false),
  ...evidenceColumns,
} satisfies ScratchColumns

/** Something that stood, as one row. */
export interface StateRow {
  readonly kind: string
  readonly at: string
  readonly by: 'name' | 'change'
  readonly mailbox: string | null
  readonly object: string | null
  readonly says: string | null
  readonly forwards: string | null
  readonly isNotable: 0 | 1
  readonly file: string
  readonly row: number
  readonly id: string
}
