import type { Dates } from '../../entry.ts'
import { dateOrderIn, parseCultureTime } from '../../time/culture-time.ts'
import { isoOf } from '../../time/time.ts'
import type { Cells } from './shapes/shape.ts'

/** The cells with dates that say what is the day in them, where the file's others told it and they are not read so anyway. */
export function datedCells(cells: Cells, { columns, order, isBeside }: Dates): Cells {
  if (order === undefined) return cells
  const told: Record<string, string> = {}
  for (const column of columns) {
    const cell = cells[column] ?? ''
    if (dateOrderIn(cell) === undefined) continue
    const time = parseCultureTime(cell, order)
    if (time !== undefined && (isBeside === true || time !== parseCultureTime(cell))) told[column] = isoOf(time)
  }
  return { ...cells, ...told }
}
