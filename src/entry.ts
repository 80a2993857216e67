import type { Dataset } from './activity.ts'

/** An activity as the case keeps it: the envelope, the source's own text, and what others are joined to it by. */
export interface Entry extends Keys {
  readonly dataset: Dataset
  readonly id: string
  readonly time: number
  readonly operation: string
  readonly mailbox: string
  readonly row: number
  /** How much the record says: of two copies of one record the one that says more is kept. Below 0: cut off. */
  readonly fullness: number
  /** The record exactly as received: a row of a CSV without its line end, or the record's JSON text. */
  readonly content: string
}

/** How the records of one evidence are written: with it `content` can be read again. */
export type Format = CsvFormat | JsonFormat

/** A CSV, and of what shape. */
export interface CsvFormat {
  readonly shape: string
  /** The header's columns, in the file's order. */
  readonly columns: readonly string[]
  readonly delimiter: string
}

/** JSON in whatever layout: a list, one object a line, one after the other. */
export interface JsonFormat {
  readonly shape: string
  /** What of a service it is, where it is no file. */
  readonly service?: { readonly contentId: string } | { readonly queryId: string }
}

/** What joins an activity to others. */
export interface Keys {
  readonly session: string | undefined
  /** What the record tells about mails and items it names; one for each it tells something about. */
  readonly messages: readonly Message[]
  readonly logon: Logon | undefined
  readonly usage: Usage | undefined
  /** Further ids that are of the record's session and no other: of its tokens, or other names of the session. */
  readonly sessionIds: readonly string[]
}

/** From where something was done, as its record says: not by a service of Microsoft's. */
export interface Usage {
  readonly ip: string
  readonly userAgent: string | undefined
  /** Whether the mailbox's own user did it, and did not fail. */
  readonly isOwn: boolean
  /** Whether the user changed the own account: services of Entra's then log in their own name what follows from it. */
  readonly asks: boolean
}

/** What a record tells about a mail or item it names. */
export interface Message {
  /** What the mail or item is found by: an ActivityItemId, or an Internet message id in angle brackets. */
  readonly item: string
  /** Whose word counts when records differ: the lower, the better. */
  readonly rank: number
  readonly subject: string | undefined
  readonly from: string | undefined
  /** As the record has it, whatever the form. */
  readonly received: string | undefined
  readonly messageId: string | undefined
}

/** A logon that did not fail and says from where. */
export interface Logon {
  /** The client's kind, such as `Web` or `IMAP4`. */
  readonly platform: string
  readonly ip: string
  readonly userAgent: string | undefined
}

/** Entries as one text and two lists of numbers: crossing threads costs a tenth of what objects cost. */
export interface PackedEntries {
  readonly text: string
  /** Length of each text in turn; -1 where there is none. */
  readonly lengths: Int32Array<ArrayBuffer>
  /** Of each entry: time, row, fullness, what `usage` says, how many session ids and messages, and the rank of each. */
  readonly numbers: Float64Array<ArrayBuffer>
}

/** Packs entries for another thread. */
export function packEntries(entries: readonly Entry[]): PackedEntries {
  let text = ''
  const lengths: number[] = []
  const numbers: number[] = []
  const put = (value: string | undefined) => {
    lengths.push(value?.length ?? -1)
    if (value !== undefined) text += value
  }
  for (const entry of entries) {
    const { usage, sessionIds, messages } = entry
    numbers.push(entry.time, entry.row, entry.fullness, flagsOf(usage), sessionIds.length, messages.length)
    for (const { rank } of entry.messages) numbers.push(rank)
    putTexts(entry, put)
  }
  return { text, lengths: Int32Array.from(lengths), numbers: Float64Array.from(numbers) }
}

/** Takes apart what `packEntries` made. */
export function* unpackEntries({ text, lengths, numbers }: PackedEntries): Generator<Entry> {
  let at = 0
  let nextText = 0
  let nextNumber = 0
  const take = (): string | undefined => {
    const length = lengths[nextText] as number
    nextText += 1
    if (length === -1) return undefined
    at += length
    return text.slice(at - length, at)
  }
  const must = () => take() as string
  const number = () => numbers[nextNumber++] as number
  while (nextNumber < numbers.length) {
    const numeric = { time: number(), row: number(), fullness: number() }
    const flags = number()
    const ids = number()
    const ranks = Array.from({ length: number() }, number)
    const dataset = must() as Dataset
    const texts = { id: must(), operation: must(), mailbox: must(), content: must() }
    const session = take()
    const ip = take()
    const logon = { platform: take() ?? '', ip: ip ?? '', userAgent: take() }
    const usage = flags === 0 ? undefined : usageOf(flags, must, take)
    const sessionIds = Array.from({ length: ids }, must)
    const messages = ranks.map((rank) => ({ ...messageOf(must, take), rank }))
    const joins = { session, sessionIds, messages, usage, logon: ip === undefined ? undefined : logon }
    yield { dataset, ...texts, ...numeric, ...joins }
  }
}

/** In the order in which `unpackEntries` takes them. */
function putTexts(entry: Entry, put: (value: string | undefined) => void): void {
  const { logon, usage, sessionIds } = entry
  put(entry.dataset)
  put(entry.id)
  put(entry.operation)
  put(entry.mailbox)
  put(entry.content)
  put(entry.session)
  put(logon?.ip)
  put(logon?.platform)
  put(logon?.userAgent)
  if (usage !== undefined) {
    put(usage.ip)
    put(usage.userAgent)
  }
  for (const id of sessionIds) put(id)
  for (const message of entry.messages) {
    put(message.item)
    put(message.subject)
    put(message.from)
    put(message.received)
    put(message.messageId)
  }
}

function flagsOf(usage: Usage | undefined): number {
  return usage === undefined ? 0 : 1 + (usage.isOwn ? 2 : 0) + (usage.asks ? 4 : 0)
}

function usageOf(flags: number, must: () => string, take: () => string | undefined): Usage {
  return { ip: must(), userAgent: take(), isOwn: (flags & 2) !== 0, asks: (flags & 4) !== 0 }
}

function messageOf(must: () => string, take: () => string | undefined): Omit<Message, 'rank'> {
  return { item: must(), subject: take(), from: take(), received: take(), messageId: take() }
}
