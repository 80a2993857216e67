import type { Json } from '../../activity.ts'
import { ownBytes } from '../../bytes/own-bytes.ts'
import type { Block, Position } from './frames.ts'
import { byteOrderMark, openBrace, openBracket, quote, skipBlanks, skipBlanksBack } from './json-bytes.ts'
import { nextRow, type Row, recordBytes } from './json-rows.ts'
import { readJson } from './json-text.ts'

export { recordBytes } from './json-rows.ts'

/** White space of more bytes than these is no part of a row. */
const maxGapBytes = 4096

/**
 * Cuts JSON into blocks of whole records, whatever holds them: lines, lists, lists in lists, pages. A row is a record and the
 * separators before it; what is neither is a row too. Rows are numbered from 1, and a broken record is one of them. `onEnd` hears whether
 * a list is open still, where `from` says whether one was.
 */
export async function* frameRecords(
  chunks: AsyncIterable<Buffer>,
  from: Position,
  onEnd: (isInList: boolean) => void = () => {},
): AsyncGenerator<Block> {
  let position = from
  let pending: Buffer = Buffer.alloc(0)
  let waiting: Buffer[] = []
  let waitingBytes = 0
  for await (const chunk of chunks) {
    waitingBytes += chunk.length
    // What did not hold a whole record is looked at again when it has doubled: so all of it is looked at twice, not more.
    if (waitingBytes < pending.length) {
      waiting.push(Buffer.from(chunk))
      continue
    }
    const cut = cutRows(joined([pending, ...waiting, chunk]), position, false)
    waiting = []
    waitingBytes = 0
    pending = Buffer.from(cut.rest) // The chunk goes when the next one is asked for.
    position = cut.next
    if (cut.block !== undefined) yield cut.block
  }
  const { block, next } = cutRows(joined([pending, ...waiting]), position, true)
  onEnd(next.isInList === true)
  if (block !== undefined) yield block
}

/** A view of a single part is enough here: what leaves is copied into bytes of its own. */
function joined(parts: readonly Buffer[]): Buffer {
  const filled = parts.filter(({ length }) => length > 0)
  return filled.length === 1 ? (filled[0] as Buffer) : Buffer.concat(filled)
}

interface Cut {
  readonly block: Block | undefined
  readonly next: Position
  readonly rest: Buffer
}

/** Cuts all whole rows off the bytes. What stands between them and belongs to pages is left out of the block. */
function cutRows(bytes: Buffer, from: Position, isLast: boolean): Cut {
  const parts: Buffer[] = []
  const ends: number[] = []
  const within = { bytes, offset: from.offset, isLast }
  let [at, partStart, length] = [0, 0, 0]
  let { isInList } = from
  while (at < bytes.length) {
    const row = nextRow(within, at)
    if (row === undefined) break
    const isEmpty = row.end === row.start
    const isJoined = !isEmpty && row.isPlain && row.start - at <= maxGapBytes
    if (!isJoined) {
      parts.push(bytes.subarray(partStart, at))
      partStart = row.start
    }
    length += row.end - (isJoined ? at : row.start)
    if (!isEmpty) ends.push(length)
    isInList = row.isInList ?? isInList
    at = row.end
  }
  const place = { offset: from.offset + at, row: from.row + ends.length }
  const next = from.isInList === undefined ? place : { ...place, isInList }
  const rest = bytes.subarray(at)
  if (ends.length === 0) return { block: undefined, next, rest }
  parts.push(bytes.subarray(partStart, at))
  return { block: { bytes: ownBytes(parts), ends, firstRow: from.row, next }, next, rest }
}

/** What the beginning of a file says of its records. `first` is null when there are none as far as it goes. */
export interface JsonSurvey {
  /** Where reading begins: behind the brackets and the page's members before the first record. */
  readonly start: Position
  /** Whether a list opens there. */
  readonly opensList: boolean
  readonly first: Json
  /** Those behind the first one, as far as the beginning goes; read as they are asked for. */
  readonly others: Iterable<Json>
}

