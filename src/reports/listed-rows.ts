/** How many rows of a list the report shows; its table has all. */
export const listedRows = 1000

/** The first rows of a list, and how many there are in all. */
export interface Listed<Row> {
  readonly total: number
  readonly rows: readonly Row[]
}
