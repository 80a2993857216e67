import type { JsonObject } from '../../../activity.ts'
import type { Cells } from './shape.ts'

/** Log Analytics' page writes the zone of a time into the column's name: `TimeGenerated [UTC]`. */
const timeColumn = /^(TimeGenerated|CreatedDateTime|TokenIssuedAt|Timestamp) \[(.*)\]$/

/** What a row of Log Analytics or of advanced hunting says, by the names of the table's columns; or why its times mean nothing. */
export function portalRow(cells: Cells): JsonObject | string {
  const record: JsonObject = {}
  for (const [column, cell] of Object.entries(cells)) {
    const [, timeName, zone] = timeColumn.exec(column) ?? []
    if (timeName !== undefined && zone !== 'UTC') return 'times are not in UTC: export again with UTC as time zone'
    if (cell.trim() !== '') Object.defineProperty(record, timeName ?? column, { value: cell, enumerable: true })
  }
  return record
}
