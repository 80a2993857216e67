import { visible } from '../visible.ts'
import { noneFound, number, shortened } from '../words.ts'
import { widthOf } from '../wrapped.ts'

const mostRows = 15

/** A column of a table for a terminal: what stands over it, and what it shows of a row; false for one that this table does without. */
export type Column<Row> = readonly [head: string, cell: (row: Row) => string | number] | false

/** How wide a table may be, and what it does without where that is too narrow, by what stands over it: the least needed first. */
export interface Fit {
  readonly columns: number | undefined
  readonly spare: readonly string[]
  /** Whether what stands last may lose its middle then: nobody copies it. */
  readonly shortens?: true
}

/**
 * Rows for a terminal below their header, the first of them; how many more there are is said, and so is what was left out for a row that would not fit
 * into a line: rows that go on in the next one can't be read as a table.
 */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], fit?: Fit): string[] {
  if (rows.length === 0) return [`  ${noneFound}`]
  const leftOut: string[] = []
  const fitted = () => {
    const used = columns.filter((column) => column !== false && !leftOut.includes(column[0])) as Used<Row>[]
    const lines = linesOf(rows, used)
    return fit?.shortens === true && isWide(lines, fit) ? linesOf(rows, shortening(used, fit, lines)) : lines
  }
  let lines = fitted()
  for (const name of fit?.spare ?? []) {
    if (!isWide(lines, fit)) break
    if (!columns.some((column) => column !== false && column[0] === name)) continue
    leftOut.push(name)
    lines = fitted()
  }
  return leftOut.length === 0 ? lines : [...lines, `  (too narrow for: ${leftOut.join(', ')})`]
}

type Used<Row> = Exclude<Column<Row>, false>

function isWide(lines: readonly string[], fit: Fit | undefined): boolean {
  return lines.some((line) => widthOf(line) > (fit?.columns ?? Number.POSITIVE_INFINITY))
}

/** The columns of a table of these lines, the last of them as narrow as it has to be, and no narrower than what stands over it. */
function shortening<Row>(
  used: readonly Used<Row>[],
  { columns = Number.POSITIVE_INFINITY }: Fit,
  [header = '']: readonly string[],
): Used<Row>[] {
  return used.map(([head, cell], i) => {
    if (i < used.length - 1) return [head, cell]
    const room = Math.max(columns - header.lastIndexOf(head), head.length)
    return [head, (row) => fitting(visible(String(cell(row))), room)]
  })
}

/** A text that takes no more than so many columns, of which some characters take two. */
function fitting(text: string, room: number): string {
  let [most, kept] = [room, shortened(text, room)]
  while (widthOf(kept) > room) {
    most -= Math.ceil((widthOf(kept) - room) / 2)
    kept = shortened(text, most)
  }
  return kept
}

function linesOf<Row>(rows: readonly Row[], used: readonly Used<Row>[]): string[] {
  const header = used.map(([head]) => head)
  const values = rows.slice(0, mostRows).map((row) => used.map(([, cell]) => cell(row)))
  const shown = values.map((row) =>
    row.map((value, i) => (typeof value === 'number' ? number(value) : visibly(value, i === row.length - 1))),
  )
  const widths = header.map((name, i) => Math.max(name.length, ...shown.map((row) => widthOf(row[i] ?? ''))))
  const isNumber = (i: number) => typeof values[0]?.[i] === 'number'
  const padded = (value: string, i: number) => {
    const room = ' '.repeat((widths[i] ?? 0) - widthOf(value))
    return isNumber(i) ? `${room}${value}` : `${value}${room}`
  }
  const line = (cells: readonly string[]) => `  ${cells.map(padded).join('  ')}`.trimEnd()
  const more = rows.length > shown.length ? [`  … and ${rows.length - shown.length} more in the report`] : []
  return [line(header), ...shown.map(line), ...more]
}

/** A name of hundreds of letters would push what stands behind it out of sight; behind the last column nothing stands. */
const widestCell = 60

function visibly(value: string, isLast: boolean): string {
  return isLast ? visible(value) : shortened(visible(value), widestCell)
}

/** A section of the answers, its heading first; none where there is nothing to say. */
export type Lines = readonly string[]

/** Of what is told one by one, how many of a kind. */
export const listedFew = 5
