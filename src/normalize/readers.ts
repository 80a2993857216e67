import { isObject, type Json, type JsonObject } from '../activity.ts'
import { canonicalAddress, isAddress } from '../bytes/address-bytes.ts'
import { toIso } from '../time/time.ts'
import type { Reader } from './table.ts'

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

/** Takes an address apart; undefined for nothing. A value that is no address keeps its text only; of a list the first address counts. */
export function parseAddress(value: string | undefined): Address | undefined {
  const text = value?.trim()
  if (text === undefined || text === '' || text === nothing) return undefined
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
