import {
  byteOrderMark,
  comma,
  isBlank,
  newline,
  openBrace,
  openBracket,
  quote,
  skipBlanks,
  stringEnd,
} from './json-bytes.ts'
import { leadingKeys } from './json-keys.ts'

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
export function lineBefore(bytes: Buffer, at: number, from: number, isFileStart: boolean): Line | undefined {
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
export function beginsAlike(beginning: Beginning, at: number, end: number): boolean {
  const { bytes, line } = beginning
  if (line === undefined) return hasSameKey(beginning, at, end)
  const other = lineBefore(bytes, at, beginning.at, false)
  return other?.indent === line.indent && (isIndented(beginning) || hasSameKey(beginning, at, end))
}

/** Whether this is the first key of records, and the brace at `at` has it too. */
export function beginsAsRecord(beginning: Beginning, at: number, end: number): boolean {
  return hasLeadingKey(beginning.bytes, beginning.at, end) && hasSameKey(beginning, at, end)
}

/** Whether the object at `at` begins with a key that only records begin with. */
export function hasLeadingKey(bytes: Buffer, at: number, end: number): boolean {
  const [from, to] = firstKey(bytes, at, end)
  return leadingKeys.has(bytes.toString('latin1', from, to).toLowerCase())
}

/** Whether the brace at `at` is the first byte of its line, or the first behind a bracket there, and has a key. */
export function beginsLine(bytes: Buffer, at: number, end: number): boolean {
  const start = bytes[at - 1] === openBracket ? at - 1 : at
  return bytes[start - 1] === newline && bytes[skipBlanks(bytes, at + 1, end)] === quote
}

function hasSameKey({ bytes, at: own }: Beginning, at: number, end: number): boolean {
  const [from, to] = firstKey(bytes, own, end)
  const [otherFrom, otherTo] = firstKey(bytes, at, end)
  return to > from && bytes.compare(bytes, from, to, otherFrom, otherTo) === 0
}

/** Where the first key of an object stands; nowhere when it has none, or one too far away. */
function firstKey(bytes: Buffer, at: number, end: number): readonly [number, number] {
  const last = Math.min(end, at + decidingBytes)
  const from = bytes[at] === openBrace ? skipBlanks(bytes, at + 1, last) : last
  const to = bytes[from] === quote ? stringEnd(bytes, from, last) : -1
  return to === -1 ? [at, at] : [from + 1, to - 1]
}

/** Whether what a record holds begins no line as the record itself does: its members share its line, or stand deeper. */
export function isIndented({ bytes, at, line }: Beginning): boolean {
  if (line === undefined) return false
  const member = skipBlanks(bytes, at + 1, Math.min(bytes.length, at + decidingBytes))
  const start = bytes.lastIndexOf(newline, member - 1) + 1
  return start <= at || member - start > line.indent
}
