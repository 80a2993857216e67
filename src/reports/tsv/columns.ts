import type { EcsDocument } from '../../document.ts'
import { auditText, text } from '../raw.ts'
import * as said from '../said.ts'
import { stateColumns } from '../states.ts'
import { noData } from './cell.ts'
import type { Column, Columns } from './table.ts'

/** A column of what the document alone says. */
export const of =
  (read: (document: EcsDocument) => string | number | undefined): Column =>
  ({ document }) =>
    read(document)

/** A column of what only audit records say: there are none in a case of a million Outlook activities. */
function ofAudit(read: (document: EcsDocument) => string | undefined): Column {
  return ({ document }) => (document['event.dataset'] === 'o365.audit' ? read(document) : undefined)
}

/** Date and time apart, as Magic Unicorn has them. */
export const when: Columns = {
  Date: ({ document }) => document['@timestamp'].slice(0, 10),
  Time: ({ document }) => document['@timestamp'].slice(11),
}

/** What was done, as recorded; of mail access also how it names mail, and whether recording was throttled. */
export const type: Column = ({ document }) => {
  const access = said.accessOf(document)
  if (access === undefined) return document['event.action']
  const throttled = document.tags?.includes('throttled') === true ? ', throttled' : ''
  return `${document['event.action']} (${access}${throttled})`
}

export const platform: Column = ({ document }) => said.platformOf(document)
export const subject: Column = (activity, mail) => said.subjectOf(activity, mail) ?? noData
export const from: Column = (activity, mail) => said.senderOf(activity, mail) ?? noData
export const item: Column = ({ document }, mail) => said.itemOf(document, mail)
export const outcome: Column = ({ document }) => document['event.outcome']
export const reason: Column = of(said.reasonOf)
/** How far a sign-in came that was stopped, and whether it was by a code that was entered on another device. */
export const wayIn: Columns = {
  'First Factor': of((document) => document['hoofprint.first_factor']),
  'Second Factor': of((document) => document['hoofprint.second_factor']),
  'Device Code': of((document) => (said.isByDeviceCode(document) ? 'yes' : undefined)),
}
export const attachmentAction: Column = of(said.attachmentActionOf)
export const query: Column = of((document) => document['hoofprint.search.query'])

/** The record's own address; else that of the logon before it, whoever's. A delivery's own address is its sender's. */
export const lastLogin: Column = ({ document, lastLogon }) => {
  const own = document['hoofprint.category'] === 'delivery' ? undefined : document['source.ip']
  return own ?? lastLogon?.ip ?? noData
}

/** A property of an Outlook activity. */
export const property =
  (name: string): Column =>
  ({ document }) => {
    const value = document['o365.activity.CustomProperties']?.[name]
    return typeof value === 'string' ? value : undefined
  }

const ownReceived = property('ReceivedTime')
export const received: Column = (activity, mail) =>
  ownReceived(activity, mail) ?? mail?.received ?? activity.document['email.delivery_timestamp'] ?? noData

/** Behind Magic Unicorn's columns: whose logon it was as far as known, and how that is known. */
export const attribution: Columns = {
  'Logon IP': ({ document }) => document['hoofprint.logon.ip'],
  'Logon Method': ({ document }) => document['hoofprint.logon.method'],
  'Logon Time': ({ document }) => document['hoofprint.logon.at'],
  'Logon Client': ({ document }) => document['hoofprint.logon.user_agent'],
}

/** Where the row came from. */
export const origin: Columns = {
  'Session ID': ({ document }) => document['session.id'],
  Mailbox: ({ document }) => document['hoofprint.mailbox'],
  'Event ID': ({ document }) => document['event.id'],
  File: ({ document }) => document['hoofprint.evidence.file'],
  Row: ({ document }) => document['hoofprint.evidence.row'],
}

/** Who did it and from where, as the record itself says; behind `origin`, where older tables end. */
export const actor: Columns = {
  User: ({ document }) => said.userOf(document),
  'Own IP': ({ document }) => document['source.ip'] ?? document['source.address'],
  'Own Client': ({ document }) => document['user_agent.original'],
  Outcome: outcome,
}

/** Whose doing it is by the marks of the case, how sure that is, which session it is proven to be of, by which application, and whether it counts. */
export const whose: Columns = {
  Actor: ({ document }) => document['hoofprint.actor'],
  'Actor Certainty': ({ document }) => document['hoofprint.actor_certainty'],
  'Proven Session': ({ document }) => said.sessionOf(document),
  'Application ID': ({ document }) => document['hoofprint.application.id'],
  New: ({ document }) => document['hoofprint.first_seen']?.join(', '),
  // Answers count such rows once, with the other record.
  'Also Audited': ({ document }) => (said.isToldElsewhere(document) ? 'yes' : undefined),
}

/** What stood when somebody looked, and by what of its file it is known when that was. */
export const state: Columns = {
  'Dated By': of((document) => document['hoofprint.listed.by']),
  What: of((document) => document['event.action']),
  Object: of(stateColumns.object),
  'In Words': of(stateColumns.says),
  'Forwards To': of(stateColumns.forwards),
  Marks: of(said.marksOf),
}

/** What was asked of Microsoft Graph, by which application and with which rights, and what came of it. */
export const request: Columns = {
  Request: of((document) => document['hoofprint.request']),
  Address: of(said.requestOf),
  Status: of((document) => document['http.response.status_code']),
  Bytes: of((document) => document['http.response.body.bytes']),
  Application: platform,
  Scopes: of((document) => document['azure.graphactivitylogs.properties.scopes']?.join(' ')),
}

export const itemId: Columns = { 'Activity Item ID': item }
const internetMessageId: Column = ({ document, messages }, mail) =>
  messages.length > 1 && mail !== undefined ? mail.item : said.joined(document['email.message_id'])
export const messageId: Columns = {
  'Internet Message ID': internetMessageId,
}
export const mail: Columns = { ...itemId, ...messageId }

/** What audit records say of mail beyond Outlook's activities. */
export const access: Columns = {
  Folder: ofAudit(said.foldersOf),
  'Logon Kind': ofAudit((document) => auditText(document, 'LogonType')),
  Marks: of(said.marksOf),
}

/** Where it was moved or copied to. */
export const destination: Columns = { Destination: ofAudit(said.destinationOf) }

export const mails: Columns = { Mails: ofAudit((document) => text(document, 'hoofprint.messages')) }

export const to: Columns = { To: ({ document }) => document['email.to.address']?.join('; ') }

/** All that an Outlook activity says. */
export const properties: Columns = {
  Properties: ({ document }) => JSON.stringify(document['o365.activity.CustomProperties'] ?? {}),
}

/** The columns that say of each mail of an activity something else; all others say the same of all. */
export const ofEachMail: ReadonlySet<Column> = new Set([subject, from, received, item, internetMessageId])
