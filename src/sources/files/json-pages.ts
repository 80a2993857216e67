import { isObject } from '../../activity.ts'
import {
  closeBrace,
  closeBracket,
  colon,
  comma,
  isBlank,
  openBrace,
  openBracket,
  quote,
  skipBlanks,
  skipBlanksBack,
  stringEnd,
  type View,
} from './json-bytes.ts'
import { pageKey, pageMembers, recordKeys } from './json-keys.ts'
import { readJson } from './json-text.ts'

/** How far into an object is looked for what makes it a record rather than a page of records. */
const pageHeadBytes = 64 * 1024
const maxKeyBytes = 100

/** Whether the list at `bracket` holds the records of the page that begins at `start`; undefined when more bytes must tell. */
export function opensPage(view: View, start: number, bracket: number): boolean | undefined {
  const { bytes, isWhole } = view
  if (bracket - start > pageHeadBytes || !pageMembers.has(keyBefore(bytes, bracket, start))) return false
  const end = Math.min(view.end, start + pageHeadBytes)
  const first = skipBlanks(bytes, bracket + 1, end)
  if (first < end && bytes[first] !== openBrace && bytes[first] !== closeBracket) return false
  const before = keysOf(bytes, start, bracket + 1)
  if (before === undefined || isOfRecord(before)) return false
  const stop = valueEnd(bytes, start, end)
  if (stop === undefined && end === view.end && !isWhole) return undefined
  return first < end && !(stop !== undefined && isOfRecord(keysOf(bytes, start, stop) ?? []))
}

function isOfRecord(keys: readonly string[]): boolean {
  return keys.some((key) => recordKeys.has(key.toLowerCase()))
}

/** The keys of an object, even of one that is cut off; undefined when it is broken. */
function keysOf(bytes: Buffer, start: number, end: number): readonly string[] | undefined {
  const json = readJson(bytes.toString('utf8', start, end))
  return typeof json !== 'string' && isObject(json.value) ? Object.keys(json.value) : undefined
}

/** The key of the value that begins at `at`, when it is short and plain. */
function keyBefore(bytes: Buffer, at: number, start: number): string {
  const mark = skipBlanksBack(bytes, at, start) - 1
  const end = bytes[mark] === colon ? skipBlanksBack(bytes, mark, start) - 1 : start
  const from = bytes[end] === quote ? bytes.lastIndexOf(quote, end - 1) : -1
  return from >= start && end - from <= maxKeyBytes ? bytes.toString('latin1', from + 1, end) : ''
}

/**
 * The place behind the member at `at` of a page whose list of records has ended, or behind the bracket of another such list.
 * Undefined when it is no such member, -1 when more bytes must tell.
 */
export function skipPageMember(view: View, at: number): number | undefined {
  const { bytes, end, isWhole } = view
  const open = isWhole ? undefined : -1
  const stop = stringEnd(bytes, at, end)
  const mark = stop === -1 ? end : skipBlanks(bytes, stop, end)
  const value = mark < end ? skipBlanks(bytes, mark + 1, end) : end
  if (stop !== -1 && mark < end && (bytes[mark] !== colon || stop - at > maxKeyBytes)) return undefined
  if (value === end) return open
  const key = bytes.toString('latin1', at + 1, stop - 1)
  const isList = pageMembers.has(key) && bytes[value] === openBracket
  const first = isList ? skipBlanks(bytes, value + 1, end) : end
  if (isList && first === end) return open
  if (isList && (bytes[first] === openBrace || bytes[first] === closeBracket)) return value + 1
  return pageKey.test(key) ? (valueEnd(bytes, value, end) ?? open) : undefined
}

/** The place behind a value; undefined when it does not end before `end`. */
function valueEnd(bytes: Buffer, start: number, end: number): number | undefined {
  let depth = 0
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]
    const isOpen = byte === openBrace || byte === openBracket
    const isClose = byte === closeBrace || byte === closeBracket
    if (depth === 0 && (isClose || byte === comma || isBlank(byte))) return at
    if (byte === quote) {
      const stop = stringEnd(bytes, at, end)
      if (stop === -1) return undefined
      at = stop - 1
    }
    depth += Number(isOpen) - Number(isClose)
    if (depth === 0 && (byte === quote || isClose)) return at + 1
  }
  return undefined
}
