import type { Scratch } from './scratch.ts'

/** All values of a column, each once, in SQL: a list for `queryLists`. */
export const valuesOf = (column: string, are = 'is not null') =>
  `json_group_array(distinct ${column}) filter (where ${column} ${are})`

/** Rows of which some columns are lists, or numbers by names: SQLite gives these as texts of JSON. */
export function queryLists<Row extends object>(
  scratch: Pick<Scratch, 'query'>,
  lists: readonly (keyof Row)[],
  sql: string,
  ...values: string[]
): Row[] {
  const rows = scratch.query<Record<keyof Row, string>>(sql, ...values)
  return rows.map(
    (row) => ({ ...row, ...Object.fromEntries(lists.map((name) => [name, JSON.parse(row[name])])) }) as Row,
  )
}
