import { visible } from '../visible.ts'
import { withoutMiddle } from '../words.ts'

// What a spreadsheet would take for a formula (some do so for the full-width forms too), or for a quoted cell that runs
// over the following rows.
const dangerous: ReadonlySet<number> = new Set([...'=+-@"\t\r＝＋－＠'].map((character) => character.charCodeAt(0)))
const [atSign, fullWidth] = ['@'.charCodeAt(0), '＋'.charCodeAt(0)] as const

/**
 * Of a cell with more than 32,767 characters (Excel specifications and limits, support.microsoft.com) Excel puts the rest into rows of their own below, where
 * it may begin as a formula does.
 */
const longest = 32_000
const [kept, keptOfEnd] = [25_000, 6_000] as const

/** What stands where there is nothing to show, as in Magic Unicorn's tables. */
export const noData = 'No Data'

/** A value as one cell: it can neither break the row, nor hide, nor be run as a formula (a leading `'` says so), nor go on in further rows. */
export function cell(value: string | number | undefined): string {
  return fitting(visible(unrun(value)))
}

function fitting(text: string): string {
  return text.length > longest ? withoutMiddle(text, kept, keptOfEnd).toWellFormed() : text
}

/** What a line of so many cells, with its line end, looks like in which nothing hides: to look once is cheaper than to look at each cell. */
export function plainLine(cells: number): RegExp {
  return new RegExp(`^[ -~]*(?:\\t[ -~]*){${cells - 1}}\\n$`)
}

/** A value that cannot be run as a formula, nor go on in further rows; it may still break the row. */
export function harmless(value: string | number | undefined): string {
  return fitting(unrun(value))
}

function unrun(value: string | number | undefined): string {
  if (value === undefined) return ''
  const text = typeof value === 'number' ? String(value) : value
  const first = text.charCodeAt(0)
  // Letters begin most values, and to compare costs less than to look up.
  return (first <= atSign || first >= fullWidth) && dangerous.has(first) ? `'${text}` : text
}
