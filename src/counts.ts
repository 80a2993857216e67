/** What became of everything read: `read` is the sum of the other three. */
export interface Counts {
  readonly read: number
  readonly stored: number
  readonly duplicate: number
  readonly rejected: number
}

/** Nothing was read. */
export const noCounts: Counts = { read: 0, stored: 0, duplicate: 0, rejected: 0 }

/** What became of both. */
export function added(one: Counts, other: Counts): Counts {
  return {
    read: one.read + other.read,
    stored: one.stored + other.stored,
    duplicate: one.duplicate + other.duplicate,
    rejected: one.rejected + other.rejected,
  }
}
