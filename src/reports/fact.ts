import { type CategoryName, type EcsDocument, serviceTag } from '../document.ts'
import { auditingOf } from './auditing.ts'
import {
  accountOf,
  accountText,
  alertName,
  alertText,
  applicationOf,
  changesOf,
  consentText,
  fileOf,
  objectOf,
  permissionObject,
  permissionText,
  ruleName,
  ruleText,
  sharedWith,
  withoutForest,
} from './changes.ts'
import { listedRows } from './listed-rows.ts'
import { text } from './raw.ts'
import type { ReportedActivity } from './reported-activity.ts'
import {
  accessOf,
  actorOf,
  addressOf,
  attachmentActionOf,
  foldersOf,
  isAccess,
  isSearch,
  isService,
  isToldElsewhere,
  joined,
  markedOf,
  marksOf,
  methodOf,
  platformOf,
  requestOf,
  sessionOf,
} from './said.ts'

/** A row of a scratch table, in the order of its columns. */
export type ScratchRow = readonly (string | number | null)[]

/** One activity that the report lists, as one row: the same columns for every category. */
export interface Fact {
  readonly category: CategoryName
  /** As recorded; of a request to Graph, which are all called alike, what was asked for. */
  readonly operation: string
  readonly at: string
  readonly mailbox: string
  /** Who did it, where that is not the mailbox's owner. */
  readonly actor: string | undefined
  readonly platform: string | undefined
  /** From where: the record's own address, else that of the logon it is attributed to. */
  readonly ip: string | undefined
  /** How that address is known; undefined for what has none. */
  readonly method: string | undefined
  readonly session: string | undefined
  /** Which application did it, by its id; of a consent, which was let in. */
  readonly application: string | undefined
  readonly item: string | undefined
  readonly subject: string | undefined
  readonly sender: string | undefined
  /** What it was done to: a rule, a mailbox, an application, a file. */
  readonly object: string | undefined
  /** Searches: what was typed. Attachments: what was done. Sent mail: to whom. Changes: what changed. */
  readonly detail: string | undefined
  /** To whom a rule or a mailbox sends mail on. */
  readonly forwards: string | undefined
  /** What was changed of what is recorded. */
  readonly auditing: string | undefined
  readonly outcome: string
  /** How many mails the record names, where it names any. */
  readonly mails: number | undefined
  /** What Copilot named as read, as a list in JSON. */
  readonly named: string | undefined
  /** What to know of the record: `throttled`, `microsoft-service`, `truncated`. */
  readonly marks: string | undefined
  readonly file: string
  readonly row: number
  /** The `event.id` of the document. */
  readonly id: string
  /** Whose doing it is by the marks of the case; nothing where they don't tell. */
  readonly marked: string | undefined
  readonly certainty: string | undefined
}

/** In the order of the columns of the `fact` table. */
export const factColumns = [
  ...([
    'category',
    'operation',
    'at',
    'mailbox',
    'actor',
    'platform',
    'ip',
    'method',
    'session',
    'application',
    'item',
  ] as const),
  ...([
    'subject',
    'sender',
    'object',
    'detail',
    'forwards',
    'auditing',
    'outcome',
    'mails',
    'named',
    'marks',
    'file',
    'row',
    'id',
  ] as const),
  ...(['marked', 'certainty'] as const),
] satisfies readonly (keyof Fact)[]

type Reader = (document: EcsDocument) => string | undefined

interface Words {
  readonly object?: Reader
  readonly detail?: Reader
  /** Which activities of the category; all when absent. */
  readonly lists?: (document: EcsDocument) => boolean
}

const recipients: Reader = (document) => document['email.to.address']?.join('; ')

/** Requests that tell little one by one, and of which there are many: the tables have them. */
const everyday: ReadonlySet<string> = new Set(['other reading', 'batch'])

/** What is listed, and what is said of it. Outlook's displays are too many to be listed one by one: they are readings. */
const listed: { readonly [Name in CategoryName]?: Words } = {
  search: { detail: (document) => document['hoofprint.search.query'], lists: isSearch },
  read: { object: foldersOf, detail: accessOf, lists: isAccess },
  attachment: { object: (document) => text(document, 'email.attachments.file.name'), detail: attachmentActionOf },
  send: { detail: recipients },
  move: { object: foldersOf },
  delete: { object: foldersOf },
  rule: { object: ruleName, detail: ruleText },
  forward: { object: objectOf, detail: ruleText },
  permission: { object: permissionObject, detail: permissionText },
  consent: { object: applicationOf, detail: consentText },
  account: { object: accountOf, detail: accountText },
  admin: { object: objectOf, detail: changesOf },
  file: { object: fileOf },
  share: { object: fileOf, detail: sharedWith },
  copilot: {
    object: (document) => joined(document['hoofprint.copilot.resources']),
    detail: (document) => document['hoofprint.copilot.host'],
  },
  alert: { object: alertName, detail: alertText },
  request: { object: requestOf, lists: (document) => !everyday.has(document['hoofprint.request'] ?? '') },
}

