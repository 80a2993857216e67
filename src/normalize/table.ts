import { type Activity, type Dataset, isObject, type Json, type JsonObject } from '../activity.ts'
import { canonicalAddress, isAddress } from '../bytes/address-bytes.ts'
import type { CategoryName, EventCategory, EventType, Field, Value } from '../document.ts'
import type { Message, UserName } from '../entry.ts'
import { toIso } from '../time/time.ts'
import { isWithheld } from '../withheld.ts'

/** Takes one value out of a record, or nothing when the record does not have it. Never throws. */
export type Reader<T> = (record: JsonObject, activity: Omit<Activity, 'original'>) => T | undefined

/** Which field gets which value: a constant, or a reader. An object literal, so a field has one writer. */
export type FieldTable = { readonly [F in Field]?: Value<F> | Reader<Value<F>> }

/** One activity category: its ECS words, and for each dataset the fields and operations that belong to it. */
export interface Category {
  readonly name: CategoryName
  readonly ecs: EcsWords
  /** Outlook activities, by ActivityIdType. */
  readonly activity?: Operations
  /** Unified audit records, by Operation; in several parts where ECS has different words for them. */
  readonly audit?: readonly Operations[]
  /** Entra sign-ins, by Graph's name of the event. */
  readonly signIn?: Operations
  /** Requests to Microsoft Graph, by what was asked for. */
  readonly request?: readonly Operations[]
  /** Message traces, by what became of the message. */
  readonly trace?: Operations
  /** How things stood, by what it is. */
  readonly state?: readonly Operations[]
}

/** Under which name each category lists the operations of a dataset. */
export type OperationsKey = 'activity' | 'audit' | 'signIn' | 'request' | 'trace' | 'state'

/** ECS `event.category` and `event.type`. */
export interface EcsWords {
  readonly category: readonly EventCategory[]
  readonly type: readonly EventType[]
}

/** What some operations of one dataset in one category share, and what each adds or overrides. */
export interface Operations {
  /** Instead of the category's own words. */
  readonly ecs?: EcsWords
  readonly fields?: FieldTable
  readonly operations: Readonly<Record<string, FieldTable>>
}

/** What every record of one dataset may carry, and where the case finds what it joins by. */
export interface DatasetTable {
  readonly dataset: Dataset
  readonly operations: OperationsKey
  /** Stands before each category's own ECS words in `event.category`. */
  readonly ecsCategory: readonly EventCategory[]
  readonly fields: FieldTable
  /**
   * The row of the operations' tables that counts, where an operation's name alone does not decide: `Set-Mailbox` forwards
   * mail only with a forwarding parameter, so such a record has a row of its own.
   */
  readonly variant?: Reader<string>
  /** The row of one that no table has under its name. */
  readonly kin?: Reader<string>
  /** Tags beside the category's. */
  readonly markers?: Reader<readonly string[]>
  /** What tells whose doing a record is of, where and from where; somebody may have taken it out. */
  readonly telling?: readonly Reader<string>[]
  /** Ids beside the session's own that belong to its session alone, by which records without that one are found. */
  readonly sessionIds?: Reader<readonly string[]>
  /** What the record calls a user, where it tells the id in Entra too. */
  readonly users?: Reader<readonly UserName[]>
  /** The client's kind, such as `Web` or `IMAP4`: logons are attributed within one. */
  readonly platform?: Reader<string>
  /** Whether a logon was stopped before anybody was in: nothing can be done from there but what its session proves. */
  readonly isStopped?: Reader<boolean>
  /** What the record tells about the mails and items it names, for records that tell less. */
  messages?(record: JsonObject, activity: Omit<Activity, 'original'>, category: CategoryName): readonly Message[]
}

/** The operations of one dataset in a category, in the parts in which they stand there. */
export function operationsOf(category: Category, key: OperationsKey): readonly Operations[] {
  const own = category[key]
  if (own === undefined) return []
  return 'operations' in own ? [own] : own
}

/** The first of these keys that holds a non-empty string or a number. */
export function text(...keys: string[]): Reader<string> {
  return (record) => firstText(record, keys)
}

/** The first of these keys of `CustomProperties` that holds a non-empty string or a number. */
export function property(...keys: string[]): Reader<string> {
  return (record) => {
    const properties = record['CustomProperties']
    return isObject(properties) ? firstText(properties, keys) : undefined
  }
}

/** What the first of these readers gives that gives anything. */
export function firstOf<T>(...readers: Reader<T>[]): Reader<T> {
  return (record, activity) => {
    for (const read of readers) {
      const value = read(record, activity)
      if (value !== undefined) return value
    }
    return undefined
  }
}

/** What `read` gives, in lower case: addresses and names are compared that way. */
export function lower(read: Reader<string>): Reader<string> {
  return (record, activity) => read(record, activity)?.toLowerCase()
}

/** What `make` makes of what `read` gives, where it gives anything. */
export function madeOf<T>(read: Reader<string>, make: (text: string) => T | undefined): Reader<T> {
  return (record, activity) => {
    const value = read(record, activity)
    return value === undefined ? undefined : make(value)
  }
}

/** What `read` gives, as a list of one. */
export function one(read: Reader<string>): Reader<readonly string[]> {
  return madeOf(read, (value) => [value])
}

/** What `read` gives, split at `;`, trimmed, without blanks. */
export function many(read: Reader<string>): Reader<readonly string[]> {
  return (record, activity) => {
    const values = read(record, activity)
      ?.split(';')
      .map((value) => value.trim())
      .filter((value) => value !== '')
    return values === undefined || values.length === 0 ? undefined : values
  }
}

/** An address with what stood around it. `ip` is there only when Elasticsearch would take it. */
export interface Address {
  readonly text: string
  readonly ip?: string
  readonly port?: number
}

// [v6]:port, [v6], v4:port, NAME (ip), as Microsoft's logs write them.
const addressForms = [/^\[([^\]]+)\](?::(\d{1,5}))?$/, /^([\d.]+)(?::(\d{1,5}))?$/, /^[^()]*\(([^()]+)\)$/]

// Proxies write a list, as in `X-Forwarded-For`: whom the first of them heard, then themselves. The client may have written the beginning of it.
const list = /[,;]/
const longestList = 500
/** How .NET writes that there is none. */
const nothing = '<null>'

/** Takes an address apart; undefined for nothing, and for one that was withheld. A value that is no address keeps its text only; of a list the first address counts. */
export function parseAddress(value: string | undefined): Address | undefined {
  const text = value?.trim()
  if (text === undefined || text === '' || text === nothing || isWithheld(text)) return undefined
  if (list.test(text) && text.length <= longestList) {
    const first = text
      .split(list)
      .map(parseAddress)
      .find((address) => address?.ip !== undefined)
    return { ...first, text }
  }
  if (isAddress(text)) return { text, ip: canonicalAddress(text) }
  for (const form of addressForms) {
    const [, inner, port]: readonly (string | undefined)[] = form.exec(text) ?? []
    if (inner === undefined || inner === text) continue
    const address = isAddress(inner) ? { text, ip: canonicalAddress(inner) } : parseAddress(inner)
    if (address?.ip === undefined) continue
    return port === undefined || Number(port) > 65535 ? { ...address, text } : { ...address, text, port: Number(port) }
  }
  return { text }
}

/** What `read` gives as an ISO 8601 time in UTC, from ISO or from US form; nothing when it is no time. */
export function time(read: Reader<string>): Reader<string> {
  return (record, activity) => toIso(read(record, activity))
}

function firstText(record: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = toText(record[key])
    if (value !== undefined) return value
  }
  return undefined
}

function toText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}
