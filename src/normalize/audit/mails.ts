import { isObject, type JsonObject } from '../../activity.ts'
import type { Message } from '../../entry.ts'
import { lastOf } from '../../remember.ts'
import { isWithheld } from '../../withheld.ts'
import type { Reader } from '../table.ts'
import { objectsIn } from './name-values.ts'

/** A mail that a record names. */
export interface Mail {
  readonly id: string | undefined
  readonly subject: string | undefined
  /** The names of its attachments. */
  readonly attachments: readonly string[] | undefined
}

/**
 * Every mail a record names: the item of a single action, those of a group action, those that aggregated reads list by
 * folder or by message. A mail named twice by its id is there once, with what any of them says.
 */
export const mailsIn = lastOf((record: JsonObject): readonly Mail[] => {
  const mails = new Map<string, Mail>()
  for (const item of itemsIn(record)) {
    const mail = {
      id: messageIdIn(item),
      subject: textIn(item, 'Subject'),
      attachments: attachmentsIn(item),
    }
    if (mail.id === undefined && mail.subject === undefined && mail.attachments === undefined) continue
    const key = mail.id ?? `${mail.subject} ${idIn(item, 'Id') ?? mails.size}`
    const known = mails.get(key)
    mails.set(key, known === undefined ? mail : { ...mail, ...defined(known) })
  }
  return [...mails.values()]
})

function* itemsIn(record: JsonObject): Generator<JsonObject> {
  yield* objectsIn(record['Item'])
  yield* objectsIn(record['AffectedItems'])
  for (const folder of objectsIn(record['Folders'])) yield* objectsIn(folder['FolderItems'])
  for (const message of objectsIn(record['Messages'])) {
    yield message
    yield* objectsIn(message['MessageItems'])
  }
  // Threat intelligence and quarantine name one mail at the top.
  if (textIn(record, 'InternetMessageId') !== undefined) yield record
}

/** In angle brackets, as mail itself has it (RFC 5322): Sparrow takes them off. */
function messageIdIn(item: JsonObject): string | undefined {
  const id = idIn(item, 'InternetMessageId')
  return id === undefined || !/^[^<>\s][^<>\s@]*@[^<>\s]+$/.test(id) ? id : `<${id}>`
}

/** One text, `name.ext (123b); …`, where a name may hold a `;` or a blank and the size ends it; or a list of names, or of objects with one. */
function attachmentsIn(item: JsonObject): string[] | undefined {
  const attachments = item['Attachments'] ?? item['AttachmentData']
  if (attachments === undefined || attachments === null) return undefined
  const listed = [attachments].flat().map((one) => (isObject(one) ? nameIn(one) : one))
  const parts = listed.flatMap((one) => (typeof one === 'string' ? one.split(/(?<=\(\d{1,15}b\)); ?/) : []))
  const names = parts.map((part) => part.replace(/ ?\(\d{1,15}b\);?$/, '').trim()).filter((name) => name !== '')
  return names.length === 0 ? undefined : names
}

function nameIn(attachment: JsonObject): string | undefined {
  return ['Name', 'FileName', 'AttachmentName'].map((key) => textIn(attachment, key)).find((name) => name !== undefined)
}

function textIn(object: JsonObject, key: string): string | undefined {
  const value = object[key]
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' ? undefined : text
}

/** One that was withheld is no mail's. */
function idIn(item: JsonObject, key: string): string | undefined {
  const id = textIn(item, key)
  return id === undefined || isWithheld(id) ? undefined : id
}

function defined(mail: Mail): Partial<Mail> {
  return Object.fromEntries(Object.entries(mail).filter(([, value]) => value !== undefined))
}

/** Whether a record of mail access lists mails, whatever it names them by: one of a folder that was synchronized lists none. */
export function listsMails(record: JsonObject): boolean {
  return objectsIn(record['Folders']).some((folder) => objectsIn(folder['FolderItems']).length > 0)
}

/** The ids, one as a text and several as a list. */
export const messageIds: Reader<string | readonly string[]> = (record) => distinct(mailsIn(record), 'id')

/** The id that the one mail has in its mailbox, where its record names it by no other: mailbox audit logs have no Internet message ids. */
export const idInMailbox: Reader<string> = (record) => {
  const [item = {}] = objectsIn(record['Item'])
  return messageIdIn(item) === undefined ? idIn(item, 'Id') : undefined
}

/** The subjects, each once. */
export const subjects: Reader<string | readonly string[]> = (record) => distinct(mailsIn(record), 'subject')

/** How many mails the record names; what is accessed, deleted or moved, or whose attachments are opened, may be named by its id in the mailbox alone. */
export const mailCount: Reader<number> = (record) => mailsIn(record).length + onlyIdsIn(record).size || undefined

function onlyIdsIn(record: JsonObject): ReadonlySet<string> {
  const ids = new Set<string>()
  const accessed = objectsIn(record['Folders']).flatMap((folder) => objectsIn(folder['FolderItems']))
  for (const item of [...objectsIn(record['AffectedItems']), ...objectsIn(record['Messages']), ...accessed]) {
    const others = [messageIdIn(item), textIn(item, 'Subject'), attachmentsIn(item)]
    if (others.some((other) => other !== undefined)) continue
    const id = textIn(item, 'Id') ?? textIn(item, 'InternetMessageId')
    if (id !== undefined) ids.add(idIn(item, 'Id') ?? `${id} ${ids.size}`)
  }
  return ids
}

/** The names of their attachments. */
export const attachmentNames: Reader<readonly string[]> = (record) => {
  const names = new Set<string>()
  for (const { attachments = [] } of mailsIn(record)) for (const name of attachments) names.add(name)
  return names.size === 0 ? undefined : [...names]
}

/** What the record tells about each mail it names by id, for those that give ids and nothing more. */
export function messagesIn(record: JsonObject, from: string | undefined): Message[] {
  const messages: Message[] = []
  for (const { id, subject } of mailsIn(record)) {
    if (id === undefined || (subject === undefined && from === undefined)) continue
    const rank = subject === undefined ? 2 : 1
    messages.push({ item: id, rank, subject, from, received: undefined, messageId: id })
  }
  return messages
}

function distinct(mails: readonly Mail[], key: 'id' | 'subject'): string | readonly string[] | undefined {
  const found = new Set<string>()
  for (const { [key]: text } of mails) if (text !== undefined) found.add(text)
  const [first] = found
  return found.size > 1 ? [...found] : first
}
