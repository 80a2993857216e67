import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import { messageOf } from '../../errors.ts'

const quote = 34
const carriageReturn = 13

/** A row's cells, and its bytes without the line end; or why it has no cells. */
export interface CsvRow {
  readonly original: Buffer
  readonly cells: readonly string[] | undefined
  /** Whether `csvLine` makes the original of the cells. */
  readonly plain: boolean
  readonly reason: string | undefined
}

/**
 * Takes framed rows apart. A row that is broken stands for itself alone; blank lines are no rows.
 *
 * Where there is no quote, there is nothing to parse. The rest is parsed at once, which is much faster than one by one, but
 * then odd quotes can join two rows and part another: so a row's cells count only when they make that row again, else it is
 * parsed alone.
 */
export function* csvRows(bytes: Buffer, ends: readonly number[], delimiter: string): Generator<CsvRow | undefined> {
  const rows = ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end))
  const isText = isUtf8(bytes)
  const quoted = rows.filter((row) => row.includes(quote))
  const all = isText ? tryParse(Buffer.concat(quoted), delimiter) : undefined
  const parsed = Array.isArray(all) && all.length === quoted.length ? all.values() : undefined
  for (const row of rows) {
    const original = withoutLineEnd(row)
    const simple = () => (isText ? original.toString('utf8').split(delimiter) : undefined)
    const cells = row.includes(quote) ? parsed?.next().value : simple()
    if (original.length === 0) yield undefined
    else if (cells !== undefined && makes(cells, original, delimiter)) {
      yield { original, cells, plain: true, reason: undefined }
    } else yield parseAlone(original, delimiter)
  }
}

function makes(cells: readonly string[], original: Buffer, delimiter: string): boolean {
  return csvLine(cells, delimiter) === original.toString('utf8')
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
  const bad = (reason: string): CsvRow => ({ original, cells: undefined, plain: false, reason })
  if (!isUtf8(original)) return bad('not valid UTF-8')
  const rows = tryParse(original, delimiter)
  if (typeof rows === 'string') return bad(rows)
  const [cells] = rows
  if (cells === undefined || rows.length !== 1) return bad(`${rows.length} rows in one`)
  return { original, cells, plain: makes(cells, original, delimiter), reason: undefined }
}

/** The rows, or why they cannot be told apart. */
function tryParse(bytes: Buffer, delimiter: string): string[][] | string {
  try {
    // Quotes inside an unquoted cell are text, as Python's and Excel's readers take them. To look for two line ends at
    // each byte costs a tenth of the parsing, so it is done only where there can be two.
    const record_delimiter = bytes.includes(carriageReturn) ? ['\r\n', '\n'] : '\n'
    return parse(bytes, { delimiter, relax_column_count: true, relax_quotes: true, record_delimiter })
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

function withoutLineEnd(row: Buffer): Buffer {
  let end = row.length
  if (end > 0 && row[end - 1] === 10) end -= 1
  if (end > 0 && row[end - 1] === 13) end -= 1
  return row.subarray(0, end)
}
