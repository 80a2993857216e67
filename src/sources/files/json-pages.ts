import { isObject, type Json, type JsonObject } from '../../activity.ts'
import {
  closeBrace,
  closeBracket,
  colon,
  comma,
  openBrace,
  openBracket,
  quote,
  skipBlanks,
  skipBlanksBack,
  stringEnd,
  type View,
} from './json-bytes.ts'
import { describingMembers, pageKey, pageMembers, recordKeys, searchMember } from './json-keys.ts'
import { readJson } from './json-text.ts'

/** How far into an object is looked for what makes it a record rather than a page of records. */
const pageHeadBytes = 64 * 1024
const maxKeyBytes = 100
/** Without it, brackets that nobody closes would have every one of them look as far ahead as the first. */
const maxDepth = 100
const maxMemberLength = Math.max(...[...pageMembers].map(({ length }) => length))

/** Whether the list at `bracket`, that deep in the object at `start`, is named and begins as those that hold the records of a page. */
export function isPageList({ bytes, end }: View, start: number, bracket: number, depth: number): boolean {
  if (depth > 2 || bracket - start > pageHeadBytes) return false
  const key = keyBefore(bytes, bracket, start)
  if (depth === 1 ? !pageMembers.has(key) : key !== searchMember) return false
  const first = skipBlanks(bytes, bracket + 1, end)
  return first === end || bytes[first] === openBrace || bytes[first] === closeBracket
}

/** Whether the object at `start` is a page rather than a record, as far as its head tells; undefined when more bytes must. */
export function opensPage(view: View, start: number, bracket: number, depth: number): boolean | undefined {
  const { bytes, isWhole } = view
  const end = Math.min(view.end, start + pageHeadBytes)
  const head = membersOf(`${bytes.toString('utf8', start, bracket + 1)}]${'}'.repeat(depth)}`)
  if (head === undefined || isOfRecord(head) || mayHoldRecords(head)) return false
  if (depth > 1 && !isObject(head[searchMember])) return false
  const listEnd = valueEnd(bytes, bracket, end)
  const stop = listEnd === undefined ? undefined : closingBrace(bytes, listEnd, end)
  if (stop === undefined && end === view.end && !isWhole) return undefined
  if (skipBlanks(bytes, bracket + 1, end) === end) return false
  if (stop === undefined || !isOfRecord(membersOf(`{"":[]${bytes.toString('utf8', listEnd, stop)}`))) return true
  // With an open string inside, the list does not end where it seems to: then what is behind it tells nothing.
  return !isOfRecord(membersOf(bytes.toString('utf8', start, stop)))
}

function isOfRecord(members: JsonObject | undefined): boolean {
  return Object.keys(members ?? {}).some((key) => recordKeys.has(key.toLowerCase()))
}

/** Whether records may be among these members of a page: a page's head has none, and what describes a page is known by its name. */
function mayHoldRecords(members: JsonObject): boolean {
  if (!holdsObjects(Object.values(members))) return false
  return Object.entries(members).some(([key, value]) =>
    describingMembers.has(key) ? holdsRecords(value) : holdsObjects([value]),
  )
}

function holdsRecords(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsRecords)
  return isObject(value) && (isOfRecord(value) || Object.values(value).some(holdsRecords))
}

/** Whether a list of objects is among these or in one of them. */
function holdsObjects(values: readonly Json[]): boolean {
  return values.some((value) =>
    Array.isArray(value)
      ? value.some(isObject) || holdsObjects(value)
      : isObject(value) && holdsObjects(Object.values(value)),
  )
}

/** An object's members; undefined when it is broken. */
function membersOf(text: string): JsonObject | undefined {
  const json = readJson(text)
  return typeof json !== 'string' && isObject(json.value) ? json.value : undefined
}

/** The key of the value that begins at `at`, when it is short and plain. */
function keyBefore(bytes: Buffer, at: number, start: number): string {
  const mark = skipBlanksBack(bytes, at, start) - 1
  const end = bytes[mark] === colon ? skipBlanksBack(bytes, mark, start) - 1 : start
  let from = end - 1
  while (from > start && end - from <= maxMemberLength && bytes[from] !== quote) from -= 1
  return bytes[end] === quote && bytes[from] === quote ? bytes.toString('latin1', from + 1, end) : ''
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
  const isNothing = bytes.toString('latin1', value, value + 4) === 'null'
  const describes = isNothing || describingMembers.has(key) || pageKey.test(key)
  const next = describes ? valueEnd(bytes, value, end) : value
  if (next === undefined) return open
  const behind = skipBlanks(bytes, next, end)
  if (behind === end && !isWhole) return open
  const isFollowed = behind === end || bytes[behind] === comma || bytes[behind] === closeBrace
  if (next === value || !isFollowed) return undefined
  // Records may be part of it, in a list or behind an open string: then it is a row, and they are looked for in it.
  const member = membersOf(`{${bytes.toString('utf8', at, next)}}`)
  return member === undefined || mayHoldRecords(member) ? undefined : next
}

/** The place behind the brace that closes the object whose member ended at `at`; undefined when it is not before `end`. */
function closingBrace(bytes: Buffer, start: number, end: number): number | undefined {
  let at = skipBlanks(bytes, start, end)
  while (at < end && bytes[at] !== closeBrace) {
    const isMark = bytes[at] === comma || bytes[at] === colon || bytes[at] === closeBracket
    const next = isMark ? at + 1 : valueEnd(bytes, at, end)
    if (next === undefined || next === at) return undefined
    at = skipBlanks(bytes, next, end)
  }
  return at < end ? at + 1 : undefined
}

/** The place behind a value; undefined when it does not end before `end`, and `start` when there is none. */
function valueEnd(bytes: Buffer, start: number, end: number): number | undefined {
  const first = bytes[start]
  if (first === openBrace || first === openBracket) return nestEnd(bytes, start, end)
  let at = first === quote ? stringEnd(bytes, start, end) : start
  if (first === quote) return at === -1 ? undefined : at
  while (at < end && isOfWord(bytes[at] as number)) at += 1
  return at < end ? at : undefined
}

/** Letters, digits and what else numbers have. */
function isOfWord(byte: number): boolean {
  return (
    (byte >= 43 && byte <= 57 && byte !== comma && byte !== 47) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 97 && byte <= 122)
  )
}

/** The place behind the bracket or brace that closes the one at `start`; undefined when it is not before `end`, or too deep. */
export function nestEnd(bytes: Buffer, start: number, end: number): number | undefined {
  let depth = 0
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number
    if (byte === quote) {
      at = stringEnd(bytes, at, end) - 1
      if (at < 0) return undefined
    } else if (byte === openBrace || byte === openBracket) depth += 1
    else if (byte === closeBrace || byte === closeBracket) depth -= 1
    if (depth === 0) return at + 1
    if (depth > maxDepth) return undefined
  }
  return undefined
}
