import { type Cursor, count, damaged, take, varint, zigzag } from './byte-cursor.ts'
import { ContentError } from './content.ts'
import { type Raw, types } from './parquet-texts.ts'

/** The next value of a page. Values are read when they are asked for: so neither a damaged number of them nor a repeated one costs memory. */
export type Next<Value = Raw> = () => Value

/** What a page's values are read from. */
export interface Encoded {
  readonly bytes: Buffer
  readonly type: number
  /** Of values that all have so many bytes. */
  readonly length: number
  /** How many entries its page has; of values as many at most. */
  readonly entries: number
}

const lengths = new Map<number, number>([
  [types.int32, 4],
  [types.int64, 8],
  [types.int96, 12],
  [types.float, 4],
  [types.double, 8],
])

/** Encoding of parquet.thrift (apache/parquet-format, Encodings.md); those that name values of a dictionary stand with the page. */
const encodings: Readonly<Record<number, (encoded: Encoded) => Next>> = {
  0: plain,
  3: ({ bytes }) => {
    const next = levels({ bytes, at: 0 }, 1)
    return () => next() === 1
  },
  5: ({ bytes, type }) => deltas({ bytes, at: 0 }, type === types.int32).next,
  6: deltaLengths,
  7: deltaTexts,
  9: splitBytes,
}

/** The values of a page. */
export function valuesOf(encoding: number, encoded: Encoded): Next {
  const read = encodings[encoding]
  if (read === undefined)
    throw new ContentError(`its values are written in a way that is not read (encoding ${encoding})`)
  return read(encoded)
}

function plain({ bytes, type, length }: Encoded): Next {
  const cursor = { bytes, at: 0 }
  if (type === types.boolean) {
    const bits = bitsOf(bytes, 0)
    return () => bits(1) === 1
  }
  if (type === types.bytes) return () => take(cursor, take(cursor, 4).readUInt32LE(0))
  const read = rawOf(type)
  const size = lengths.get(type) ?? length
  if (size <= 0) throw damaged('its schema')
  return () => read(take(cursor, size))
}

function rawOf(type: number): (bytes: Buffer) => Raw {
  if (type === types.int32) return (bytes) => bytes.readInt32LE(0)
  if (type === types.int64) return (bytes) => bytes.readBigInt64LE(0)
  if (type === types.float) return (bytes) => bytes.readFloatLE(0)
  return type === types.double ? (bytes) => bytes.readDoubleLE(0) : (bytes) => bytes
}

/** The first byte of each value, then the second of each, and so on. */
function splitBytes({ bytes, type, length }: Encoded): Next {
  const size = lengths.get(type) ?? length
  if (size <= 0) throw damaged('its schema')
  const [values, read] = [Math.floor(bytes.length / size), rawOf(type)]
  let at = 0
  return () => {
    if (at >= values) throw damaged('values are missing')
    const value = Buffer.allocUnsafe(size)
    for (let i = 0; i < size; i += 1) value[i] = bytes[i * values + at] as number
    at += 1
    return read(value)
  }
}

/** Levels of a page of the first version, or booleans: their length stands before them. */
export function levels(cursor: Cursor, width: number): Next<number> {
  return hybrid(take(cursor, take(cursor, 4).readUInt32LE(0)), width)
}

/** Small numbers, in runs of one of them and in groups of eight packed ones. */
export function hybrid(bytes: Buffer, width: number): Next<number> {
  if (width === 0) return () => 0
  if (width > 32) throw damaged('a width of numbers')
  const cursor = { bytes, at: 0 }
  let [left, value] = [0, 0]
  let packed: ((width: number) => number) | undefined
  return () => {
    while (left === 0) {
      const head = count(varint(cursor))
      left = Math.floor(head / 2) * (head % 2 === 1 ? 8 : 1)
      packed = head % 2 === 1 ? bitsOf(bytes, cursor.at) : undefined
      if (packed === undefined) value = take(cursor, (width + 7) >> 3).readUIntLE(0, (width + 7) >> 3)
      else cursor.at = Math.min(bytes.length, cursor.at + (left / 8) * width) // The last group need not be whole.
    }
    left -= 1
    return packed === undefined ? value : packed(width)
  }
}