/** Of these categories a document says in words what was done: a rule's sentence names all of it, of the others the object comes first. */
const inWords: { readonly [Name in CategoryName]?: readonly ('object' | 'detail')[] } = {
  rule: ['detail'],
  forward: ['detail'],
  permission: ['object', 'detail'],
  consent: ['object', 'detail'],
  account: ['object', 'detail'],
  admin: ['object', 'detail'],
  alert: ['object', 'detail'],
}

/** A change or an alert in one line, as the report has it: what it was done to, and what was done. Nothing for other activities. */
export function changeInWords(document: EcsDocument): string | undefined {
  const category = document['hoofprint.category']
  const parts = inWords[category]?.map((part) => withoutForest(listed[category]?.[part]?.(document)))
  const said = parts?.filter((part) => part !== undefined && part !== '') ?? []
  return said.length === 0 ? undefined : said.join(': ')
}

/** Of these categories facts are counted one by one; of all others as many are enough as a list shows. */
export const counted: ReadonlySet<CategoryName> = new Set(['search', 'read', 'file', 'copilot', 'request'])

/** Whether a fact is what one of Microsoft's services did, in SQL: what people did is listed before. */
export const isServices = `coalesce(marks, '') like '%${serviceTag}%'`

/** In which order rows of a list are chosen where there is no room for all, in SQL: the marked intruder's stand before everybody's. */
export const intruderFirst = `marked is not 'intruder'`

/**
 * `factOf` as long as the report needs more of the category: of the intruder's, of people's or of services'. Activities come in time order, of
 * which others may have more in between.
 */
export function listedFacts(): typeof factOf {
  const [intruders, people, services] = Array.from({ length: 3 }, () => new Map<CategoryName, number>()) as Given
  return (activity) => {
    const { document } = activity
    const category = document['hoofprint.category']
    const others = isService(document) ? services : people
    const own = markedOf(document) === 'intruder' ? intruders : others
    const before = own.get(category) ?? 0
    const isEnough = before >= listedRows && !counted.has(category)
    if (isEnough && auditingOf(document) === undefined) return undefined
    const fact = factOf(activity)
    if (fact !== undefined) own.set(category, before + 1)
    return fact
  }
}

type Given = [
  intruders: Map<CategoryName, number>,
  people: Map<CategoryName, number>,
  services: Map<CategoryName, number>,
]

/** The row that lists and counts are made from; undefined for what has none, and for what another record tells. */
export function factOf({ document }: ReportedActivity): Fact | undefined {
  const category = document['hoofprint.category']
  const words = listed[category]
  if (words === undefined || words.lists?.(document) === false) return undefined
  if (isToldElsewhere(document)) return undefined
  return {
    category,
    operation: document['hoofprint.request'] ?? document['event.action'],
    at: document['@timestamp'],
    mailbox: document['hoofprint.mailbox'] ?? '',
    actor: actorOf(document),
    platform: platformOf(document),
    ip: addressOf(document),
    method: methodOf(document),
    session: sessionOf(document),
    application: document['hoofprint.application.id'],
    item: document['email.local_id'],
    subject: joined(document['email.subject']),
    sender: joined(document['email.from.address']),
    object: words.object?.(document),
    detail: words.detail?.(document),
    forwards: category === 'rule' || category === 'forward' ? recipients(document) : undefined,
    auditing: auditingOf(document),
    outcome: document['event.outcome'],
    mails: mailsOf(document),
    named: namedIn(document),
    marks: marksOf(document),
    file: document['hoofprint.evidence.file'] ?? '',
    row: document['hoofprint.evidence.row'] ?? 0,
    id: document['event.id'],
    marked: markedOf(document),
    certainty: document['hoofprint.actor_certainty'],
  }
}

function namedIn(document: EcsDocument): string | undefined {
  const names = document['hoofprint.copilot.resources']
  return names === undefined ? undefined : JSON.stringify(names)
}

function mailsOf(document: EcsDocument): number | undefined {
  const count = Number(text(document, 'hoofprint.messages'))
  if (Number.isInteger(count)) return count
  const ids = document['email.message_id']
  return ids === undefined ? undefined : typeof ids === 'string' ? 1 : ids.length
}
