import type { Activity, JsonObject, Origin } from '../activity.ts'
import type { Joinable, JoinedLogon, Joins } from '../case/joins.ts'
import type { CaseReader, Selection, Slice, StoredActivity } from '../case/reader.ts'
import type { Sessions } from '../case/sessions.ts'
import type { JoinedMessage } from '../case/tellings.ts'
import {
  alsoAudited,
  completedTag,
  copiesDiffer,
  type EcsDocument,
  type Field,
  idBesideEarlier,
  retoldTag,
  toLookAtTag,
} from '../document.ts'
import { type Enricher, enrichedFrom, enricher } from '../enrich/index.ts'
import type { Lookups } from '../enrich/lookups.ts'
import { rawFieldsNamed } from '../normalize/audit/raw-fields.ts'
import { categories } from '../normalize/categories/index.ts'
import { compile, type Normalizer, normalizer } from '../normalize/index.ts'
import { changeInWords } from '../reports/fact.ts'
import { reportAuditNames, reportFields } from '../reports/report-fields.ts'
import { addressOf, isAnothers, methodOf } from '../reports/said.ts'
import { isToLookAt } from '../reports/states.ts'
import { restore } from '../sources/files/digest.ts'
import { type AttributeActor, actorAuditNames, actorFields, actorsOf } from './actors.ts'
import { toldElsewhere } from './change-twins.ts'
import { idsNamed, nameUsers } from './name-users.ts'
import { withOthers } from './other-copies.ts'
import { addRecipients } from './recipients.ts'
import { retold } from './retold.ts'
import type { Retold } from './row-kinds.ts'

/** A finished document, and what reports show of its joins that a document does not hold. */
export interface RenderedActivity {
  readonly seq: number
  readonly document: EcsDocument
  /** The mails and items that the record names, each with what the case knows of it. */
  readonly messages: readonly JoinedMessage[]
  /** The logon of its session, else the latest to the mailbox before it, whoever's: what "last login" says. */
  readonly lastLogon: JoinedLogon | undefined
  /** The ids by which the record names others than its user, whatever they are called now. */
  readonly named: readonly string[]
}

/** What joins read, beside what reports read. */
const joinFields = ['token.id', 'azure.signinlogs.properties.unique_token_identifier'] as const

interface Finish {
  readonly normalizer: Normalizer
  readonly enrich: Enricher
}

const whole: Finish = { normalizer, enrich: enricher() }
const lean: Finish = {
  normalizer: compile(categories, {
    wanted: new Set<Field>([...reportFields, ...joinFields, ...actorFields, ...enrichedFrom]),
    instead: { 'o365.audit': rawFieldsNamed([...reportAuditNames, ...actorAuditNames]) },
  }),
  enrich: enricher(reportFields),
}

/**
 * Makes the documents of a slice, in time order: normalized anew from what the case keeps, then joined, then enriched by what
 * the lookups know.
 */
export function* render(reader: CaseReader, slice: Slice | Selection, lookups?: Lookups): Generator<RenderedActivity> {
  for (const activity of renderWith(whole, reader, slice, lookups)) {
    addFrom(activity.document)
    const words = changeInWords(activity.document)
    if (words !== undefined) activity.document['hoofprint.summary'] = words
    if (isToLookAt(activity.document)) addTags(activity.document, toLookAtTag)
    yield activity
  }
}

/** The same with only the fields that reports read, in two thirds of the time. */
export function* renderForReports(reader: CaseReader, slice: Slice, lookups?: Lookups): Generator<RenderedActivity> {
  yield* renderWith(lean, reader, slice, lookups)
}

// Documents that live only for a moment are swept away for nothing, and 64 of the largest still do.
const madeAtOnce = 64

