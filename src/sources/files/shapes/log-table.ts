import type { JsonObject } from '../../../activity.ts'
import { hasAll } from './members.ts'
import type { Cells, CsvShape, JsonShape, Shaped, Shapes } from './shape.ts'
import { guid, type RowPatterns, startsRowBy, time } from './starts-row.ts'
import { inUtc } from './zoned-times.ts'

/** A table of Log Analytics or of advanced hunting, or what has its rows. */
interface LogTable extends Pick<CsvShape, 'name' | 'title' | 'columns' | 'optional' | 'holds'> {
  /** Columns of which the time of an event is taken, without the zone that portals put behind their names. */
  readonly times: readonly string[]
  /** How cells of a row's beginning look, beside those of columns that most tables have. */
  readonly begins?: RowPatterns
  /** Empty cells of an export stay in its rows, where which columns it has tells something, or ids were always made of all cells. */
  readonly keepsEmpty?: boolean
  /** A row by the names of the table's columns, its times in UTC; or why it is none. */
  readonly read: (row: JsonObject, truncated: boolean) => Shaped | string
}

/** Its shapes: rows as an API gives them, or as they are streamed, and as pages and scripts export them. */
export function logTable(table: LogTable & Partial<Pick<JsonShape, 'recognizes'>>): Shapes {
  const { recognizes = (record) => hasAll(record, ...table.columns), ...rows } = table
  const { name, title, read } = rows
  return {
    json: {
      name,
      title,
      recognizes,
      read(record, truncated) {
        const row = inUtc(record)
        return typeof row === 'string' ? row : read(row, truncated)
      },
    },
    csv: logTableCsv({ ...rows, name: `${name}-csv` }),
  }
}

/** The shape of its exports alone: an empty cell says nothing, unless the table keeps it. */
export function logTableCsv({ times, begins, keepsEmpty = false, read, ...shape }: LogTable): CsvShape {
  return {
    ...shape,
    times: times.flatMap((column) => [column, `${column} [UTC]`]),
    shown: ['Timestamp'],
    startsRow: startsRowBy({ ...usual, ...begins }),
    read(cells: Cells) {
      const row = inUtc(cells)
      return typeof row === 'string' ? row : read(keepsEmpty ? row : told(row), false)
    },
  }
}

const usual: RowPatterns = {
  TenantId: guid,
  ...{ Timestamp: time, 'Timestamp [UTC]': time, TimeGenerated: time, 'TimeGenerated [UTC]': time },
}

function told(row: Cells): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([, cell]) => cell.trim() !== ''))
}
