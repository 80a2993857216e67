import { byteOrderMark, comma, isBlank, newline, openBracket, quote, skipBlanks, stringEnd } from './json-bytes.ts'
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

/** Whether the brace at `at` has the same first key, and it is one that only records begin with. */
export function beginsAsRecord(beginning: Beginning, at: number, end: number): boolean {
  return hasSameKey(beginning, at, end) && hasLeadingKey(beginning.bytes, at, end)
}

/** Whether the object at `at` begins with a key that only records begin with. */
export function hasLeadingKey(bytes: Buffer, at: number, end: number): boolean {
  const from = keyStart(bytes, at, end)
  const to = bytes[from] === quote ? stringEnd(bytes, from, Math.min(end, from + maxKeyBytes)) : -1
  return to !== -1 && leadingKeys.has(bytes.toString('latin1', from + 1, to - 1).toLowerCase())
}

/** Whether the object at `at` begins its line, bracket or not, or stands on one of its own with a key only records have. */
export function beginsLine(bytes: Buffer, at: number, end: number): boolean {
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
export function isIndented({ bytes, at, line }: Beginning): boolean {
  if (line === undefined) return false
  const member = skipBlanks(bytes, at + 1, Math.min(bytes.length, at + decidingBytes))
  const start = bytes.lastIndexOf(newline, member - 1) + 1
  return start <= at || member - start > line.indent
}
