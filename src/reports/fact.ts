import { type CategoryName, type EcsDocument, serviceTag } from '../document.ts'
import { tellingOf } from '../microsoft/telling-operations.ts'
import { alertOf } from './alert-ids.ts'
import { auditingOf, isAgain } from './auditing.ts'
import * as changes from './changes.ts'
import { listedRows } from './listed-rows.ts'
import { text } from './raw.ts'
import type { ReportedActivity } from './reported-activity.ts'
import * as said from './said.ts'
import { evidenceColumns, markColumns, operationOf, type ScratchColumns, shown } from './scratch-columns.ts'
import { standingColumns } from './standing.ts'
import { stateColumns } from './states.ts'

type Reader = (document: EcsDocument) => string | undefined

interface Words {
  readonly object?: Reader
  readonly detail?: Reader
  /** Which activities of the category; all when absent. */
  readonly lists?: (document: EcsDocument) => boolean
  /** What a document says of it in words: a rule's sentence names all of it, of others the object comes first. */
  readonly told?: readonly ('object' | 'detail')[]
}

const both = ['object', 'detail'] as const

const recipients: Reader = (document) => document['email.to.address']?.join('; ')

const attachments: Reader = (document) => text(document, 'email.attachments.file.name')

/** Stands in place of how mail was accessed where it was not. */
export const failedAccess = 'failed'

/** Requests that tell little one by one, and of which there are many: the tables have them. */
const everyday: ReadonlySet<string> = new Set(['other reading', 'batch'])

/** What is listed, and what is said of it. Outlook's displays are too many to be listed one by one: they are readings. */
const listed: { readonly [Name in CategoryName]?: Words } = {
  search: {
    object: (document) =>
      changes.searchedThrough(document) ?? (said.isSearch(document) ? undefined : changes.objectOf(document)),
    detail: (document) => document['hoofprint.search.query'],
    lists: said.isSearch,
  },
  read: {
    object: (document) => said.foldersOf(document) ?? said.conversationOf(document),
    detail: gainedBy,
    lists: said.isAccess,
  },
  attachment: { object: attachments, detail: said.attachmentActionOf },
  send: { object: attachments, detail: recipients },
  move: { object: said.foldersOf, detail: said.destinationOf },
  delete: { object: said.foldersOf },
  rule: { object: changes.ruleName, detail: changes.ruleText, told: ['detail'] },
  forward: { object: changes.objectOf, detail: changes.ruleText, told: ['detail'] },
  permission: { object: changes.permissionObject, detail: changes.permissionText, told: both },
  consent: { object: changes.applicationOf, detail: changes.consentText, told: both },
  account: { object: changes.accountOf, detail: changes.accountText, told: both },
  admin: { object: changes.objectOf, detail: changes.changesOf, told: both },
  file: { object: changes.fileOf },
  share: { object: changes.fileOf, detail: changes.sharedWith },
  copilot: {
    object: (document) => said.joined(document['hoofprint.copilot.resources']),
    detail: (document) => document['hoofprint.copilot.host'],
  },
  alert: { object: changes.alertName, detail: changes.alertText, told: both },
  // Of all deliveries only the encrypted mails that were opened in Microsoft's portal.
  delivery: { lists: (document) => document['event.type']?.includes('access') === true },
  request: { object: said.requestOf, lists: (document) => !everyday.has(document['hoofprint.request'] ?? '') },
  state: { object: stateColumns.object, detail: stateColumns.says, told: both, lists: () => false },
  other: { object: (document) => changes.objectOf(document) ?? said.conversationOf(document), lists: () => false },
}

/** How mail was accessed, where it was. */
function gainedBy(document: EcsDocument): string | undefined {
  return document['event.outcome'] === 'failure' ? failedAccess : said.accessOf(document)
}

/** A change or an alert in one line, as the report has it: what it was done to, and what was done. Nothing for other activities. */
export function changeInWords(document: EcsDocument): string | undefined {
  const words = listed[document['hoofprint.category']]
  const parts = words?.told?.map((part) => changes.withoutForest(words[part]?.(document)))
  const told = parts?.filter((part) => part !== undefined && part !== '') ?? []
  return told.length === 0 ? undefined : told.join(': ')
}

/** Of these categories facts are counted one by one; of all others as many are enough as a list shows. */
export const counted: ReadonlySet<CategoryName> = new Set([
  ...(['search', 'read', 'file', 'copilot', 'request', 'delivery', 'alert', 'share'] as const),
])

/** Whether a fact is what one of Microsoft's services did, in SQL: what people did is listed before. */
export const isServices = `coalesce(marks, '') like '%${serviceTag}%'`

/** What stands before other changes where there is no room for all, in SQL: what tells something by its name alone, and what changed how is audited. */
export const isTelling = `telling is not null or auditing is not null and not ${isAgain}`

/**
 * `isFact` as long as the report needs more of the category: of what is the intruder's, of what is only inferred to be, of people's or of services'. Activities come in time order, of
 * which others may have more in between.
 */
