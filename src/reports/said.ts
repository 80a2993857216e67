import type { JsonObject } from '../activity.ts'
import { type AddressMethod, alsoAudited, deviceCodeTag, type EcsDocument, serviceTag } from '../document.ts'
import { isGuid } from '../guid.ts'
import { argumentsIn } from '../microsoft/cmdlet-arguments.ts'
import { objectIdIn } from '../microsoft/mailbox-cmdlets.ts'
import { isSystemUser } from '../microsoft/service-clients.ts'
import { valueText } from '../value-text.ts'
import { auditList, auditMap, auditText, text } from './raw.ts'
import type { ReportedActivity, ReportedMail } from './reported-activity.ts'

/** Which program acted: Outlook's platform, the client that Exchange names, or the application that signed in. */
export function platformOf(document: EcsDocument): string | undefined {
  return document['o365.activity.AppIdType'] ?? otherPlatform(document)
}

function otherPlatform(document: EcsDocument): string | undefined {
  const client = auditText(document, 'ClientInfoString')
  if (client !== undefined) return clientOf(client)
  const app = text(document, 'azure.signinlogs.properties.app_display_name') ?? text(document, 'application.name')
  const used = text(document, 'azure.signinlogs.properties.client_app_used')
  if (app === undefined || used === undefined) {
    return app ?? used ?? auditText(document, 'QuerySource') ?? document['hoofprint.application.id']
  }
  return `${app} (${used})`
}

const clientStart = 'Client='

/** `Client=REST;Client=RESTSystem;;` → `REST/RESTSystem`; what names no client stays as it is. */
function clientOf(info: string): string {
  // Nearly always it names one, first: to find that costs a tenth of looking for all.
  const isOne = info.startsWith(clientStart) && !info.includes(clientStart, clientStart.length)
  const one = isOne ? info.slice(clientStart.length).split(';', 1)[0] : undefined
  if (one !== undefined && one !== '') return one
  const clients = [...info.matchAll(/(?:^|;)Client=([^;]+)/g)].map(([, client]) => client)
  return clients.length === 0 ? info : [...new Set(clients)].join('/')
}

/** From where it was done: what the record itself says, unless that is a service of Microsoft's and a logon is known. */
export function addressOf(document: EcsDocument): string | undefined {
  const own = document['source.ip']
  return own === undefined || (isService(document) && document['hoofprint.logon.ip'] !== undefined)
    ? document['hoofprint.logon.ip']
    : own
}

/** How `addressOf` is known; undefined where no address is. */
export function methodOf(document: EcsDocument): AddressMethod | undefined {
  if (document['source.ip'] === undefined) return document['hoofprint.logon.method']
  return isService(document) ? (document['hoofprint.logon.method'] ?? 'service') : 'recorded'
}

/** Whether a service of Microsoft’s did it: its address says nothing of who asked. */
export function isService(document: EcsDocument): boolean {
  return document.tags?.includes(serviceTag) === true
}

/** Whether it was signed in by a code that was entered on another device. */
export function isByDeviceCode(document: EcsDocument): boolean {
  return document.tags?.includes(deviceCodeTag) === true
}

/** Whether another record tells the same, and counts for both. */
export function isToldElsewhere(document: EcsDocument): boolean {
  return document.tags?.includes(alsoAudited) === true
}

/** Who did it, as the record names them; where it names a number, the name that is known beside it, if only of an application. */
export function userOf(document: EcsDocument): string | undefined {
  const id = document['user.id']
  if (document['event.dataset'] !== 'azure.signinlogs')
    return id !== undefined && isGuid(id) ? (document['user.email'] ?? id) : id
  return document['user.email'] ?? document['user.id'] ?? document['azure.signinlogs.properties.service_principal_name']
}

/** Who did it, where that is not the mailbox's owner. */
export function actorOf(document: EcsDocument): string | undefined {
  const user = userOf(document)
  return user?.toLowerCase() === document['hoofprint.mailbox'] ? undefined : user
}

const owners = /^(?:0|owner)$/i

/**
 * Whether somebody other than the mailbox's owner is known to have done it: a delegate, an administrator, an application in its own name, Exchange itself.
 * Who else is called by neither address nor id in Entra may be the owner, unless the record says how he was let in (`LogonType`).
 */
export function isAnothers(document: EcsDocument): boolean {
  const user = actorOf(document)
  if (user === undefined) return false
  const how = auditText(document, 'LogonType')
  return how === undefined ? user.includes('@') || isGuid(user) || isSystemUser(user) : !owners.test(how)
}

/** The session that it is proven to be of, by the one key that the session has everywhere. */
export function sessionOf(document: EcsDocument): string | undefined {
  return document['hoofprint.session.id'] ?? document['session.id']
}

/** Whose doing it is by the marks of the case; nothing where they don't tell. */
export function markedOf(document: EcsDocument): 'intruder' | 'owner' | undefined {
  const actor = document['hoofprint.actor']
  return actor === 'unknown' ? undefined : actor
}

/** What of Microsoft Graph was asked for: the method and the address. */
export function requestOf(document: EcsDocument): string | undefined {
  const [method, url] = [text(document, 'http.request.method'), text(document, 'url.original')]
  return method === undefined || url === undefined ? (method ?? url) : `${method} ${url}`
}

