import type { Json, JsonObject } from '../../activity.ts'
import { isDeeper, mayBeDeeper } from './depth.ts'
import {
  backslash,
  closeBrace,
  closeBracket,
  colon,
  comma,
  isBlank,
  openBrace,
  openBracket,
  quote,
} from './json-bytes.ts'

/** What a JSON text says. `truncated` when its end is missing: then what came before is there. */
export interface JsonText {
  readonly value: Json
  readonly truncated: boolean
}

/** `stop` says why nothing more is read: `cut` at the end of the text, else what is wrong with it. */
type Reader = { readonly text: string; at: number; depth: number; stop: string | undefined }

const cut = ''
const maxDepth = 100
/** V8's parser takes some 45 bytes for every bracket that is open: 16 MiB of "[" take 700 MB. Ours counts them. */
const maxParsedLength = 1024 * 1024

const byteOrderMark = 0xfeff

/** JavaScript and Python write the numbers JSON has no word for as these. */
const words = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ...['null', 'NaN', 'Infinity', '-Infinity'].map((word) => [word, null] as const),
])
const escaped = new Map(Object.entries({ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '/': '/' }))
const word = /[-+.\w]*/y
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const unfinishedEscape = /^\\(?:u[\da-fA-F]{0,3})?$/
const escapes = /\\(?:u[\da-fA-F]{4}|.)/gs

/** Reads a JSON text, even one that is cut off; else why it can't be read (position, never content). */
export function readJson(text: string): JsonText | string {
  const start = text.charCodeAt(0) === byteOrderMark ? 1 : 0
  const value = text.length > maxParsedLength ? undefined : tryParse(start === 0 ? text : text.slice(start))
  if (value === undefined || (mayBeDeeper(text, maxDepth) && isDeeper(value, maxDepth)))
    return readTolerantly(text, start)
  return { value, truncated: false }
}

function tryParse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined // The tolerant reader says what it is.
  }
}

/** Reads what real exports do to JSON: cut it off, leave line ends in strings, commas before brackets, odd escapes. */
function readTolerantly(text: string, at: number): JsonText | string {
  const reader: Reader = { text, at, depth: 0, stop: undefined }
  hasMore(reader)
  const start = reader.at
  const value = readValue(reader)
  if (value === undefined) return `not JSON (character ${start + 1})`
  if (reader.stop === undefined && hasMore(reader)) fail(reader, 'text after the end')
  if (reader.stop === undefined || reader.stop === cut) return { value, truncated: reader.stop === cut }
  return `broken JSON: ${reader.stop}`
}

/** A value as far as it was read; undefined when there is nothing of it that can be kept. */
function readValue(reader: Reader): Json | undefined {
  const code = reader.text.charCodeAt(reader.at)
  if (code === quote) return readString(reader)
  if (code !== openBrace && code !== openBracket) return readWord(reader)
  if (reader.depth === maxDepth) return fail(reader, `more than ${maxDepth} levels of nesting`)
  reader.depth += 1
  reader.at += 1
  const value = code === openBrace ? readMembers(reader) : readItems(reader)
  reader.depth -= 1
  return value
}

function readMembers(reader: Reader): JsonObject {
  const members: JsonObject = {}
  while (hasNext(reader, closeBrace)) {
    const isKey = reader.text.charCodeAt(reader.at) === quote
    const key = isKey ? readString(reader) : fail(reader, 'a key was expected')
    if (key === undefined || !hasMore(reader)) break
    if (!take(reader, colon)) fail(reader, 'a colon was expected')
    else if (hasMore(reader)) setOwn(members, key, readValue(reader))
    if (!endsItem(reader, closeBrace)) break
  }
  return members
}

/** Sets a member, whatever its key: `__proto__` is one like any other, and assigning to it would set the prototype. */
export function setOwn(members: JsonObject, key: string, value: Json | undefined): void {
  if (value === undefined) return
  if (key !== '__proto__') members[key] = value
  else Object.defineProperty(members, key, { value, configurable: true, enumerable: true, writable: true })
}

function readItems(reader: Reader): Json[] {
  const items: Json[] = []
  while (hasNext(reader, closeBracket)) {
    const item = readValue(reader)
    if (item !== undefined) items.push(item)
    if (!endsItem(reader, closeBracket)) break
  }
  return items
}

/** Whether another member or item begins here, not the end of the nest or of the text. */
function hasNext(reader: Reader, close: number): boolean {
  return reader.stop === undefined && hasMore(reader) && !take(reader, close)
}

/** Takes the comma behind a member or an item; it may be missing only where the nest ends. */
function endsItem(reader: Reader, close: number): boolean {
  if (reader.stop !== undefined || !hasMore(reader)) return false
  if (take(reader, comma) || reader.text.charCodeAt(reader.at) === close) return true
  fail(reader, 'a comma was expected')
  return false
}

/** A string that is cut off is dropped, but for one that is the whole text: it may hold a JSON text itself. */
function readString(reader: Reader): string | undefined {
  const { text } = reader
  const start = reader.at + 1
  let end = start
  let lastEscape = -1
  for (let code = text.charCodeAt(end); code !== quote && end < text.length; code = text.charCodeAt(end)) {
    if (code === backslash) lastEscape = end
    end += code === backslash ? 2 : 1
  }
  const isCut = end >= text.length
  reader.at = isCut ? text.length : end + 1
  if (isCut) reader.stop = cut
  if (isCut && reader.depth > 0) return undefined
  if (lastEscape === -1) return text.slice(start, end)
  const isHalf = isCut && unfinishedEscape.test(text.slice(lastEscape, lastEscape + 6))
  return text.slice(start, isHalf ? lastEscape : end).replace(escapes, unescaped)
}

function unescaped(piece: string): string {
  return piece.length === 6
    ? String.fromCharCode(Number.parseInt(piece.slice(2), 16))
    : (escaped.get(piece.slice(1)) ?? piece)
}

function readWord(reader: Reader): Json | undefined {
  const { text, at } = reader
  word.lastIndex = at
  const found = word.exec(text)?.[0] ?? ''
  reader.at += found.length
  const isLast = reader.at === text.length
  const known = words.get(found)
  if (known !== undefined) return known
  if (!isLast && number.test(found)) return Number(found)
  const isBegun = /^-?\d/.test(found) || [...words.keys()].some((whole) => whole.startsWith(found))
  if (isLast && isBegun) reader.stop = cut
  else fail(reader, 'a value was expected', at)
  return undefined
}

/** Skips white space; the end of the text stops the reader inside a nest. */
function hasMore(reader: Reader): boolean {
  const { text } = reader
  while (isBlank(text.charCodeAt(reader.at))) reader.at += 1
  if (reader.at < text.length) return true
  if (reader.depth > 0) reader.stop = cut
  return false
}

function take(reader: Reader, code: number): boolean {
  if (reader.text.charCodeAt(reader.at) !== code) return false
  reader.at += 1
  return true
}

function fail(reader: Reader, what: string, at = reader.at): undefined {
  reader.stop = `${what} (character ${at + 1})`
}
