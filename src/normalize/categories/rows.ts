import type { FieldTable } from '../table.ts'

/** A row for each of these operations, which have commas between, with nothing of its own. */
export function plain(operations: string): Record<string, FieldTable> {
  return rows({}, operations)
}

/** The same row for each of these operations. */
export function rows(row: FieldTable, operations: string): Record<string, FieldTable> {
  return Object.fromEntries(operations.split(/,\s+/).map((operation) => [operation, row]))
}
