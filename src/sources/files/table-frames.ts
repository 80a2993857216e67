import { isObject, type Json } from '../../activity.ts'
import { type OwnBytes, ownBytes } from '../../bytes/own-bytes.ts'
import type { Block, Position } from './frames.ts'
import { closeBracket, comma, openBrace, openBracket, skipBlanks, skipBlanksBack, type View } from './json-bytes.ts'
import { nestEnd } from './json-pages.ts'
import { readJson } from './json-text.ts'
import { member } from './shapes/members.ts'
import type { ReadRecord } from './shapes/shape.ts'

/**
 * What the beginning of an answer of Log Analytics' API says of its rows: `{"tables":[{"columns":[{"name":…}],"rows":[[…],…]}]}`.
 * Kusto's has the same with capitals.
 */
export interface TableSurvey {
  /** The columns, in the order of each row's values. */
  readonly names: readonly string[]
  /** Behind the bracket that opens the rows. */
  readonly start: Position
  /** The rows that the beginning has, of the last one maybe a part only. */
  readonly rows: readonly string[]
}

/** What the beginning of a file says of its table; undefined where it has none. */
export function surveyTable(head: Buffer): TableSurvey | undefined {
  const opened = /"rows"\s*:\s*\[/i.exec(head.toString('latin1'))
  if (opened === null) return undefined
  const offset = opened.index + opened[0].length
  const answer = readJson(`${head.toString('utf8', 0, offset)}]}]}`)
  if (typeof answer === 'string' || answer.truncated || !isObject(answer.value)) return undefined
  const tables = member(answer.value, 'tables')
  const [table] = Array.isArray(tables) && tables.length === 1 ? tables : []
  const columns = isObject(table) ? member(table, 'columns') : undefined
  const names = Array.isArray(columns) ? columns.map(nameOf) : []
  if (names.length === 0 || names.includes('')) return undefined
  const rows = head.subarray(offset)
  return { names, start: { offset, row: 1 }, rows: texts(rows, rowsIn(rows, true, names.length).ends) }
}

function nameOf(column: Json): string {
  const name = isObject(column) ? (member(column, 'name') ?? member(column, 'ColumnName')) : undefined
  return typeof name === 'string' ? name : ''
}

function texts(bytes: Buffer, ends: readonly number[]): string[] {
  return ends.map((end, i) => listBytes(bytes.subarray(ends[i - 1] ?? 0, end)).toString('utf8'))
}

const maxRowBytes = 16 * 1024 * 1024

/**
 * Cuts a table's rows into blocks. What stands behind its last row and tells more than that the answer ends is a row too, and so is what
 * stands between them and is none. `onCut` is called where the text ends before the rows do.
 */
export async function* frameTable(
  chunks: AsyncIterable<Buffer>,
  from: Position,
  columns: number,
  onCut: () => void = () => {},
): AsyncGenerator<Block> {
  let place = from
  let pending = ownBytes([])
  const cut = (ends: readonly number[], isOpen: boolean): Block => {
    const end = ends.at(-1) ?? 0
    const next = { offset: place.offset + end, row: place.row + ends.length, isInList: isOpen }
    const block = { bytes: pending.subarray(0, end), ends, firstRow: place.row, next }
    pending = ownBytes([pending.subarray(end)]) // The block's may leave for another thread.
    place = next
    return block
  }
  let looked = 0
  for await (const chunk of chunks) {
    pending = ownBytes([pending, chunk])
    // What did not hold a whole row is looked at again when it has doubled.
    if (pending.length < 2 * looked && pending.length <= maxRowBytes) continue
    const { ends, isOpen } = framed(pending, place, false, columns)
    if (ends.length > 0) yield cut(ends, true)
    else if (pending.length > maxRowBytes) yield cut([pending.length], isOpen)
    looked = pending.length
  }
  const { ends, isOpen } = framed(pending, place, true, columns)
  if (ends.length > 0) yield cut(ends, isOpen)
  if (isOpen) onCut()
  else if (tellsMore(pending)) yield cut([pending.length], false)
}

interface Rows {
  readonly ends: readonly number[]
  /** Whether more rows may follow. */
  readonly isOpen: boolean
}

/** Behind the table there are none. */
function framed(bytes: OwnBytes, { isInList = true }: Position, isLast: boolean, columns: number): Rows {
  return isInList ? rowsIn(bytes, isLast, columns) : { ends: [], isOpen: false }
}

/** Where the rows end that the bytes have whole; what is left of one counts when nothing follows. */
function rowsIn(bytes: Buffer, isLast: boolean, columns: number): Rows {
  const ends: number[] = []
  for (let at = 0; ; ) {
    const start = rowStart(bytes, at)
    if (start === bytes.length) return { ends, isOpen: true }
    if (bytes[start] === closeBracket) return { ends, isOpen: !isLast && behindBracket(bytes, start) === bytes.length }
    const isNest = bytes[start] === openBracket || bytes[start] === openBrace
    const end = isNest ? nestedEnd(bytes, start, isLast, columns) : wordsEnd(bytes, start)
    if (end === undefined || (end === bytes.length && !isNest)) {
      return { ends: isLast ? [...ends, bytes.length] : ends, isOpen: true }
    }
    ends.push(end)
    at = end
  }
}

/** Where the row behind a broken one is looked for first: were it looked for in all there is, many broken rows would take hours. */
const nearBytes = 16 * 1024
/** What is a row to look at and stands inside a text is no sign of a broken one. */
const mostInside = 20

/** Where a row ends; undefined when more bytes must tell. One that is broken ends where one of as many values as there are columns begins inside. */
function nestedEnd(bytes: Buffer, start: number, isLast: boolean, columns: number): number | undefined {
  const near = Math.min(bytes.length, start + nearBytes)
  const found = endBefore({ bytes, end: near, isWhole: isLast || near < bytes.length }, start, columns)
  if (found !== undefined || (!isLast && bytes.length - start <= maxRowBytes)) return found
  return endBefore({ bytes, end: bytes.length, isWhole: true }, start, columns)
}

function endBefore({ bytes, end: limit, isWhole }: View, start: number, columns: number): number | undefined {
  const end = nestEnd(bytes, start, limit)
  let [inside, isOpen] = [0, false]
  for (let at = rowAfter(bytes, start, end ?? limit); at !== -1; at = rowAfter(bytes, at, end ?? limit)) {
    if (inside === 0 && !isOpen && end !== undefined && isRow(bytes, start, end, columns)) return end
    const next = nestEnd(bytes, at, limit)
    isOpen ||= next === undefined
    if (next === undefined || !isRow(bytes, at, next, columns)) continue
    const stop = skipBlanksBack(bytes, skipBlanksBack(bytes, at, start) - 1, start)
    if (end !== undefined || isOver(bytes, start, stop, columns)) return stop
    inside += 1
    if (inside === mostInside) break
  }
  return isOpen && !isWhole ? undefined : end
}

/** The next bracket behind a comma, or -1. */
function rowAfter(bytes: Buffer, from: number, end: number): number {
  let at = bytes.indexOf(openBracket, from + 1)
  while (at !== -1 && at < end && bytes[skipBlanksBack(bytes, at, from) - 1] !== comma)
    at = bytes.indexOf(openBracket, at + 1)
  return at < end ? at : -1
}

/** Whether a row that goes on behind `end` is broken before, or has all its values by then. */
function isOver(bytes: Buffer, start: number, end: number, columns: number): boolean {
  const list = readJson(bytes.toString('utf8', start, end))
  return typeof list === 'string' || (Array.isArray(list.value) && list.value.length >= columns)
}

function isRow(bytes: Buffer, start: number, end: number, columns: number): boolean {
  const list = readJson(bytes.toString('utf8', start, end))
  return typeof list !== 'string' && Array.isArray(list.value) && list.value.length === columns
}

/** A bracket that another row follows does not close the rows: it is what is left of one that is broken. */
function rowStart(bytes: Buffer, from: number): number {
  let at = skipBlanks(bytes, from, bytes.length)
  while (bytes[at] === comma || (bytes[at] === closeBracket && bytes[behindBracket(bytes, at)] === openBracket))
    at = skipBlanks(bytes, at + 1, bytes.length)
  return at
}

/** The first place behind a bracket that is neither white space nor a comma. */
function behindBracket(bytes: Buffer, at: number): number {
  const next = skipBlanks(bytes, at + 1, bytes.length)
  return bytes[next] === comma ? skipBlanks(bytes, next + 1, bytes.length) : next
}

/** What is no row ends where one may begin, or where the rows end: what is left of one that is longer than a row may be is one piece. */
function wordsEnd(bytes: Buffer, start: number): number {
  let at = start
  while (at < bytes.length && bytes[at] !== openBracket && bytes[at] !== closeBracket) at += 1
  return at
}

/** Whether what stands behind the rows is more than the answer's end and what describes it: a further table, or an error. */
function tellsMore(bytes: Buffer): boolean {
  const rest = bytes.toString('utf8')
  const answer = readJson(`{"tables":[{"rows":[${rest}`)
  if (typeof answer === 'string' || answer.truncated || !isObject(answer.value)) return rest.trim() !== ''
  const { tables = null, error = null } = answer.value
  const others = (Array.isArray(tables) ? tables : []).filter(isObject).map((table) => member(table, 'rows'))
  return error !== null || others.some((rows) => Array.isArray(rows) && rows.length > 0)
}

const notARow = 'no row of the table: what the service says beside it, such as an error or a further table'

/** A row without what separates it from others. */
export function listBytes(row: Buffer): Buffer {
  const start = rowStart(row, 0)
  return row.subarray(start, skipBlanksBack(row, row.length, start))
}

/** The record that a row's text is under these names, or why it is none. */
export function listRecord(text: string, names: readonly string[]): ReadRecord | string {
  if (!text.startsWith('[')) return notARow
  const list = readJson(text)
  if (typeof list === 'string') return list
  const { value: values, truncated } = list
  if (!Array.isArray(values)) return notARow
  if (values.length > names.length || (values.length < names.length && !truncated)) {
    return `${values.length} values where the table has ${names.length} columns`
  }
  return { record: Object.fromEntries(values.map((value, i) => [names[i] as string, value])), truncated }
}