/** Numbers of any width up to 53 bits, the lowest bit first. */
function bitsOf(bytes: Buffer, start: number): (width: number) => number {
  let [at, bit] = [start, 0]
  return (width) => {
    let [value, factor] = [0, 1]
    for (let left = width; left > 0; ) {
      const byte = bytes[at]
      if (byte === undefined) throw damaged('values are missing')
      const some = Math.min(8 - bit, left)
      value += ((byte >> bit) & ((1 << some) - 1)) * factor
      factor *= 1 << some
      left -= some
      bit += some
      if (bit < 8) continue
      bit = 0
      at += 1
    }
    return value
  }
}

interface Deltas {
  /** How many there are. */
  readonly total: number
  readonly next: Next<number | bigint>
  /** Where the bytes behind all of them begin: to be asked for behind the last. */
  readonly end: () => number
}

/** Whole numbers, each as the difference to the one before, in blocks of small blocks of numbers of one width. */
function deltas(cursor: Cursor, is32: boolean): Deltas {
  const perBlock = count(varint(cursor))
  const blocks = count(varint(cursor))
  const total = count(varint(cursor))
  const perSmall = perBlock / blocks
  if (!Number.isInteger(perSmall) || perSmall % 8 !== 0 || perSmall === 0) throw damaged('a block of numbers')
  let value = zigzag(cursor)
  let least: number | bigint = 0
  let widths: Buffer = Buffer.alloc(0)
  let [taken, inSmall, small] = [0, perSmall, blocks]
  let bits = bitsOf(cursor.bytes, 0)

  function step(): number | bigint {
    if (inSmall === perSmall) {
      if (small === blocks) {
        least = zigzag(cursor)
        widths = take(cursor, blocks)
        small = 0
      }
      bits = bitsOf(cursor.bytes, cursor.at)
      cursor.at += (perSmall / 8) * (widths[small] as number)
      small += 1
      inSmall = 0
    }
    inSmall += 1
    const width = widths[small - 1] as number
    if (width <= 32) return bits(width)
    if (width > 64) throw damaged('a width of numbers')
    const low = bits(32)
    return BigInt(low) | (BigInt(bits(width - 32)) << 32n)
  }

  return {
    total,
    end: () => cursor.at,
    next() {
      if (taken >= total) throw damaged('values are missing')
      taken += 1
      if (taken === 1) return value
      const rest = step()
      value = is32 ? sum32(value, least, rest) : BigInt.asIntN(64, BigInt(value) + BigInt(least) + BigInt(rest))
      return value
    },
  }
}

/** Of numbers of 33 bits at most, which wraps as the writer's did. */
function sum32(...numbers: readonly (number | bigint)[]): number {
  return numbers.reduce((sum: number, number) => sum + Number(number), 0) | 0
}

/** Some hundred times what a page of an honest writer has. */
const maxLengths = 4 * 1024 * 1024

/** All of them, for what they tell of stands behind: one that repeats costs a file nothing. */
function lengthsAt(cursor: Cursor, entries: number): Int32Array {
  const { total, next, end } = deltas(cursor, true)
  if (total > Math.min(entries, maxLengths)) throw damaged('more values than there are')
  const all = new Int32Array(total)
  for (let i = 0; i < total; i += 1) all[i] = Number(next())
  cursor.at = end()
  return all
}

function deltaLengths({ bytes, entries }: Encoded): Next {
  const cursor = { bytes, at: 0 }
  const all = lengthsAt(cursor, entries)
  let i = 0
  return () => {
    if (i >= all.length) throw damaged('values are missing')
    i += 1
    return take(cursor, all[i - 1] as number)
  }
}

/** Each begins as the one before it does. */
function deltaTexts({ bytes, entries }: Encoded): Next {
  const cursor = { bytes, at: 0 }
  const prefixes = lengthsAt(cursor, entries)
  const rest = deltaLengths({ bytes: bytes.subarray(cursor.at), entries, type: types.bytes, length: 0 })
  let last: Buffer = Buffer.alloc(0)
  let i = 0
  return () => {
    const prefix = prefixes[i]
    if (prefix === undefined || prefix < 0 || prefix > last.length) throw damaged('values are missing')
    i += 1
    const own = rest() as Buffer
    last = prefix === 0 ? own : Buffer.concat([last.subarray(0, prefix), own])
    return last
  }
}