export function listedFacts(): typeof isFact {
  const [intruders, perhaps, people, services] = [1, 2, 3, 4].map(() => new Map<CategoryName, number>()) as Given
  return (activity) => {
    const { document } = activity
    const category = document['hoofprint.category']
    const others = said.isService(document) ? services : people
    const his = document['hoofprint.actor_certainty'] === 'inferred' ? perhaps : intruders
    const own = said.markedOf(document) === 'intruder' ? his : others
    const before = own.get(category) ?? 0
    const isEnough = before >= listedRows && !counted.has(category)
    const tells = auditingOf(document) !== undefined || tellingOf(document['event.action']) !== undefined
    if ((isEnough && !tells) || !isFact(activity)) return false
    own.set(category, before + 1)
    return true
  }
}

type Given = [
  intruders: Map<CategoryName, number>,
  perhaps: Map<CategoryName, number>,
  people: Map<CategoryName, number>,
  services: Map<CategoryName, number>,
]

/** Whether an activity has a row that lists and counts are made from: not what another record tells. */
export function isFact({ document }: ReportedActivity): boolean {
  if (said.isToldElsewhere(document)) return false
  const words = listed[document['hoofprint.category']]
  return isElse(document) || (words !== undefined && words.lists?.(document) !== false)
}

/** Stands in place of the category of what the marked intruder did and no list has, and of what administrators were shown of what they searched for. */
export const elseCategory = 'else'

/** Of these categories lists leave things out: what was read in Teams, printed or clicked, steps of administrators' searches, all that is no mail's. */
const leftOut: ReadonlySet<CategoryName> = new Set(['calendar', 'other', 'read', 'search'])

/** A folder was opened, and no record says what was read there. */
const openedFolder = 'FolderBind'

function isElse(document: EcsDocument): boolean {
  const category = document['hoofprint.category']
  const isStep = category === 'search' && document['event.dataset'] === 'o365.audit' && !said.isSearch(document)
  if (isStep && tellingOf(document['event.action']) !== undefined) return true // An administrator saw what was found, whoever he was.
  if (document['event.action'] === openedFolder) return true // Whoever did it: it limits what is known of mails read.
  if (!leftOut.has(category) || said.markedOf(document) !== 'intruder') return false
  if (category === 'search') return isStep
  return !said.isAccess(document) && !document['event.action'].startsWith('ReadingPaneDisplay')
}

/** The row of an activity that the report lists: the same columns for every category. */
export const factColumns = {
  category: (document) => (isElse(document) ? elseCategory : document['hoofprint.category']),
  operation: operationOf,
  at: (document) => document['@timestamp'],
  mailbox: (document) => document['hoofprint.mailbox'] ?? '',
  actor: said.actorOf,
  platform: said.platformOf,
  ip: said.addressOf,
  method: said.methodOf,
  session: said.sessionOf,
  /** By its id; of a consent, which was let in. */
  application: (document) => document['hoofprint.application.id'],
  item: (document) => document['email.local_id'],
  subject: shown(said.subjectsOf),
  sender: shown((document) => said.joined(document['email.from.address'])),
  /** What it was done to: a rule, a mailbox, an application, a file. */
  object: shown((document) => listed[document['hoofprint.category']]?.object?.(document)),
  /** Searches: what was typed. Attachments: what was done. Sent mail: to whom. What was moved: to where. Changes: what changed. */
  detail: shown((document) => listed[document['hoofprint.category']]?.detail?.(document)),
  /** Of sent mail, what message traces tell of it. */
  traced: (document) => said.joined(document['hoofprint.trace.status']),
  ...standingColumns,
  /** To whom a rule or a mailbox sends mail on. */
  forwards: (document) => (sendsOn.has(document['hoofprint.category']) ? recipients(document) : undefined),
  auditing: auditingOf,
  /** The alert that a record is one of several of, by its id. */
  alert: alertOf,
  telling: (document) => tellingOf(document['event.action']),
  outcome: (document) => document['event.outcome'],
  /** How many mails the record names, where it names any. */
  mails: mailsOf,
  /** Of a bind that names mails by their ids, how many more it lists without one. */
  unnamed: unnamedIn,
  /** What Copilot named as read, as a list in JSON. */
  named: namedIn,
  marks: said.marksOf,
  ...evidenceColumns,
  ...markColumns,
} satisfies ScratchColumns

const sendsOn: ReadonlySet<CategoryName> = new Set(['rule', 'forward'])

function namedIn(document: EcsDocument): string | undefined {
  const names = document['hoofprint.copilot.resources']
  return names === undefined ? undefined : JSON.stringify(names)
}

function unnamedIn(document: EcsDocument): number | undefined {
  const ids = document['email.message_id']
  if (said.accessOf(document) !== 'bind' || ids === undefined) return undefined
  const more = (mailsOf(document) ?? 0) - (typeof ids === 'string' ? 1 : ids.length)
  return more > 0 ? more : undefined
}

function mailsOf(document: EcsDocument): number | undefined {
  const count = Number(text(document, 'hoofprint.messages'))
  if (Number.isInteger(count)) return count
  const ids = document['email.message_id']
  return ids === undefined ? undefined : typeof ids === 'string' ? 1 : ids.length
}
