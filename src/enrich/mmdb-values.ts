import type { PagedFile } from './paged-file.ts'

/** What a MaxMind DB file can hold. */
export type MmdbValue = string | number | bigint | boolean | Uint8Array | MmdbValue[] | MmdbMap
export interface MmdbMap {
  readonly [key: string]: MmdbValue
}

/** Type numbers of the data section, from the MaxMind DB file format 2.0. Those above 7 stand in a byte of their own. */
const pointer = 1
const map = 7
const array = 11
const boolean = 14

const scalars: Readonly<Record<number, (bytes: Buffer) => MmdbValue>> = {
  2: (bytes) => bytes.toString('utf8'),
  3: (bytes) => bytes.readDoubleBE(),
  4: (bytes) => Uint8Array.from(bytes),
  5: unsigned,
  6: unsigned,
  8: (bytes) => unsigned(bytes) | 0,
  9: large,
  10: large,
  15: (bytes) => bytes.readFloatBE(),
}

// The deepest records there are have four levels and some two hundred values; a damaged file must not be followed for ever.
const deepest = 16
const mostValues = 10_000

/** Reads the value at `at`; pointers count from `section`. Throws `RangeError` where there is none. */
export function valueAt(file: PagedFile, section: number, at: number): MmdbValue {
  let next = at
  let values = 0

  function take(length: number): Buffer {
    const bytes = file.read(next, length)
    if (bytes.length < length) throw new RangeError('the file ends within a value')
    next += length
    return bytes
  }

  function size(first: number): number {
    const short = first & 31
    if (short < 29) return short
    const more = unsigned(take(short - 28))
    return more + ([29, 285, 65_821][short - 29] as number)
  }

  function pointed(first: number): number {
    const width = (first >> 3) & 3
    if (width === 3) return unsigned(take(4))
    return (first & 7) * 256 ** (width + 1) + unsigned(take(width + 1)) + ([0, 2048, 526_336][width] as number)
  }

  function value(depth: number): MmdbValue {
    values += 1
    if (depth > deepest || values > mostValues) throw new RangeError('a value is too large')
    const first = take(1)[0] as number
    const type = first >> 5 === 0 ? 7 + (take(1)[0] as number) : first >> 5
    if (type === pointer) return follow(pointed(first), depth)
    const length = size(first)
    if (type === map) return mapOf(length, depth)
    if (type === array) return Array.from({ length: Math.min(length, mostValues) }, () => value(depth + 1))
    if (type === boolean) return length !== 0
    const read = scalars[type]
    if (read === undefined) throw new RangeError(`there is no type ${type}`)
    return read(take(length))
  }

  function follow(to: number, depth: number): MmdbValue {
    const back = next
    next = section + to
    const found = value(depth + 1)
    next = back
    return found
  }

  function mapOf(length: number, depth: number): MmdbMap {
    const entries: [string, MmdbValue][] = []
    for (let i = 0; i < length; i += 1) entries.push([String(value(depth + 1)), value(depth + 1)])
    return Object.fromEntries(entries)
  }

  return value(0)
}

function unsigned(bytes: Buffer): number {
  return bytes.length === 0 ? 0 : bytes.length > 6 ? Number(large(bytes)) : bytes.readUIntBE(0, bytes.length)
}

function large(bytes: Buffer): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`)
}