/** What the beginning of a file says of its records, or undefined when it is no JSON. */
export function surveyJson(head: Buffer): JsonSurvey | undefined {
  if (!looksLikeJson(head)) return undefined
  let start: number | undefined
  for (const { row, value } of rowsIn(head, 0)) {
    start ??= startOf(head, row.start)
    if (value !== undefined) {
      const opensList = head[skipBlanksBack(head, start, 0) - 1] === openBracket
      return { start: { offset: start, row: 1 }, opensList, first: value, others: valuesIn(head, row.end) }
    }
  }
  return start === undefined ? { start: { offset: 0, row: 1 }, opensList: false, first: null, others: [] } : undefined
}

/** The same of a text that begins in the middle of a record, as parts of a split file do: behind what can be left of one the next has to follow at once. */
export function surveyTorn(head: Buffer): JsonSurvey | undefined {
  const rest: Row[] = []
  const textOf = ({ start }: Row, end: number) => head.toString('utf8', start, end).trim()
  for (const { row, value } of rowsIn(head, 0)) {
    if (value !== undefined && !isText(value)) {
      const lines = rest.map((one, i) => textOf(one, rest[i + 1]?.start ?? row.start))
      if (!isRestOfRecord(lines)) return undefined
      return { start: { offset: 0, row: 1 }, opensList: false, first: value, others: valuesIn(head, row.end) }
    }
    if (rest.length > 0 && !isLineOfRecord.test(textOf(row, row.end))) return undefined
    rest.push(row)
  }
  return undefined
}

/** Whether it is a text that holds no record. */
const isText = (value: Json) => typeof value === 'string' && !/^\s*\{/.test(value)

/** One member of a record, or one value of a list in it. */
const isLineOfRecord = /^(?:"(?:[^"\\]|\\.)*"\s*:.*|(?:"(?:[^"\\]|\\.)*"|[\w.+-]+),?)$/

/** Whether lines can be what is left of a record, each with the brackets behind it: its end, or members of it. */
function isRestOfRecord([first = '', ...lines]: readonly string[]): boolean {
  if (lines.length === 0 && /"[^"]*\}[\s,\]]*$/.test(first)) return true
  return /(?:["\d[\]{}]|true|false|null),?$/.test(first) && [first, ...lines].some((line) => /^"[^"]*"\s*:/.test(line))
}

function* valuesIn(head: Buffer, from: number): Generator<Json> {
  for (const { value } of rowsIn(head, from)) if (value !== undefined) yield value
}

/** The rows of the beginning of a file, each with the record that it is, if it is one. */
function* rowsIn(head: Buffer, from: number): Generator<{ row: Row; value: Json | undefined }, undefined> {
  for (let at = from; at < head.length; ) {
    const row = nextRow({ bytes: head, offset: 0, isLast: true }, at)
    if (row === undefined) return
    at = row.end
    if (row.end === row.start) continue
    const json = readJson(recordBytes(head.subarray(row.start, row.end)).toString('utf8'))
    yield { row, value: typeof json !== 'string' && isRecord(json.value) ? json.value : undefined }
  }
}

/** A CSV may begin with a quote, and an INI file with a bracket: what follows them tells. */
function looksLikeJson(head: Buffer): boolean {
  const at = skipBlanks(head, byteOrderMark(head, 0), head.length)
  const next = head[skipBlanks(head, at + 1, head.length)]
  return beginnings.get(head[at] ?? -1)?.includes(String.fromCharCode(next ?? 0)) ?? false
}

const beginnings: ReadonlyMap<number, string> = new Map([
  [openBrace, '"}'],
  [openBracket, '[{"]'],
  [quote, '{\\'],
])

/** The white space before a record belongs to it: it tells how the lines of its file begin. */
function startOf(head: Buffer, at: number): number {
  const start = skipBlanksBack(head, at, 0)
  return start === byteOrderMark(head, 0) ? 0 : start
}

/** Records are objects, or strings that hold one. */
function isRecord(value: Json): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null)
}
