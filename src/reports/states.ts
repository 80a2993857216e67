import { isObject, type Json } from '../activity.ts'
import type { CategoryName, EcsDocument } from '../document.ts'
import { valueText } from '../value-text.ts'
import { evidenceColumns, type ScratchColumns, shown } from './scratch-columns.ts'

type Reader = (document: EcsDocument) => string | undefined

/** What is said of one kind of thing that stood. */
interface StateKind {
  /** In words, one and many. */
  readonly noun: readonly [one: string, many: string]
  /** The category of the activities that make or change it. */
  readonly category: CategoryName
  /** What tells it from others in its mailbox, as those activities name it too. */
  readonly name: Reader
  /** Whether it is of a mailbox, or of the whole tenant. */
  readonly isOfTenant?: true
  readonly object: Reader
  readonly says: Reader
  /** Whether it lets mail out, hides it, or lets somebody in. */
  readonly isNotable: (document: EcsDocument) => boolean
}

const forwards: Reader = (document) => document['email.to.address']?.join('; ')
const ruleName: Reader = (document) => valueText(document['rule.name'])

// With these a rule hides mail from its owner, if it does no worse.
const hiding = ['DeleteMessage', 'SoftDeleteMessage', 'MoveToFolder', 'MarkAsRead']
const sending = ['ForwardTo', 'ForwardAsAttachmentTo', 'RedirectTo']

/** Every kind of thing of which it is listed how it stood, by what it is called there. */
export const stateKinds: Readonly<Record<string, StateKind>> = {
  InboxRule: {
    noun: ['inbox rule', 'inbox rules'],
    category: 'rule',
    name: ruleName,
    object: ruleName,
    says: (document) => document['hoofprint.rule.summary'],
    isNotable: (document) =>
      !isOff(document, 'Enabled') && [...hiding, ...sending].some((name) => isOn(document, name)),
  },
}

const off = /^\$?false$/i

function stateText(document: EcsDocument, name: string): string | undefined {
  const state: Json | undefined = document['o365.state']
  return isObject(state) ? valueText(state[name]) : undefined
}

function isOff(document: EcsDocument, name: string): boolean {
  return off.test(stateText(document, name) ?? '')
}

function isOn(document: EcsDocument, name: string): boolean {
  return stateText(document, name) !== undefined && !isOff(document, name)
}

const kindOf = (document: EcsDocument) => stateKinds[document['event.action']]

/** By so much a computer's clock, whose time names of files tell, may be behind UTC. */
const latestZoneMs = 14 * 3_600_000

/** The row of something that stood. */
export const stateColumns = {
  kind: (document) => document['event.action'],
  at: (document) => document['@timestamp'],
  by: (document) => document['hoofprint.listed.by'],
  /** What was done later did not make it. */
  until: (document) => new Date(Date.parse(document['@timestamp']) + latestZoneMs).toISOString(),
  category: (document) => kindOf(document)?.category,
  name: (document) => kindOf(document)?.name(document)?.toLowerCase(),
  mailbox: (document) => document['hoofprint.mailbox'],
  whose: (document) =>
    kindOf(document)?.isOfTenant === true ? '' : (document['hoofprint.mailbox'] ?? '').toLowerCase(),
  object: shown((document: EcsDocument) => kindOf(document)?.object(document)),
  says: shown((document: EcsDocument) => kindOf(document)?.says(document)),
  forwards,
  isNotable: (document) => Number(kindOf(document)?.isNotable(document) === true),
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
