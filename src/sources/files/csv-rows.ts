import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import { messageOf } from '../../errors.ts'

/** A row's cells, and its text without the line end; or why it has no cells. */
export interface CsvRow {
  readonly original: Buffer
  readonly cells: readonly string[] | undefined
  readonly reason: string | undefined
}

/** Takes framed rows apart. A row that is broken stands for itself alone; blank lines are no rows. */
export function* csvRows(bytes: Buffer, ends: readonly number[], delimiter: string): Generator<CsvRow | undefined> {
  const all = isUtf8(bytes) ? tryParse(bytes, delimiter) : undefined
  // Odd quotes can join two rows and part another, so that only the number of rows is right: each end must be.
  const isAligned = Array.isArray(all) && all.length === ends.length && all.every((row, i) => row.end === ends[i])
  const aligned = isAligned ? all : undefined
  let start = 0
  for (const [i, end] of ends.entries()) {
    const original = bytes.subarray(start, withoutLineEnd(bytes, start, end))
    const cells = aligned?.[i]?.cells
    start = end
    if (original.length === 0) yield undefined
    else if (cells !== undefined) yield { original, cells, reason: undefined }
    else yield parseAlone(original, delimiter)
  }
}

/** The line a CSV writer makes of these cells, quoting only what must be quoted, without the line end. */
export function csvLine(cells: readonly string[], delimiter: string): string {
  let line = ''
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i] as string
    const quoted = cell.includes('"') || cell.includes(delimiter) || cell.includes('\n') || cell.includes('\r')
    line += (i === 0 ? '' : delimiter) + (quoted ? `"${cell.replaceAll('"', '""')}"` : cell)
  }
  return line
}

function parseAlone(original: Buffer, delimiter: string): CsvRow {
  if (!isUtf8(original)) return { original, cells: undefined, reason: 'not valid UTF-8' }
  const rows = tryParse(original, delimiter)
  if (typeof rows === 'string') return { original, cells: undefined, reason: rows }
  if (rows.length !== 1) return { original, cells: undefined, reason: `${rows.length} rows in one` }
  return { original, cells: rows[0]?.cells, reason: undefined }
}

interface ParsedRow {
  readonly cells: string[]
  /** How many bytes are behind it, those of its line end included. */
  readonly end: number
}

/** The rows, or why they cannot be told apart. */
function tryParse(bytes: Buffer, delimiter: string): ParsedRow[] | string {
  try {
    // Quotes inside an unquoted cell are text, as Python's and Excel's readers take them.
    const quotes = { delimiter, relax_column_count: true, relax_quotes: true, record_delimiter: ['\r\n', '\n'] }
    return parse(bytes, { ...quotes, info: true }).map(({ record, info }) => ({ cells: record, end: info.bytes }))
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

function withoutLineEnd(bytes: Buffer, start: number, end: number): number {
  let last = end
  if (last > start && bytes[last - 1] === 10) last -= 1
  if (last > start && bytes[last - 1] === 13) last -= 1
  return last
}
