/** Adds up one number of each row. */
export function sum<Row>(rows: readonly Row[], read: (row: Row) => number): number {
  let all = 0
  for (const row of rows) all += read(row)
  return all
}
