import type { JsonObject } from '../../../activity.ts'
import type { Cells } from './shape.ts'
import { inUtc } from './zoned-times.ts'

/** What a row of Log Analytics or of advanced hunting says, by the names of the table's columns; or why its times mean nothing. */
export function portalRow(cells: Cells): JsonObject | string {
  const row = inUtc(cells)
  if (typeof row === 'string') return row
  return Object.fromEntries(Object.entries(row).filter(([, cell]) => cell.trim() !== ''))
}
