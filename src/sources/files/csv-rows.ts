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
  for (let at = 0; ; at += 1) {
    const end = line.charCodeAt(at) === quote ? takeQuoted(cells, line, at) : takePlain(cells, line, at, delimiter)
    if (end === -1) return undefined
    at = end
    if (at === line.length) return cells
    if (!line.startsWith(delimiter, at)) return undefined
  }
}

const quote = 34

/** Takes the cell that begins at `from`; gives where it ends, or -1 where it breaks the rules. */
function takePlain(cells: string[], line: string, from: number, delimiter: string): number {
  const next = line.indexOf(delimiter, from)
  const end = next === -1 ? line.length : next
  const cell = line.slice(from, end)
  cells.push(cell)
  return cell.includes('"') ? -1 : end
}

const scratch = Buffer.allocUnsafeSlow(256 * 1024)

/** The same of one in quotes, with one quote for two: with those that stand around it, but for a closing one that is missing. */
function takeQuoted(cells: string[], line: string, from: number): number {
  const start = from + 1
  const first = line.indexOf('"', start)
  if (first === -1) return -1
  if (line.charCodeAt(first + 1) === quote) return takeDoubled(cells, line, start)
  cells.push(line.slice(start, first))
  return first + 1
}

/** JSON in a cell has hundreds of quotes: to go through its bytes once costs half of looking for each of them. */
function takeDoubled(cells: string[], line: string, start: number): number {
  const rest = line.slice(start)
  const fits = rest.length * 3 <= scratch.length
  const bytes = fits ? scratch : Buffer.from(rest)
  const length = fits ? scratch.write(rest) : bytes.length
  const encoding = length === rest.length ? 'latin1' : 'utf8' // ASCII is read fastest as the former.
  let end = 0
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] as number
    if (byte === quote) {
      at += 1
      if (at === length || bytes[at] !== quote) {
        cells.push(bytes.toString(encoding, 0, end))
        return line.length - (encoding === 'latin1' ? length - at : bytes.toString(encoding, at, length).length)
      }
    }
    bytes[end] = byte
    end += 1
  }
  return -1
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
