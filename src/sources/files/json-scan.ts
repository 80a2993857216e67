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
import { opensPage } from './json-pages.ts'
import {
  type Beginning,
  beginsAlike,
  beginsAsRecord,
  beginsLine,
  decidingBytes,
  isIndented,
  lineBefore,
} from './json-starts.ts'
import { readJson } from './json-text.ts'

/** What an object is, and where it ends, or a page's records begin; undefined when more bytes must tell. */
export type Scan = { readonly isPage: boolean; readonly end: number } | undefined

const maxDepth = 100
const nothing = -1

/**
 * Finds the end of the object that begins there. A line that is indented as the object is, and begins with a brace, begins
 * the next record. Where indentation tells nothing, valid JSON is never cut, and what is not valid ends where an object
 * inside it has the key that only records begin with, else where one behind the place where it went wrong begins alike.
 */
export function scanObject(view: View, beginning: Beginning): Scan {
  const { bytes, end } = view
  const start = beginning.at
  const closers: number[] = []
  let restart = nothing
  let at = start
  while (at < end) {
    const byte = bytes[at] as number
    if (byte === quote) {
      const stop = stringEnd(bytes, at, end)
      at = stop === -1 ? end : skipBlanks(bytes, stop, end)
      if (at < end && !endsString(bytes[at])) return broken(view, beginning, { restart, from: stop - 1 })
    } else if (byte === openBrace || byte === openBracket) {
      const isMisplaced = at > start && !isExpected(bytes, at, closers.at(-1))
      if (isMisplaced || closers.length === maxDepth) return broken(view, beginning, { restart, from: at })
      if (byte === openBracket && closers.length === 1) {
        const isPage = opensPage(view, start, at)
        if (isPage === undefined) return undefined
        if (isPage) return { isPage, end: at + 1 }
      }
      if (restart === nothing && at > start && byte === openBrace && mayBegin(beginning, closers, at, end)) {
        if (isIndented(beginning)) return rowEnd(view, beginning, at)
        restart = at
      }
      closers.push(byte + 2)
      at += 1
    } else if (byte === closeBrace || byte === closeBracket) {
      if (closers.pop() !== byte) return broken(view, beginning, { restart, from: at })
      at += 1
      if (closers.length > 0) continue
      const isSwallowing = restart !== nothing && typeof readJson(bytes.toString('utf8', start, at)) === 'string'
      return isSwallowing ? rowEnd(view, beginning, restart) : { isPage: false, end: at }
    } else at += 1
  }
  if (!view.isWhole) return undefined
  return rowEnd(view, beginning, restart === nothing ? end : restart)
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

/** Where a broken object ends. `from` is where it went wrong, `restart` where a record may begin before that. */
function broken(view: View, beginning: Beginning, { restart, from }: { restart: number; from: number }): Scan {
  const { bytes, end, isWhole } = view
  if (restart !== nothing) return rowEnd(view, beginning, restart)
  // An open string swallows the next record's brace: its end is that record's first quote.
  const before = skipBlanksBack(bytes, from, beginning.at + 2) - 1
  const first = bytes[from] === quote && bytes[before] === openBrace ? before : from
  for (let at = bytes.indexOf(openBrace, first); at !== -1 && at < end; at = bytes.indexOf(openBrace, at + 1)) {
    if (!isWhole && end - at < decidingBytes) return undefined
    const isInline = beginning.line === undefined
    const begins = beginsAlike(beginning, at, end) || (isInline && beginsLine(bytes, at, end))
    if (begins && at > beginning.at) return rowEnd(view, beginning, at)
  }
  return isWhole ? rowEnd(view, beginning, end) : undefined
}

/** A broken record ends before the white space and the commas that the next one's line begins with. */
function rowEnd({ bytes }: View, { at }: Beginning, restart: number): Scan {
  const line = bytes[restart] === openBrace ? lineBefore(bytes, restart, at, false) : undefined
  return { isPage: false, end: skipBlanksBack(bytes, line?.start ?? restart, at + 1) }
}
