import type { Json } from '../../../activity.ts'
import { told } from './members.ts'
import type { Cells, CsvShape, ReadRecord, Shapes } from './shape.ts'

// A column that is dynamic in one table and a string in another stands in a union of both as two, named with their types
// (learn.microsoft.com/kusto/query/union-operator).
const typed = /_(?:dynamic|string|long|int|real|bool|datetime|guid)$/

/** A row of a union of tables as its own table has it, without the columns of the others, which are empty. */
export function ofOneTable<Value extends Json>(row: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  if (!Object.keys(row).some((column) => typed.test(column))) return row
  return Object.fromEntries(Object.entries(told(row)).map(([column, value]) => [column.replace(typed, ''), value]))
}

// What people ingest themselves, and what a search or a restore made of a table, may have its rows under another name
// (learn.microsoft.com/azure/azure-monitor/logs/search-jobs, …/restore).
const tableOfMicrosoft = /^[A-Z][A-Za-z0-9]{2,60}$/

/**
 * Why a row is not read that names as its table one of Log Analytics that is not known. Who has what a known table is known by is none of those,
 * whatever stands there: queries put the type of a target into a column `Type`, and people what they like.
 */
export function whyOtherTable(table: Json | undefined): string | undefined {
  if (typeof table !== 'string' || !tableOfMicrosoft.test(table)) return undefined
  return `a row of ${table}, a table of Log Analytics that is not read`
}

/**
 * Shapes of Log Analytics' tables, of which a query may give rows of several (`union`, `search "alice"`), with the table of each in `Type`: a file has
 * the shape of one, and reads the rows of the others as theirs.
 */
export function withOthersRows(tables: ReadonlyMap<string, Shapes>): (shape: CsvShape) => CsvShape {
  const shapes = new Set([...tables.values()].map(({ csv }) => csv))
  const times = [...new Set([...shapes].flatMap((shape) => shape.times ?? []))]
  return (shape) => {
    if (!shapes.has(shape)) return shape
    const { record, ...rest } = shape
    const whyOther = (cells: Cells) => {
      const { Type: table = '' } = cells
      const isOwn = tables.has(table) || shape.columns.every((column) => cells[column] !== '')
      return isOwn ? undefined : whyOtherTable(table)
    }
    const ofRow = (cells: Cells) => tables.get(cells['Type'] ?? '')?.csv ?? shape
    return {
      ...rest,
      times,
      ofRow,
      ofFile: shape,
      read: (cells, mailbox) => whyOther(cells) ?? ofRow(cells).read(ofOneTable(cells), mailbox),
      // Only what has its record in one of its columns gives it alone.
      ...(record !== undefined && { record: (cells: Cells) => recordOf(ofRow(cells), cells) ?? record(cells) }),
    }
  }
}

function recordOf(shape: CsvShape, cells: Cells): ReadRecord | undefined {
  if (shape.record !== undefined) return shape.record(cells)
  const shaped = shape.read(ofOneTable(cells), '')
  return typeof shaped === 'string' ? undefined : shaped
}
