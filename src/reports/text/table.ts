import { visible } from '../visible.ts'
import { number, shortened } from '../words.ts'
import { widthOf } from '../wrapped.ts'

const listedRows = 15

/** Rows for a terminal below their header, the first of them; how many more there are is said. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  if (rows.length === 0) return ['  (none)']
  const shown = rows
    .slice(0, listedRows)
    .map((row) =>
      row.map((value, i) => (typeof value === 'number' ? number(value) : cell(value, i === row.length - 1))),
    )
  const widths = header.map((name, i) => Math.max(name.length, ...shown.map((row) => widthOf(row[i] ?? ''))))
  const isNumber = (i: number) => typeof rows[0]?.[i] === 'number'
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

function cell(value: string, isLast: boolean): string {
  return isLast ? visible(value) : shortened(visible(value), widestCell)
}
