import { ContentError } from './content.ts'

/** A place in bytes, which goes on with what is read there. */
export interface Cursor {
  readonly bytes: Buffer
  at: number
}

/** What is told of bytes that do not say what they have to. */
export function damaged(what: string): ContentError {
  return new ContentError(`it is damaged (${what}); get it again`)
}

/** So many bytes, where they stand. */
export function take(cursor: Cursor, length: number): Buffer {
  const { bytes, at } = cursor
  if (!(length >= 0 && at + length <= bytes.length)) throw damaged('something ends behind its end')
  cursor.at += length
  return bytes.subarray(at, cursor.at)
}

/** An integer without a sign in groups of seven bits, the lowest first (LEB128), of at most 64 bits; a `bigint` where a double may be another. */
export function varint(cursor: Cursor): number | bigint {
  const { bytes, at: start } = cursor
  let [value, factor] = [0, 1]
  for (let at = start; at < Math.min(bytes.length, start + 7); at += 1) {
    const byte = bytes[at] as number
    value += (byte & 0x7f) * factor
    factor *= 128
    if (byte >= 0x80) continue
    cursor.at = at + 1
    return value
  }
  return longVarint(cursor)
}

function longVarint(cursor: Cursor): bigint {
  const { bytes, at: start } = cursor
  let value = 0n
  for (let i = 0; i < 10; i += 1) {
    const byte = bytes[start + i]
    if (byte === undefined) throw damaged('a number is cut off')
    value |= BigInt(byte & 0x7f) << BigInt(7 * i)
    if (byte >= 0x80) continue
    cursor.at = start + i + 1
    return BigInt.asUintN(64, value)
  }
  throw damaged('a number has no end')
}

/** An integer with its sign in the lowest bit, written so (zigzag). */
export function zigzag(cursor: Cursor): number | bigint {
  const value = varint(cursor)
  if (typeof value === 'bigint') return (value >> 1n) ^ -(value & 1n)
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}

/** A number of things or of bytes; one that no file can have is damage. */
export function count(value: number | bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number) || number < 0) throw damaged('a length is none')
  return number
}
