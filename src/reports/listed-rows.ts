/** How many rows of a list the report shows; its table has all. */
export const listedRows = 1000

/** How many values of one row it shows: a session of months may have a thousand addresses, and an attack's a hundred thousand. */
export const listedValues = 100

/** The first rows of a list, and how many there are in all. */
export interface Listed<Row> {
  readonly total: number
  readonly rows: readonly Row[]
}
