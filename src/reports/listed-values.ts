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
  return scratch.query<Record<keyof Row, string>>(sql, ...values).map((row) => withLists(row, lists))
}

/** The same row by row, for what may be more than memory holds. */
export function* eachWithLists<Row extends object>(
  scratch: Pick<Scratch, 'each'>,
  lists: readonly (keyof Row)[],
  sql: string,
  ...values: string[]
): Generator<Row> {
  for (const row of scratch.each<Record<keyof Row, string>>(sql, ...values)) yield withLists(row, lists)
}

function withLists<Row extends object>(row: Record<keyof Row, string>, lists: readonly (keyof Row)[]): Row {
  return { ...row, ...Object.fromEntries(lists.map((name) => [name, JSON.parse(row[name])])) } as Row
}
