import {
  byteOrderMark,
  closeBrace,
  closeBracket,
  colon,
  comma,
  isBlank,
  newline,
  openBrace,
  openBracket,
  quote,
  skipBlanks,
  skipBlanksBack,
  stringEnd,
  type View,
} from './json-bytes.ts'
import { leadingKeys } from './json-keys.ts'
import { isPageList, opensPage } from './json-pages.ts'
import { readJson } from './json-text.ts'

/** What an object is, and where it ends, or a page's records begin; undefined when more bytes must tell. */
export type Scan = { readonly isPage: boolean; readonly end: number } | undefined

interface Walk {
  readonly view: View
  readonly beginning: Beginning
  /** What will end the lists and objects that are open. */
  readonly closers: number[]
  mayBePage: boolean
  /** Where the next record may begin inside this object, should it be broken. */
  restart: number
}

/** How many lists and objects of a record may stand in each other. */
export const maxDepth = 100
const nothing = -1
const goOn: Scan = { isPage: false, end: nothing }

/**
 * Finds the end of the object that begins there. A line that is indented as the object is, and begins with a brace, begins
 * the next record. Where indentation tells nothing, valid JSON is never cut, and what is not valid ends where an object
 * inside it has the key that only records begin with, else where one behind the place where it went wrong begins alike.
 */
export function scanObject(view: View, beginning: Beginning): Scan {
  const { bytes, end } = view
  const walk: Walk = { view, beginning, closers: [], mayBePage: true, restart: nothing }
  for (let at = beginning.at; at < end; at += 1) {
    const byte = bytes[at] as number
    if (byte === quote) {
      const stop = stringEnd(bytes, at, end)
      if (stop === -1) break
      at = isBlank(bytes[stop]) ? skipBlanks(bytes, stop, end) - 1 : stop - 1
      if (at + 1 < end && !endsString(bytes[at + 1])) return broken(walk, stop - 1)
    } else if (byte === openBrace || byte === openBracket) {
      const found = enter(walk, at, byte)
      if (found !== goOn) return found
    } else if (byte === closeBrace || byte === closeBracket) {
      if (walk.closers.pop() !== byte) return broken(walk, at)
      if (walk.closers.length === 0) return closed(walk, at + 1)
    }
  }
  if (!view.isWhole) return undefined
  return rowEnd(walk, walk.restart === nothing ? end : walk.restart)
}

/** Goes into a list or an object, unless a page or another record begins there. */
function enter(walk: Walk, at: number, byte: number): Scan {
  const { view, beginning, closers } = walk
  const { bytes, end } = view
  const isMisplaced = at > beginning.at && !isExpected(bytes, at, closers.at(-1))
  if (isMisplaced || closers.length === maxDepth) return broken(walk, at)
  if (walk.mayBePage && byte === openBracket && isPageList(view, beginning.at, at, closers.length)) {
    const isPage = opensPage(view, beginning.at, at, closers.length)
    if (isPage === undefined) return undefined
    if (isPage) return { isPage, end: at + 1 }
    walk.mayBePage = false
  }
  if (walk.restart === nothing && at > beginning.at && byte === openBrace && mayBegin(beginning, closers, at, end)) {
    if (isIndented(beginning)) return rowEnd(walk, at)
    walk.restart = at
  }
  // A brace, and a bracket, stands two places before the one that closes it.
  closers.push(byte + 2)
  return goOn
}

/** An object that ends. One that swallowed others may end as it should, but then something inside it does not. */
function closed(walk: Walk, end: number): Scan {
  const { view, beginning, restart } = walk
  const isBroken = restart !== nothing && typeof readJson(view.bytes.toString('utf8', beginning.at, end)) === 'string'
  return isBroken ? rowEnd(walk, restart) : { isPage: false, end }
}

function endsString(byte: number | undefined): boolean {
  return byte === comma || byte === colon || byte === closeBrace || byte === closeBracket
}

/** Whether an object or a list may begin at `at`, inside what `closer` will end. */
function isExpected(bytes: Buffer, at: number, closer: number | undefined): boolean {
  const before = bytes[skipBlanksBack(bytes, at, 0) - 1]
  return closer === closeBrace ? before === colon : before === openBracket || before === comma
}

/** Whether the object at `at` may be the next record, swallowed by this one: looked at again should this one be broken. */
function mayBegin(beginning: Beginning, closers: readonly number[], at: number, end: number): boolean {
  if (beginning.line !== undefined) return beginsAlike(beginning, at, end)
  return closers.at(-1) === closeBracket && beginsAsRecord(beginning, at, end)
}

/** Where an object ends that went wrong at `from`. */
function broken(walk: Walk, from: number): Scan {
  const { view, beginning, restart } = walk
  const { bytes, end, isWhole } = view
  if (restart !== nothing) return rowEnd(walk, restart)
  // An open string swallows the next record's brace: its end is that record's first quote.
  const before = skipBlanksBack(bytes, from, beginning.at + 2) - 1
  const first = bytes[from] === quote && bytes[before] === openBrace ? before : from
  for (let at = bytes.indexOf(openBrace, first); at !== -1 && at < end; at = bytes.indexOf(openBrace, at + 1)) {
    if (!isWhole && end - at < decidingBytes) return undefined
    const isInline = beginning.line === undefined
    const begins = beginsAlike(beginning, at, end) || (isInline && beginsLine(bytes, at, end))
    if (begins && at > beginning.at) return rowEnd(walk, at)
  }
  return isWhole ? rowEnd(walk, end) : undefined
}

