import type { SheetRow } from './sheet-rows.ts'

/** Columns by what their cells say of how Excel read them. */
export interface DateWatch {
  /** Looks at a row. */
  see(row: SheetRow): void
  /** The columns in which day and month of Excel's own dates stand for each other. */
  swapped(): ReadonlySet<number>
}

/**
 * Excel opens a CSV of dates such as `1/21/2026` on a computer that has the day first: `1/5/2026` becomes the 1st of May, and what is no day, as the
 * 21st of January is then, stays a text. So a column that has both, and no date of Excel's with a day beyond the 12th, has them all swapped.
 */
export function dateWatch(): DateWatch {
  const numbers = new Set<number>()
  const texts = new Map<number, string>()
  const others = new Set<number>()
  return {
    see({ cells, dated }) {
      for (const column of dated) {
        const day = Number(isoDate.exec(cells[column] ?? '')?.[3] ?? 0)
        if (day > 12) others.add(column)
        else if (day > 0) numbers.add(column)
      }
      for (let column = 0; column < cells.length; column += 1) {
        const order = orderOf(cells[column] as string)
        if (order !== undefined && (texts.get(column) ?? order) !== order) others.add(column)
        if (order !== undefined) texts.set(column, order)
      }
    },
    swapped: () => new Set([...numbers].filter((column) => texts.has(column) && !others.has(column))),
  }
}

const isoDate = /^(\d{4})-(\d\d)-(\d\d)(?=T|$)/
const longestDate = 25

/** What a text has first that no computer can have taken for a date otherwise. */
function orderOf(cell: string): 'day' | 'month' | undefined {
  if (cell.length > longestDate) return undefined
  const [, first = '', second = ''] = /^(\d{1,2})\/(\d{1,2})\/\d{4}\b/.exec(cell) ?? []
  if (Number(first) > 12) return Number(second) > 12 ? undefined : 'day'
  return Number(second) > 12 ? 'month' : undefined
}

/** A row with day and month of Excel's dates in these columns as they were written. */
export function withDaysBack({ number, cells, dated }: SheetRow, swapped: ReadonlySet<number>): SheetRow {
  const columns = new Set(dated.filter((column) => swapped.has(column)))
  if (columns.size === 0) return { number, cells, dated }
  const told = cells.map((cell, column) =>
    columns.has(column) ? cell.replace(isoDate, (_, year, month, day) => `${year}-${day}-${month}`) : cell,
  )
  return { number, cells: told, dated }
}
