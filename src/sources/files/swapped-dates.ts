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
 * 21st of January is then, stays a text. So a column that has both has them all swapped, unless something speaks against it: a date of Excel's with a
 * day beyond the 12th, texts with one and the other first, or a text that Excel would have taken for a date, which was put there later.
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
        if (order === undefined) continue
        if (order === 'either' || (texts.get(column) ?? order) !== order) others.add(column)
        texts.set(column, order)
      }
    },
    swapped: () => new Set([...numbers].filter((column) => texts.has(column) && !others.has(column))),
  }
}

const isoDate = /^(\d{4})-(\d\d)-(\d\d)(?=T|$)/
const longestDate = 25

/** What a date in a text has first; `either` where any computer takes it for a date. */
function orderOf(cell: string): 'day' | 'month' | 'either' | undefined {
  if (cell.length > longestDate) return undefined
  const [, first, second] = /^(\d{1,2})\/(\d{1,2})\/\d{4}\b/.exec(cell) ?? []
  if (first === undefined) return undefined
  if (Number(first) > 12) return Number(second) > 12 ? undefined : 'day'
  return Number(second) > 12 ? 'month' : 'either'
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