/** A broken record ends before the white space, the commas and the bracket that the next one's line begins with. */
function rowEnd({ view: { bytes }, beginning: { at } }: Walk, restart: number): Scan {
  const isListed = bytes[restart - 1] === openBracket && bytes[restart - 2] === newline
  const line = bytes[restart] === openBrace ? lineBefore(bytes, restart, at, false) : undefined
  const end = isListed ? restart - 1 : (line?.start ?? restart)
  return { isPage: false, end: skipBlanksBack(bytes, end, at + 1) }
}

/** How a record begins: the next one in its file begins like it. */
export interface Beginning {
  readonly bytes: Buffer
  /** Where its brace stands. */
  readonly at: number
  /** White space before the brace, and commas behind it; undefined when anything else is on its line. */
  readonly line: Line | undefined
}

interface Line {
  readonly start: number
  /** White space before the first comma or brace. */
  readonly indent: number
}

const maxPrefixBytes = 200
const maxKeyBytes = 100
/** Bytes behind a brace that decide whether a record begins there. */
export const decidingBytes = maxPrefixBytes + maxKeyBytes

/** How the record at `at` begins, when `gapStart` is where the one before it ended. */
export function beginningOf(bytes: Buffer, at: number, gapStart: number, isFileStart: boolean): Beginning {
  const mark = isFileStart ? byteOrderMark(bytes, gapStart) : 0
  return { bytes, at, line: lineBefore(bytes, at, gapStart + mark, isFileStart) }
}

/** The white space and commas before `at` when they are all of its line; nothing before `from` is looked at. */
function lineBefore(bytes: Buffer, at: number, from: number, isFileStart: boolean): Line | undefined {
  const last = Math.max(from, at - maxPrefixBytes)
  let start = at
  let indentEnd = at
  for (; start > last && bytes[start - 1] !== newline; start -= 1) {
    if (bytes[start - 1] === comma) indentEnd = start - 1
    else if (!isBlank(bytes[start - 1])) return undefined
  }
  const isStart = start === from ? isFileStart : bytes[start - 1] === newline
  return isStart ? { start, indent: indentEnd - start } : undefined
}

/** Whether a record begins at the brace at `at` as this one does: indented alike, else with the same key. */
function beginsAlike(beginning: Beginning, at: number, end: number): boolean {
  const { bytes, line } = beginning
  if (line === undefined) return hasSameKey(beginning, at, end)
  const other = lineBefore(bytes, at, beginning.at, false)
  return other?.indent === line.indent && (isIndented(beginning) || hasSameKey(beginning, at, end))
}

/** Whether the brace at `at` has the same first key, and it is one that only records begin with. */
function beginsAsRecord(beginning: Beginning, at: number, end: number): boolean {
  return hasSameKey(beginning, at, end) && hasLeadingKey(beginning.bytes, at, end)
}

/** Whether the object at `at` begins with a key that only records begin with. */
export function hasLeadingKey(bytes: Buffer, at: number, end: number): boolean {
  const from = keyStart(bytes, at, end)
  const to = bytes[from] === quote ? stringEnd(bytes, from, Math.min(end, from + maxKeyBytes)) : -1
  return to !== -1 && leadingKeys.has(bytes.toString('latin1', from + 1, to - 1).toLowerCase())
}

/** Whether the object at `at` begins its line, bracket or not, or stands on one of its own with a key only records have. */
function beginsLine(bytes: Buffer, at: number, end: number): boolean {
  const start = bytes[at - 1] === openBracket ? at - 1 : at
  if (bytes[start - 1] === newline) return bytes[skipBlanks(bytes, at + 1, end)] === quote
  return lineBefore(bytes, at, 0, false) !== undefined && hasLeadingKey(bytes, at, end)
}

function hasSameKey({ bytes, at: own }: Beginning, at: number, end: number): boolean {
  let from = keyStart(bytes, own, end)
  let other = keyStart(bytes, at, end)
  if (bytes[from] !== quote) return hasLeadingKey(bytes, at, end) // Its own is damaged.
  for (const last = from + maxKeyBytes; from < last && other < end && bytes[from] === bytes[other]; from += 1) {
    other += 1
    if (bytes[from + 1] === quote) return bytes[other] === quote && other < end
  }
  return false
}

function keyStart(bytes: Buffer, at: number, end: number): number {
  return skipBlanks(bytes, at + 1, Math.min(end, at + decidingBytes - maxKeyBytes))
}

/** Whether what a record holds begins no line as the record itself does: its members share its line, or stand deeper. */
function isIndented({ bytes, at, line }: Beginning): boolean {
  if (line === undefined) return false
  const member = skipBlanks(bytes, at + 1, Math.min(bytes.length, at + decidingBytes))
  const start = bytes.lastIndexOf(newline, member - 1) + 1
  return start <= at || member - start > line.indent
}
