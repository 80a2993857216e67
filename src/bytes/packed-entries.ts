import { coarseMs, type Entry, type Logon, type Message, sayings, type Usage, type UserName } from '../entry.ts'
import { itemHash } from '../item-hash.ts'
import { newOrigins, type Origins, type UsageOrigin } from '../origins.ts'
import { ownBytes } from './own-bytes.ts'
import { type RowsPacker, rowsPacker, textsPacker } from './packing.ts'

/**
 * Rows of one table as SQLite reads them from bytes: each cell is a number in digits, or says where its text begins
 * and how long it is, or is blank where there is none.
 */
export interface PackedRows {
  readonly cells: Uint8Array<ArrayBuffer>
  /** Which entry each row is of. */
  readonly entries: readonly number[]
}

/** Entries as bytes, which cross threads and enter SQLite without a string or an object for each. */
export interface PackedEntries {
  readonly event: PackedRows
  readonly message: PackedRows
  readonly logon: PackedRows
  readonly usage: PackedRows
  /** Where usages are from, each with the first that has its number. */
  readonly origin: PackedRows
  readonly request: PackedRows
  readonly link: PackedRows
  /** What users, and owners of mailboxes, are called who have an id: of each the last that these entries tell. */
  readonly user: PackedRows
  /** What the cells tell places in, as UTF-8. */
  readonly texts: Uint8Array<ArrayBuffer>
  /** What the records were read from: `content` is a place in it. */
  readonly contents: Uint8Array<ArrayBuffer>
  /** Which entries have a time that was cut to the minute: nearly always none. */
  readonly coarse: readonly number[]
}

export type PackedTable = Exclude<keyof PackedEntries, 'texts' | 'contents' | 'coarse'>

/** `maybe` is a text that may be missing, `content` one in `contents`. */
export type CellKind = 'number' | 'text' | 'maybe' | 'content'

/** What each table's rows tell, in the order of their cells. */
export const packedColumns = {
  event: {
    ...{ id: 'text', time: 'number', dataset: 'text', operation: 'text', mailbox: 'text', session: 'maybe' },
    ...{ row: 'number', fullness: 'number', content: 'content' },
  },
  message: {
    ...{ hash: 'number', item: 'text', rank: 'number', subject: 'maybe', sender: 'maybe', received: 'maybe' },
    message_id: 'maybe',
  },
  logon: { platform: 'text', ip: 'text', user_agent: 'maybe' },
  usage: {
    ...{ ip: 'text', user_agent: 'maybe', mailbox: 'text', session: 'maybe' },
    ...{ time: 'number', is_own: 'number', origin: 'number' },
  },
  origin: { number: 'number', session: 'maybe', mailbox: 'text', ip: 'text', user_agent: 'maybe', is_own: 'number' },
  request: { ip: 'text', user_agent: 'maybe' },
  link: { id: 'text', session: 'maybe' },
  user: { id: 'text', name: 'text', time: 'number' },
} as const satisfies Record<PackedTable, Readonly<Record<string, CellKind>>>

/** What of packed entries changes hands instead of being copied. */
export function packedBuffers({ texts, contents }: PackedEntries): ArrayBuffer[] {
  return [texts.buffer, contents.buffer] // All but the contents are in one.
}

/** Gives the memory of entries back at once: what waits for a collection of garbage adds up to tens of megabytes. */
export function letGo(packed: PackedEntries): void {
  for (const buffer of packedBuffers(packed)) buffer.transfer(0)
}

// Used again for each block: memory that is given away or let go of makes V8 collect all that a thread holds.
const texts = textsPacker()
const tables = Object.keys(packedColumns) as PackedTable[]
const rows = Object.fromEntries(tables.map((table) => [table, rowsPacker()])) as Record<PackedTable, RowsPacker>

/** Packs entries that were read from `contents`, and numbers where mailboxes were used from as `origins` knows them. */
export function packEntries(
  entries: Iterable<Entry>,
  contents: Uint8Array<ArrayBuffer>,
  origins: Origins = newOrigins(),
): PackedEntries {
  for (const packer of [texts, ...Object.values(rows)]) packer.reset()
  const coarse: number[] = []
  const users = new Map<string, Told>()
  let i = 0
  for (const entry of entries) {
    if (entry.isCoarse === true) coarse.push(i)
    packEvent(i, entry)
    for (const message of entry.messages) packMessage(i, message)
    if (entry.logon !== undefined) packLogon(i, entry.logon)
    if (entry.usage !== undefined) packUsage(i, entry, entry.usage, origins)
    for (const id of entry.sessionIds) packLink(i, entry, id)
    for (const user of entry.users) note(users, i, entry, user)
    i += 1
  }
  for (const told of users.values()) packUser(told)
  return { ...copied(), contents, coarse }
}

