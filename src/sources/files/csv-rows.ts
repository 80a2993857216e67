import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import { messageOf } from '../../errors.ts'
import { maxRowBytes } from './frames.ts'
import type { Cells } from './shapes/shape.ts'

/** Where a row stands without its line end, and its cells or why it has none. */
export interface CsvRow {
  readonly start: number
  readonly end: number
  readonly cells: readonly string[] | string
}

/** What is said of a row in another encoding. */
export const notUtf8 =
  'not valid UTF-8: import it into a new case with --encoding, or save the file as UTF-8 and import that too'

/** Takes framed rows apart. A row that is broken stands for itself alone; blank lines are no rows. */
export function* csvRows(bytes: Buffer, ends: readonly number[], delimiter: string): Generator<CsvRow | undefined> {
  const isText = isUtf8(bytes)
  let start = 0
  for (const end of ends) {
    const last = lineEnd(bytes, start, end)
    if (last > start && bytes[start] === newline) start += 1 // Where lines end in a carriage return, that before had a newline too.
    const isRead = isText || isUtf8(bytes.subarray(start, last))
    const cells = isRead ? csvCells(bytes.toString('utf8', start, last), delimiter) : notUtf8
    yield last === start ? undefined : { start, end: last, cells }
    start = end
  }
}

/** The cells of one row without its line end, or why there are none. */
export function csvCells(row: string, delimiter: string): string[] | string {
  return cellsByRules(row, delimiter) ?? parseAlone(row, delimiter)
}

/**
 * The cells of a row written by the rules (RFC 4180), which leave no doubt; undefined when it breaks them. Nearly all rows keep them, and
 * this is several times as fast as the library, which is left with those that people and tools wrote otherwise.
 */
export function cellsByRules(line: string, delimiter: string): string[] | undefined {
  const cells: string[] = []
  let row: RowBytes | undefined
  for (let at = 0; ; at += 1) {
    const start = at + 1
    const first = line.charCodeAt(at) === quote ? line.indexOf('"', start) : undefined
    if (first === -1) return undefined
    if (first === undefined) at = takePlain(cells, line, at, delimiter)
    else if (line.charCodeAt(first + 1) === quote) {
      row ??= rowBytes(line)
      at = takeDoubled(cells, line, start, row)
    } else at = takeQuoted(cells, line, start, first)
    if (at === -1) return undefined
    if (at === line.length) return cells
    if (!line.startsWith(delimiter, at)) return undefined
  }
}

const quote = 34

// Each of these takes a cell, and gives where it ends, or -1 where it breaks the rules.

function takePlain(cells: string[], line: string, start: number, delimiter: string): number {
  const next = line.indexOf(delimiter, start)
  const end = next === -1 ? line.length : next
  const cell = line.slice(start, end)
  cells.push(cell)
  return cell.includes('"') ? -1 : end
}

function takeQuoted(cells: string[], line: string, start: number, closing: number): number {
  cells.push(line.slice(start, closing))
  return closing + 1
}

/** Bytes, and a view of them. */
interface Room {
  readonly bytes: Buffer
  readonly words: DataView
}

/** A row as UTF-8, room for a cell of it, and at which byte of the row a character stands, up to which all was read. */
interface RowBytes {
  readonly source: Room
  readonly length: number
  readonly target: Room
  at: number
  byte: number
}

/** Of each byte the lowest bit, and the highest; and a quote in each. */
const [ones, signs, quotes] = [0x01010101, 0x80808080, 0x22222222] as const

/**
 * One that has two quotes for each. JSON has hundreds of them: copying a row's bytes four at a time costs a fraction of looking for each.
 */
function takeDoubled(cells: string[], line: string, start: number, row: RowBytes): number {
  const { source, target, length } = row
  const first = row.byte + Buffer.byteLength(line.slice(row.at, start))
  let next = first
  let end = 0
  for (;;) {
    const word = source.words.getInt32(next, true)
    target.words.setInt32(end, word, true)
    const others = word ^ quotes
    // The lowest bit that is set is the highest of the first byte that is a quote.
    const found = (others - ones) & ~others & signs
    if (found === 0) {
      next += 4
      end += 4
      continue
    }
    const before = (31 - Math.clz32(found & -found)) >>> 3
    next += before + 1
    end += before
    if (next >= length || source.bytes[next] !== quote) break
    next += 1 // One quote stands for the two.
    end += 1
  }
  if (next > length) return -1 // It was the quote behind the row.
  const cell = target.bytes.toString('utf8', 0, end)
  cells.push(cell)
  row.at = start + cell.length + next - first - end
  row.byte = next
  return row.at
}

/** A whole word is read and written where a row ends. */
const wordBytes = 8
const usual = { source: roomOf(256 * 1024), target: roomOf(256 * 1024) } as const

/** A row as UTF-8 with a quote behind it, until the next one is asked for. */
function rowBytes(line: string): RowBytes {
  const { source, target } = line.length * 3 + wordBytes <= usual.source.bytes.length ? usual : roomsFor(line)
  const length = source.bytes.write(line)
  source.bytes[length] = quote
  source.bytes[length + 1] = 0
  return { source, length, target, at: 0, byte: 0 }
}

function roomsFor(line: string): Pick<RowBytes, 'source' | 'target'> {
  const bytes = Buffer.byteLength(line) + wordBytes
  return { source: roomOf(bytes), target: roomOf(bytes) }
}

function roomOf(length: number): Room {
  const bytes = Buffer.allocUnsafeSlow(length)
  return { bytes, words: new DataView(bytes.buffer) }
}

/** A row's cells by column; those that it has not are empty. */
export function byColumn(columns: readonly string[], cells: readonly string[]): Cells {
  const named: Record<string, string> = {}
  for (let i = 0; i < columns.length; i += 1) named[columns[i] as string] = cells[i] ?? ''
  return named
}

/** The cells of a row that breaks the rules, or why there are none. */
function parseAlone(row: string, delimiter: string): string[] | string {
  try {
    // Quotes inside an unquoted cell are text, as Python's and Excel's readers take them.
    const options = { delimiter, relax_column_count: true, relax_quotes: true, record_delimiter: ['\r\n', '\n'] }
    const rows: string[][] = parse(row, options)
    const [cells] = rows
    return cells === undefined || rows.length !== 1 ? `${rows.length} rows in one` : cells
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (code === notClosed && Buffer.byteLength(row) > maxRowBytes) return tooLong
    return reasons[code] ?? messageOf(error)
  }
}

const notClosed = 'CSV_QUOTE_NOT_CLOSED'
const tooLong =
  'longer than a row may be (16 MB), or a quote in it is opened and not closed: what follows up to the end of the line is rejected too'

/** csv-parse's messages quote the cell; a reason must not. */
const reasons: Readonly<Record<string, string>> = {
  [notClosed]: 'a quote is opened and not closed',
  CSV_INVALID_CLOSING_QUOTE: 'text after a closing quote',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'text after a closing quote',
  INVALID_OPENING_QUOTE: 'a quote inside an unquoted cell',
}

const [newline, carriageReturn] = [10, 13] as const

/**
 * Where a row ends whose line end stands before `end`, if it has one: on Windows, Python's `csv` often ends lines in two carriage returns and a newline,
 * and where lines end in a carriage return alone, the last may have a newline behind it.
 */
export function lineEnd(bytes: Buffer, start: number, end: number): number {
  let last = end
  while (last > start && (bytes[last - 1] === newline || bytes[last - 1] === carriageReturn)) last -= 1
  return last
}
