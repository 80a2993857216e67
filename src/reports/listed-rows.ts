/** How many rows of a list the report shows; its table has all. */
export const listedRows = 1000
