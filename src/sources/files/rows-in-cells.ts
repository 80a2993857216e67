import type { CsvFormat } from '../../entry.ts'
import { cellsByRules, csvCells } from './csv-rows.ts'

type Layout = Pick<CsvFormat, 'columns' | 'delimiter' | 'sheetDelimiter'>

/** What a row is taken apart by first. */
export function outerDelimiter({ delimiter, sheetDelimiter = delimiter }: Layout): string {
  return sheetDelimiter
}

/** The cells of a row, from those that it has by its outer delimiter; or why there are none. */
export function innerCells(layout: Layout, cells: readonly string[] | string): readonly string[] | string {
  if (layout.sheetDelimiter === undefined || typeof cells === 'string') return cells
  return readRow(cells, layout.sheetDelimiter, layout)
}

/**
 * By what the cells of a sheet are parted of which each holds a row, or pieces of one: so a spreadsheet saves what it did not take apart when it
 * was opened, for its language has another delimiter, or when it was pasted. Undefined where the first rows are rows as they are.
 */
export function sheetDelimiterOf(
  behindHeader: Buffer,
  layout: Layout,
  delimiters: readonly string[],
): string | undefined {
  const lines = behindHeader
    .toString('utf8', 0, mostBytes)
    .split(/\r?\n/, firstLines)
    .filter((line) => line !== '')
  const isRow = (cells: readonly string[] | string) =>
    typeof cells === 'object' && cells.length === layout.columns.length
  if (lines.some((line) => isRow(csvCells(line, layout.delimiter)))) return undefined
  return delimiters.find((outer) =>
    lines.some((line) => {
      const cells = cellsByRules(line, outer) // Spreadsheets write by the rules.
      return cells !== undefined && isRow(readRow(cells, outer, layout))
    }),
  )
}

const [mostBytes, firstLines] = [128 * 1024, 20] as const

/** What a line holds of which one cell holds all. */
export function linesInCells(line: string, delimiters: readonly string[]): string[] {
  const rows = delimiters.map((outer) => cellsByRules(line, outer)).filter((cells) => cells !== undefined)
  const alone = rows.filter((cells) => cells.slice(1).every((cell) => cell === '')).map(([cell = '']) => cell.trim())
  return [...new Set(alone)].filter((cell) => cell !== line)
}

const mostOfCell = 32_767
const quotes = ['"', '""']

/**
 * The columns of the line of which cells hold the pieces. Of one that a spreadsheet cut off at its limit, the quote that is missing is put behind what
 * is left: what stood in further cells is none of that, and the columns behind are empty.
 */
function readRow(pieces: readonly string[], outer: string, { columns, delimiter }: Layout): readonly string[] | string {
  const cut = pieces.findIndex((piece) => piece.length === mostOfCell)
  const last = cut === -1 ? pieces.findLastIndex((piece) => piece !== '') : cut
  const line = pieces.slice(0, last + 1).join(outer)
  const read = csvCells(line, delimiter)
  if (cut === -1) return read
  const closed = [read, ...quotes.map((quote) => csvCells(line + quote, delimiter))].find(
    (cells) => typeof cells === 'object',
  )
  if (closed === undefined || closed.length > columns.length) return read
  return [...closed, ...Array<string>(columns.length - closed.length).fill('')]
}
