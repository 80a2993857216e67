/** A section of the answers, its heading first; none where there is nothing to say. */
export type Lines = readonly string[]

/** Of what is told one by one, how many of a kind. */
export const listedFew = 5
