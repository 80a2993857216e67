/** How much is unpacked before it is taken for an attack. */
export interface Limits {
  /** More than this, and more than `expansionRatio` times what it was packed into, is no honest content. */
  readonly expandedBytes: number
  readonly expansionRatio: number
  /** How many members of one archive are looked at. */
  readonly members: number
  /** How much is put on the disk to be read: archives in archives and packed tars, sheets, objects of Export-Clixml, rows of Parquet. */
  readonly spooledBytes: number
}

/** What deflate can do at most (zlib's technical notes); a size beyond is an error. Exports are packed 10 to 100 to 1. */
export const maxRatio = 1032

/** The bounds that are meant. */
export const limits: Limits = {
  expandedBytes: 2 ** 30,
  expansionRatio: 300,
  members: 100_000,
  spooledBytes: 16 * 2 ** 30,
}

/** Whether so much cannot honestly come out of so little. */
export function isBomb(expanded: number, packed: number, { expandedBytes, expansionRatio }: Limits): boolean {
  return expanded > expandedBytes && expanded > expansionRatio * packed
}

/** What to say of it, or of what grows so with it. */
export function bombReason(expanded: number, packed: number, what = 'it unpacks'): string {
  const times = Math.floor(expanded / Math.max(packed, 1)).toLocaleString('en')
  const bytes = expanded.toLocaleString('en')
  return `${what} to ${bytes} bytes and more, ${times} times its size, as archives do that are made to fill a disk: unpack it where that may happen, and give the folder`
}

/** What to say of an archive that has more members than are looked at. */
export function tooMany(members: number): string {
  return `it has more than ${members.toLocaleString('en')} members: unpack it and give the folder`
}
