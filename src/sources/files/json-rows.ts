import {
  byteOrderMark,
  closeBrace,
  closeBracket,
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
import { skipPageMember } from './json-pages.ts'
import { beginningOf, decidingBytes, hasLeadingKey, scanObject } from './json-scan.ts'

/** Where a row stands. `isPlain` when only separators and white space stand between the row before it and this one. */
export interface Row {
  readonly start: number
  readonly end: number
  readonly isPlain: boolean
  /** Whether the last bracket before it, between records, opens a list; undefined where there is none. */
  readonly isInList: boolean | undefined
}

/** Bytes to find rows in. `offset` is how many came before them, and `isLast` says that none come behind. */
export interface Bytes {
  readonly bytes: Buffer
  readonly offset: number
  readonly isLast: boolean
}

const maxRowBytes = 16 * 1024 * 1024

/**
 * Finds the next row from the end of a row on. It depends on nothing but the bytes behind that, so that reading goes on
 * the same behind any row. An empty row says that there is none up to its end, undefined that more bytes must tell.
 */
export function nextRow(within: Bytes, from: number): Row | undefined {
  const { bytes, offset } = within
  const gap = viewFrom(within, from)
  let isPlain = true
  let isTail = false
  let [isInList, wasInList]: (boolean | undefined)[] = []
  for (let at = from; at < gap.end; ) {
    const byte = bytes[at]
    if (isSeparator(byte)) {
      if (!isBlank(byte) && byte !== comma) isTail = byte === closeBracket || (isTail && byte === closeBrace)
      if (byte === openBracket || byte === closeBracket) {
        wasInList = byte === openBracket ? isInList : false
        isInList = byte === openBracket
      }
      at += 1
      continue
    }
    if (byte === 0xef && !gap.isWhole && at + 3 > gap.end) return undefined
    const mark = byteOrderMark(bytes, at)
    const view = viewFrom(within, at)
    const member: number | undefined = isTail && byte === quote ? skipPageMember(view, at) : undefined
    if (member === -1) return undefined
    if (mark === 0 && member === undefined) {
      const beginning = beginningOf(bytes, at, from, offset + from === 0)
      const isLineStart = beginning.line !== undefined
      const found = byte === openBrace ? scanObject(view, beginning) : scanText(view, at, isLineStart)
      if (found === undefined) return undefined
      // What begins with a bracket and goes on as no record, such as `[INFO]`, opens no list.
      const isRecord = byte === openBrace || byte === quote
      if (!found.isPage) return { start: at, end: found.end, isPlain, isInList: isRecord ? isInList : wasInList }
      at = found.end
      isInList = true
    } else at = member ?? at + mark
    isTail = member !== undefined
    isPlain = false
  }
  return gap.isWhole ? { start: gap.end, end: gap.end, isPlain, isInList } : undefined
}

/** The record inside the bytes of one framed row: separators and white space around it removed. Empty when there is none. */
export function recordBytes(row: Buffer): Buffer {
  let start = 0
  while (start < row.length && (isSeparator(row[start]) || byteOrderMark(row, start) > 0)) {
    start += isSeparator(row[start]) ? 1 : 3
  }
  return row.subarray(start, skipBlanksBack(row, row.length, start))
}

/** What stands between records, and closes the pages they are in. */
function isSeparator(byte: number | undefined): boolean {
  return isBlank(byte) || byte === comma || byte === openBracket || byte === closeBracket || byte === closeBrace
}

function viewFrom({ bytes, isLast }: Bytes, at: number): View {
  const end = Math.min(bytes.length, at + maxRowBytes)
  return { bytes, end, isWhole: isLast || end === at + maxRowBytes }
}

interface Text {
  readonly isPage: false
  readonly end: number
}

function scanText(view: View, at: number, isLineStart: boolean): Text | undefined {
  const { bytes, end, isWhole } = view
  const first = bytes[at] === quote ? skipEscapedBlanks(bytes, at + 1, end) : at
  if (first === end && !isWhole) return undefined
  return first > at && bytes[first] === openBrace ? scanString(view, at) : scanGarbage(view, at, isLineStart)
}

function skipEscapedBlanks(bytes: Buffer, start: number, end: number): number {
  const text = new Set([...'rnt'].map((letter) => letter.charCodeAt(0)))
  let at = skipBlanks(bytes, start, end)
  while (bytes[at] === 92 && at + 1 < end && text.has(bytes[at + 1] as number)) at = skipBlanks(bytes, at + 2, end)
  return bytes[at] === 92 && at + 1 === end ? end : at
}

/** A record written as a string. One that nobody closed ends where the next begins, else with its line. */
function scanString(view: View, start: number): Text | undefined {
  const { bytes, end, isWhole } = view
  const stop = stringEnd(bytes, start, end)
  if ((stop === -1 || stop === end) && !isWhole) return undefined
  const isNext = stop !== -1 && stop < end && bytes[stop] === openBrace
  const isEnd = stop === end || (stop !== -1 && (isSeparator(bytes[stop]) || bytes[stop] === quote))
  if (isEnd) return { isPage: false, end: stop }
  const line = bytes.subarray(start, stop === -1 ? end : stop).indexOf(newline)
  const other = line === -1 ? (stop === -1 ? end : stop) : start + line
  return { isPage: false, end: skipBlanksBack(bytes, isNext ? stop - 1 : other, start + 1) }
}

/** Text that is no record: up to the end of its line, or to where a record begins on it. */
function scanGarbage(view: View, start: number, isLineStart: boolean): Text | undefined {
  const { bytes, end, isWhole } = view
  let at = start + 1
  for (; at < end && bytes[at] !== newline; at += 1) {
    if (bytes[at] !== openBrace) continue
    if (!isWhole && end - at < decidingBytes) return undefined
    // A line may be what is left of a record: then what it holds is not a record.
    if (isLineStart ? hasLeadingKey(bytes, at, end) : bytes[skipBlanks(bytes, at + 1, end)] === quote) break
  }
  if (at === end && !isWhole) return undefined
  const isString = bytes[at] === openBrace && bytes[at - 1] === quote && at - 1 > start
  return { isPage: false, end: skipBlanksBack(bytes, isString ? at - 1 : at, start + 1) }
}