/** Why a logon failed, with the code where there is one. */
export function reasonOf(document: EcsDocument): string | undefined {
  const reason = document['event.reason'] ?? auditText(document, 'LogonError') ?? signIn(document)
  const code = auditText(document, 'ErrorNumber') ?? text(document, 'azure.signinlogs.properties.status.error_code')
  if (code === undefined || code === '0' || reason?.includes(code) === true) return reason
  return reason === undefined ? code : `${reason} (${code})`
}

function signIn(document: EcsDocument): string | undefined {
  return text(document, 'azure.signinlogs.properties.status.failure_reason')
}

/** How a record of mail access names mail: `bind` each mail, `sync` a whole folder. Outlook's displays are neither. */
export function accessOf(document: EcsDocument): 'bind' | 'sync' | undefined {
  if (document['event.dataset'] !== 'o365.audit') return undefined
  const access = text(document, 'hoofprint.mail_access')
  if (access === 'bind' || access === 'sync') return access
  return document['event.action'] === 'MessageBind' ? 'bind' : undefined
}

/** Whether an audit record is of mail access, also where it does not say of which kind. */
export function isAccess(document: EcsDocument): boolean {
  return document['event.action'] === 'MailItemsAccessed' || accessOf(document) !== undefined
}

/**
 * Whether somebody asked for something, if in words that were not recorded: Outlook also records the steps around it, and so does eDiscovery,
 * whose steps give access to nothing.
 */
export function isSearch(document: EcsDocument): boolean {
  if (document['hoofprint.search.query'] !== undefined) return true
  return document['event.dataset'] === 'o365.audit' && document['event.type']?.includes('access') === true
}

/** What was done with an attachment. */
export function attachmentActionOf(document: EcsDocument): string | undefined {
  const action = document['o365.activity.CustomProperties']?.['AttachmentAction']
  if (typeof action === 'string') return action
  return valueText(auditMap(document, 'OperationProperties')['AttachmentAccessType'])
}

/** The folders that a record of mail names. */
export function foldersOf(document: EcsDocument): string | undefined {
  return joined(document['hoofprint.folder'])
}

/** Where it was moved or copied to: the folder, and whose mailbox that is in where it is another. */
export function destinationOf(document: EcsDocument): string | undefined {
  const [folder] = auditList(document, 'DestFolder')
  const path = valueText(folder?.['Path'] ?? folder?.['Name'])
  const owner = auditText(document, 'DestMailboxOwnerUPN')?.toLowerCase()
  if (owner === undefined || owner === document['hoofprint.mailbox']) return path
  return `${path ?? 'a folder not named'} of ${owner}`
}

/** What a row is about: a mail or item by its id, a synchronized folder as `folder: <path>`. */
export function itemOf(document: EcsDocument, mail: ReportedMail | undefined): string | undefined {
  if (accessOf(document) === 'sync') return `folder: ${foldersOf(document) ?? 'not named'}`
  return mail?.item ?? document['email.local_id'] ?? joined(document['email.message_id'])
}

/** The subject of a row's mail. */
export function subjectOf({ document, messages }: ReportedActivity, mail: ReportedMail | undefined) {
  return messages.length > 1 && mail !== undefined ? mail.subject : subjectsOf(document)
}

/** The subjects that a record names; those of several mails of a mailbox audit log are one text, in which commas part them. */
export function subjectsOf(document: EcsDocument): string | undefined {
  return joined(document['email.subject']) ?? auditText(document, 'SourceItemSubjectsList')
}

/** The sender of a row's mail. */
export function senderOf({ document, messages }: ReportedActivity, mail: ReportedMail | undefined) {
  return messages.length > 1 && mail !== undefined ? mail.from : joined(document['email.from.address'])
}

/** What an audit record's caller asked for, by the names of the cmdlet's parameters; under `_raw` where these are not to be told apart. */
export function parametersOf(document: EcsDocument): JsonObject {
  const { _raw: line, ...named } = auditMap(document, 'Parameters')
  return line === undefined ? named : { ...named, ...(argumentsIn(String(line)) ?? { _raw: line }) }
}

/** A parameter that is switched on: as it is recorded, or as PowerShell writes it. */
export const isTrue = /^\$?true$/i

/** What a cmdlet was on; and whose mailbox that is, where it names only his id. */
export function identityOf(document: EcsDocument): string | undefined {
  const told = valueText(parametersOf(document)['Identity'])
  const [id, email] = [document['user.target.id'], document['user.target.email']]
  return told !== undefined && email !== undefined && id !== undefined && objectIdIn(told) === id
    ? `${email} (${told})`
    : told
}

/** What to know of a record: its tags beyond the category, which stands first. */
export function marksOf({ tags }: EcsDocument): string | undefined {
  return tags === undefined || tags.length < 2 ? undefined : tags.slice(1).join(' ')
}

/** A value that may be a list, as one text. */
export function joined(value: string | readonly string[] | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  return value.length === 1 ? value[0] : value.join('; ') // Most lists have one.
}

/** In which channel or chat of Teams something was done: what has a name is called by it, a chat by its id too, for that is what is asked for. */
export function conversationOf(document: EcsDocument): string | undefined {
  const channel = [auditText(document, 'TeamName'), auditText(document, 'ChannelName')].filter(
    (name) => name !== undefined,
  )
  if (channel.length > 0) return channel.join(', ')
  const chat = [
    auditText(document, 'CommunicationType'),
    auditText(document, 'ChatName'),
    auditText(document, 'ChatThreadId'),
  ]
  return chat.filter((part) => part !== undefined).join(' ') || undefined
}