/** Where there is nothing to store but something to reject. */
export const noEntries: PackedEntries = packEntries([], new Uint8Array())

function packEvent(i: number, entry: Entry): void {
  const { event } = rows
  event.begin(i)
  texts.put(event, entry.id)
  event.number(entry.time)
  texts.putKnown(event, entry.dataset)
  texts.putKnown(event, entry.operation)
  texts.putKnown(event, entry.mailbox)
  texts.putKnown(event, entry.session)
  event.number(entry.row)
  event.number(Math.round(entry.fullness * sayings))
  event.place(entry.start, entry.end - entry.start)
}

function packMessage(i: number, { item, rank, subject, from, received, messageId }: Message): void {
  const { message } = rows
  message.begin(i)
  message.number(itemHash(item))
  texts.put(message, item)
  message.number(rank)
  texts.put(message, subject)
  texts.putKnown(message, from) // All of a record's mails may have one sender.
  texts.put(message, received)
  texts.put(message, messageId)
}

function packLogon(i: number, { platform, ip, userAgent }: Logon): void {
  const { logon } = rows
  logon.begin(i)
  texts.putKnown(logon, platform)
  texts.putKnown(logon, ip)
  texts.putKnown(logon, userAgent)
}

function packUsage(i: number, { mailbox, session, time, isCoarse }: Entry, use: Usage, origins: Origins): void {
  const { usage } = rows
  const origin = { session, mailbox, ip: use.ip, userAgent: use.userAgent, isOwn: use.isOwn }
  const { number, isFirst } = origins.numbered(origin)
  usage.begin(i)
  texts.putKnown(usage, use.ip)
  texts.putKnown(usage, use.userAgent)
  texts.putKnown(usage, mailbox)
  texts.putKnown(usage, session)
  usage.number(isCoarse === true ? time + coarseMs - 1 : time) // A copy that has the time itself is earlier.
  usage.number(Number(use.isOwn))
  usage.number(number)
  if (isFirst) packOrigin(i, number, origin)
  if (use.asks) packRequest(i, use)
}

function packOrigin(i: number, number: number, { session, mailbox, ip, userAgent, isOwn }: UsageOrigin): void {
  const { origin } = rows
  origin.begin(i)
  origin.number(number)
  texts.putKnown(origin, session)
  texts.putKnown(origin, mailbox)
  texts.putKnown(origin, ip)
  texts.putKnown(origin, userAgent)
  origin.number(Number(isOwn))
}

function packRequest(i: number, { ip, userAgent }: Usage): void {
  const { request } = rows
  request.begin(i)
  texts.putKnown(request, ip)
  texts.putKnown(request, userAgent)
}

function packLink(i: number, { session }: Entry, id: string): void {
  const { link } = rows
  link.begin(i)
  texts.put(link, id)
  texts.putKnown(link, session)
}

/** By which entry, and when, a user was called so. */
interface Told extends UserName {
  readonly entry: number
  readonly time: number
}

/** A user does something again and again, and is called the same. */
function note(users: Map<string, Told>, entry: number, { time }: Entry, { id, name }: UserName): void {
  const known = users.get(id)
  if (known === undefined || time > known.time || (time === known.time && name > known.name)) {
    users.set(id, { id, name, time, entry })
  }
}

function packUser({ entry, id, name, time }: Told): void {
  const { user } = rows
  user.begin(entry)
  texts.put(user, id)
  texts.put(user, name)
  user.number(time)
}

/** A copy of all that was packed, in one buffer that can be handed over. */
function copied(): Omit<PackedEntries, 'contents' | 'coarse'> {
  const parts = [texts, ...Object.values(rows)].map((packer) => packer.bytes())
  const all: Uint8Array<ArrayBuffer> = ownBytes(parts)
  let end = 0
  const part = (bytes: Uint8Array) => {
    end += bytes.length
    return all.subarray(end - bytes.length, end)
  }
  const [first, ...others] = parts.map(part)
  const packed = tables.map((table, i) => [table, { cells: others[i], entries: rows[table].entries() }])
  return { ...Object.fromEntries(packed), texts: first }
}
