/** What a block of a tar says that begins a member. */
export interface TarHeader {
  readonly name: string
  /** One letter: what kind of member it is. */
  readonly type: string
  /** How many bytes follow it; NaN where that cannot be told. */
  readonly size: number
  /** When the file was changed last, milliseconds since the epoch. */
  readonly modified: number | undefined
}

/** A tar is made of blocks: a header, the bytes of its member, a header …, and at its end some that are empty. */
export const blockBytes = 512

/** Whether the first block here is a header, of whatever tar: nothing else adds up to the sum that stands in it. */
export function isTarHeader(bytes: Buffer): boolean {
  if (bytes.length < blockBytes) return false
  const sum = numberIn(bytes.subarray(148, 156))
  let found = 8 * 0x20 // The sum counts as spaces in itself.
  for (let i = 0; i < blockBytes; i += 1) if (i < 148 || i >= 156) found += bytes[i] ?? 0
  return found === sum
}

/** Reads a header: POSIX.1-1988 (ustar), what was before it, and what GNU made of it. */
export function tarHeaderOf(header: Buffer): TarHeader {
  // GNU has times where POSIX has the folder.
  const folder = header.toString('latin1', 257, 263) === 'ustar\0' ? textIn(header.subarray(345, 500)) : ''
  const own = textIn(header.subarray(0, 100))
  const name = folder === '' ? own : `${folder}/${own}`
  const type = header.toString('latin1', 156, 157)
  const seconds = numberIn(header.subarray(136, 148))
  return {
    name,
    type: type === '\0' && name.endsWith('/') ? '5' : type,
    size: numberIn(header.subarray(124, 136)),
    modified: Number.isNaN(seconds) ? undefined : seconds * 1000,
  }
}

/** The records of an extended header (POSIX.1-2001, pax), each `length name=value`; those before a damage where it has one. */
export function paxRecordsOf(bytes: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < bytes.length; ) {
    const length = Number(/^[1-9]\d{0,9} /.exec(bytes.toString('latin1', at, at + 11))?.[0] ?? Number.NaN)
    if (!(at + length <= bytes.length)) break
    const [, name, value] = /^\d+ ([^=]+)=(.*)\n$/s.exec(bytes.toString('utf8', at, at + length)) ?? []
    if (name !== undefined && value !== undefined) records.set(name, value)
    at += length
  }
  return records
}

/** What stands before the first NUL. */
export function textIn(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end === -1 ? bytes.length : end)
}

/** Octal digits, or, as GNU writes what these cannot hold, bytes with the first bit set. */
function numberIn(bytes: Buffer): number {
  const [first = 0] = bytes
  if (first === 0x80) return bytes.subarray(1).reduce((number, byte) => number * 256 + byte, 0)
  const digits = textIn(bytes).trim()
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN
}