function* renderWith(
  finish: Finish,
  reader: CaseReader,
  slice: Slice | Selection,
  lookups: Lookups | undefined,
): Generator<RenderedActivity> {
  const activities = reader.activities(slice)
  const rows = retold(activities, reader) // At once, for it reads all that stands at the same times.
  for (let at = 0; at < activities.length; at += madeAtOnce) {
    yield* renderSome(finish, reader, { activities: activities.slice(at, at + madeAtOnce), rows }, lookups)
  }
}

function* renderSome(
  { normalizer, enrich }: Finish,
  reader: CaseReader,
  { activities, rows }: { readonly activities: readonly StoredActivity[]; readonly rows: Retold },
  lookups: Lookups | undefined,
): Generator<RenderedActivity> {
  const documents = activities.map((stored) => toDocument(normalizer, stored, rows.completed.get(stored.seq)))
  const items = documents.map(itemsOf)
  const known = reader.joins.messages(items.flat())
  let taken = 0
  const audits = activities.filter(({ dataset }) => dataset === 'o365.audit').map(({ id }) => id)
  const shared = reader.joins.shared(audits)
  const attribute: AttributeActor = actorsOf(reader)
  addRecipients(documents, reader, (trace) => toDocument(normalizer, trace))
  const told = toldElsewhere(activities, reader)
  for (const [i, stored] of activities.entries()) {
    const document = documents[i] as EcsDocument
    // Of several records with one id the first has it as it came; Elasticsearch would take the others for copies.
    const first = shared.size > 0 && stored.dataset === 'o365.audit' ? shared.get(stored.id) : undefined // Most cases have none.
    if (first !== undefined && stored.time > first) document['event.id'] = idBesideEarlier(stored.id, stored.time)
    const messages = known.slice(taken, taken + (items[i] as string[]).length)
    taken += messages.length
    addMessages(document, messages)
    const twin = stored.dataset === 'azure.signinlogs' ? reader.joins.auditTwin(stored.time, stored.id) : undefined
    if (rows.told.has(stored.seq)) addTags(document, alsoAudited, retoldTag)
    else if (twin !== undefined || told.has(stored.seq)) addTags(document, alsoAudited)
    joinSession(reader.sessions, document, twin?.session)
    const lastLogon = joinLogon(reader.joins, document, stored.time)
    if (lookups !== undefined) enrich(document, lookups)
    const named = idsNamed(document)
    nameUsers(reader.userNames, document, stored.mailbox)
    attribute(document, stored)
    yield { seq: stored.seq, document, messages, lastLogon, named }
  }
}

/**
 * What the document's mails are found by, where it does not say all of them itself. Audit records tell of subjects and nothing more, so
 * those of several mails are always looked up.
 */
function itemsOf(document: EcsDocument): readonly string[] {
  const item = document['email.local_id']
  if (item !== undefined) return messageFields.some((field) => document[field] === undefined) ? [item] : []
  const ids = document['email.message_id']
  return ids === undefined ? [] : typeof ids === 'string' ? [ids] : ids
}

const messageFields = ['email.subject', 'email.from.address', 'email.message_id', 'email.delivery_timestamp'] as const

function toDocument(normalizer: Normalizer, stored: StoredActivity, more?: JsonObject): EcsDocument {
  const { row, evidence } = stored
  const { record, truncated, source } = restore(evidence.format, stored.content, stored.dataset)
  // Named one by one: spreading what SQLite gives costs more than normalizing it.
  const { dataset, id, time, operation, mailbox } = stored
  const { told, isToldOtherwise } = withOthers(record, stored)
  const whole = more === undefined ? told : { ...told, ...more }
  const activity: Activity = {
    dataset,
    id,
    time,
    operation,
    mailbox,
    record: whole,
    original: stored.content,
    truncated,
  }
  const document = normalizer.document(activity, { source, ...placeOf(evidence), sha256: evidence.sha256, row })
  if (whole !== record) addTags(document, completedTag)
  if (isToldOtherwise) addTags(document, copiesDiffer)
  return document
}

function addTags(document: EcsDocument, ...tags: readonly string[]): void {
  document.tags = [...(document.tags ?? []), ...tags]
}

