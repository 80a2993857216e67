import { visible } from '../visible.ts'
import { number, shortened } from '../words.ts'
import { widthOf } from '../wrapped.ts'

const mostRows = 15

/** A column of a table for a terminal: what stands over it, and what it shows of a row; false for one that this table does without. */
export type Column<Row> = readonly [head: string, cell: (row: Row) => string | number] | false

/** Rows for a terminal below their header, the first of them; how many more there are is said. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[] {
  if (rows.length === 0) return ['  (none)']
  const used = columns.filter((column) => column !== false)
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
