import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import { messageOf } from '../../errors.ts'
import type { Cells } from './shapes/shape.ts'

/** Where a row stands without its line end, and its cells or why it has none. */
export interface CsvRow {
  readonly start: number
  readonly end: number
  readonly cells: readonly string[] | string
}

/** Excel's plain CSV is in the code page of whoever saved it, which nothing in it tells. */
const notUtf8 = 'not valid UTF-8: save the file as UTF-8, and import that too'

/** Takes framed rows apart. A row that is broken stands for itself alone; blank lines are no rows. */
export function* csvRows(bytes: Buffer, ends: readonly number[], delimiter: string): Generator<CsvRow | undefined> {
  const isText = isUtf8(bytes)
  let start = 0
  for (const end of ends) {
    const last = lineEnd(bytes, start, end)
    const isRead = isText || isUtf8(bytes.subarray(start, last))
    const cells = isRead ? csvCells(bytes.toString('utf8', start, last), delimiter) : notUtf8
    yield last === start ? undefined : { start, end: last, cells }
    start = end
  }
}

/** The cells of one row without its line end, or why there are none. */
export function csvCells(row: string, delimiter: string): string[] | string {
  return split(row, delimiter) ?? parseAlone(row, delimiter)
}

/**
 * The cells of a row written by the rules (RFC 4180), which leave no doubt; undefined when it breaks them. Nearly all rows keep them, and
 * this is several times as fast as the library, which is left with those that people and tools wrote otherwise.
 */
function split(line: string, delimiter: string): string[] | undefined {
  const cells: string[] = []
  let bytes: Buffer | undefined
  for (let at = 0; ; at += 1) {
    const start = at + 1
    const first = line.charCodeAt(at) === quote ? line.indexOf('"', start) : undefined
    if (first === -1) return undefined
    if (first === undefined) at = takePlain(cells, line, at, delimiter)
    else if (line.charCodeAt(first + 1) === quote) {
      bytes ??= bytesOf(line)
      at = takeDoubled(cells, line, start, bytes)
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

/** One that has two quotes for each. JSON has hundreds of them: to go through a row's bytes costs half of looking for each. */
function takeDoubled(cells: string[], line: string, start: number, bytes: Buffer): number {
  if (bytes.length === line.length) return takeAscii(cells, bytes, start)
  const closing = closingQuote(line, start)
  if (closing === -1) return -1
  cells.push(undoubled(line.slice(start, closing)))
  return closing + 1
}

/** The same of a row whose bytes stand where its characters do; what is behind the cell stays as it is. */
function takeAscii(cells: string[], bytes: Buffer, start: number): number {
  let end = start
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    if (byte === quote) {
      at += 1
      if (bytes[at] !== quote) {
        cells.push(bytes.toString('latin1', start, end))
        return at
      }
    }
    bytes[end] = byte
    end += 1
  }
  return -1
}

const scratch = Buffer.allocUnsafeSlow(256 * 1024)

/** A row as UTF-8, until the next one is asked for. */
function bytesOf(line: string): Buffer {
  return line.length * 3 <= scratch.length ? scratch.subarray(0, scratch.write(line)) : Buffer.from(line)
}

function closingQuote(line: string, from: number): number {
  let end = line.indexOf('"', from)
  while (end !== -1 && line.charCodeAt(end + 1) === quote) end = line.indexOf('"', end + 2)
  return end
}

const shortest = 100

/**
 * A quoted cell with one quote for two. JSON in a cell has hundreds of them, each of which would be a piece of its own in what
 * `replaceAll` puts together: in bytes it takes a third of the time.
 */
function undoubled(cell: string): string {
  if (cell.length < shortest || cell.length * 3 > scratch.length) return cell.replaceAll('""', '"')
  const length = scratch.write(cell)
  let end = 0
  for (let at = 0; at < length; at += 1) {
    const byte = scratch[at] as number
    scratch[end] = byte
    end += 1
    if (byte === quote) at += 1
  }
  return scratch.toString('utf8', 0, end)
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
    return reasons[(error as { code?: string }).code ?? ''] ?? messageOf(error)
  }
}

/** csv-parse's messages quote the cell; a reason must not. */
const reasons: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and not closed',
  CSV_INVALID_CLOSING_QUOTE: 'text after a closing quote',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'text after a closing quote',
  INVALID_OPENING_QUOTE: 'a quote inside an unquoted cell',
}

const [newline, carriageReturn] = [10, 13] as const

/** Where a row ends whose line end stands before `end`, if it has one. */
function lineEnd(bytes: Buffer, start: number, end: number): number {
  let last = end
  if (last > start && bytes[last - 1] === newline) last -= 1
  if (last > start && bytes[last - 1] === carriageReturn) last -= 1
  return last
}