function placeOf({ file, format }: StoredActivity['evidence']): Pick<Origin, 'file' | 'contentId' | 'queryId'> {
  return 'service' in format && format.service !== undefined ? format.service : { file }
}

/** Says of which session it is, as far as that is proven, and what of it is new to the mailbox. */
function joinSession(sessions: Sessions, document: EcsDocument, ofTwin: string | undefined): void {
  const token = tokenOf(document)
  const ofToken = token === undefined || document['session.id'] !== undefined ? undefined : sessions.ofToken(token)
  const session = document['session.id'] ?? ofTwin ?? ofToken
  if (session === undefined) return
  document['hoofprint.session.id'] = sessions.key(session)
  document['hoofprint.session.known_by'] =
    document['session.id'] !== undefined ? 'record' : ofTwin !== undefined ? 'sign-in' : 'token'
}

/** The access token that something was done with, which is issued in one session. */
export function tokenOf(document: EcsDocument): string | undefined {
  return document['token.id'] ?? document['azure.signinlogs.properties.unique_token_identifier']
}

/** Logons are logged on already, and deliveries, alerts and how something stood are nobody's doing. */
const unattributed: ReadonlySet<string> = new Set(['logon', 'delivery', 'alert', 'state'])
/** What an alert names was not done by naming it, and stands apart from the alert. */
const unattributedActions: ReadonlySet<string> = new Set(['AlertEvidence'])

/** Attributes an activity to a logon, and gives the latest logon before it. Fills what is empty; changes nothing. */
function joinLogon(joins: Joins, document: EcsDocument, time: number): JoinedLogon | undefined {
  if (unattributed.has(document['hoofprint.category'])) return undefined
  if (unattributedActions.has(document['event.action'])) return undefined
  const platform = document['o365.activity.AppIdType'] ?? ''
  const mailbox = document['hoofprint.mailbox'] ?? ''
  // A record that says itself from where it was done needs no inference, only the proof of a common session; the mailbox's logons are its owner's.
  const infers = document['source.ip'] === undefined && !isAnothers(document)
  const activity: Joinable = { mailbox, time, platform, session: document['session.id'], infers }
  const joined = joins.logon(activity)
  if (joined !== undefined) {
    document['hoofprint.logon.id'] = joined.logon.id
    document['hoofprint.logon.at'] = joined.logon.at
    document['hoofprint.logon.ip'] = joined.logon.ip
    document['hoofprint.logon.method'] = joined.method
    if (joined.logon.userAgent !== undefined) document['hoofprint.logon.user_agent'] = joined.logon.userAgent
  }
  return joined?.method === 'session' || !infers ? joined?.logon : joins.lastLogon(activity)
}

/** Says from where it was done, as the reports do, and how that is known: the panels of a dashboard group by one field. */
function addFrom(document: EcsDocument): void {
  const address = addressOf(document) ?? document['source.address']
  if (address === undefined) return
  document['hoofprint.from.address'] = address
  document['hoofprint.from.method'] = methodOf(document) ?? 'recorded'
}

/** Fills what the record does not say of its mails. */
function addMessages(document: EcsDocument, messages: readonly JoinedMessage[]): void {
  const [first] = messages
  if (first === undefined) return
  const subjects = distinct(messages, 'subject')
  if (subjects.length > 0) document['email.subject'] ??= subjects.length === 1 ? (subjects[0] as string) : subjects
  const senders = distinct(messages, 'from')
  if (senders.length > 0) document['email.from.address'] ??= senders
  if (messages.length > 1) return
  if (first.messageId !== undefined) document['email.message_id'] ??= first.messageId
  if (first.delivered !== undefined) document['email.delivery_timestamp'] ??= first.delivered
}

function distinct(messages: readonly JoinedMessage[], key: 'subject' | 'from'): string[] {
  const told = messages.map((message) => message[key]).filter((value) => value !== undefined)
  return told.length > 1 ? [...new Set(told)] : told // Nearly every record names one mail.
}
