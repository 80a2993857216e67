/** The bytes JSON is made of, as far as framing looks at them. */
export const [newline, quote, comma, colon, openBracket, backslash, closeBracket, openBrace, closeBrace] = [
  10, 34, 44, 58, 91, 92, 93, 123, 125,
] as const

/** Bytes to read in: they end at `end`, and `isWhole` says that nothing behind it matters. */
export interface View {
  readonly bytes: Buffer
  readonly end: number
  readonly isWhole: boolean
}

/** Whether a byte is JSON's white space. */
export function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === newline || byte === 13 || byte === 9
}

/** The first place from `at` on that is not white space, or `end`. */
export function skipBlanks(bytes: Buffer, at: number, end: number): number {
  let next = at
  while (next < end && isBlank(bytes[next])) next += 1
  return next
}

/** The place behind the last byte before `at` that is not white space, or `start`. */
export function skipBlanksBack(bytes: Buffer, at: number, start: number): number {
  let end = at
  while (end > start && isBlank(bytes[end - 1])) end -= 1
  return end
}

/** The place behind the string that begins at `at`, or -1 when it does not end before `end`. */
export function stringEnd(bytes: Buffer, at: number, end: number): number {
  for (let next = at + 1; next < end; next += 1) {
    const byte = bytes[next]
    if (byte === quote) return next + 1
    if (byte === backslash) next += 1
  }
  return -1
}

/** The length of the byte order mark at `at`: files that were joined have them in the middle. */
export function byteOrderMark(bytes: Buffer, at: number): number {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? 3 : 0
}
