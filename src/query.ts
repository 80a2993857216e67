import type { DatabaseSync, SQLInputValue } from 'node:sqlite'

/** A prepared query whose rows are of this type. */
export interface Query<Row> {
  all(...values: SQLInputValue[]): Row[]
  all(named: Readonly<Record<string, SQLInputValue>>): Row[]
  get(...values: SQLInputValue[]): Row | undefined
  /** Row by row, for what may be more than memory holds. */
  iterate(...values: SQLInputValue[]): Iterable<Row>
  iterate(named: Readonly<Record<string, SQLInputValue>>): Iterable<Row>
}

/**
 * Prepares a query. node:sqlite leaves rows untyped: that they are `Row`, an object by column with null for what SQL has none for, is what
 * the SQL says, and said here alone. Names that are given and the query does not use are no error.
 */
export function query<Row extends object>(db: DatabaseSync, sql: string): Query<Row> {
  return prepared(db, sql, false)
}

/** The same with rows as lists of their columns: hundreds of thousands of objects cost a third more. */
export function listQuery<Row extends readonly unknown[]>(db: DatabaseSync, sql: string): Query<Row> {
  return prepared(db, sql, true)
}

function prepared<Row>(db: DatabaseSync, sql: string, asLists: boolean): Query<Row> {
  const statement = db.prepare(sql)
  statement.setAllowUnknownNamedParameters(true)
  statement.setReturnArrays(asLists)
  return statement as unknown as Query<Row> // See `query`: its rows are what the SQL says.
}

/** The one number that a query gives; 0 where it gives none, such as the greatest of nothing. */
export function numberIn(db: DatabaseSync, sql: string, ...values: SQLInputValue[]): number {
  return listQuery<[number | null]>(db, sql).get(...values)?.[0] ?? 0
}
