import { damaged } from './byte-cursor.ts'
import {
  base64Text,
  bigEndian,
  bytesText,
  type Decimals,
  dateText,
  decimalText,
  doubleText,
  numberText,
  textText,
  timeOfDayText,
  timestampText,
  uuidText,
} from './exact-json.ts'
import { type Fields, fieldsAt, numberAt } from './parquet-thrift.ts'

/** What a value is as it stands in a file: one of these by its column's type. */
export type Raw = boolean | number | bigint | Buffer

/** The JSON that says what a value of a column says. */
export type TextOf = (raw: Raw) => string

/** Type of parquet.thrift. */
export const types = { boolean: 0, int32: 1, int64: 2, int96: 3, float: 4, double: 5, bytes: 6, fixed: 7 } as const

/** How the values of a column are told, by its type and what it says that they mean (apache/parquet-format, LogicalTypes.md). */
export function textOfColumn(element: Fields): TextOf {
  const type = numberAt(element, 1)
  const logical = fieldsAt(element, 10)
  const named = logicalNames.find(([field]) => logical?.get(field) !== undefined)
  const meaning: Meaning = named === undefined ? converted(element) : meaningOf(named[1], fieldsAt(logical, named[0]))
  const text = texts[type ?? -1]
  if (text === undefined) throw damaged('its schema')
  return text({ scale: numberAt(element, 7) ?? 0, ...meaning })
}

interface Meaning {
  readonly is?: 'text' | 'decimal' | 'date' | 'time' | 'timestamp' | 'unsigned' | 'uuid' | 'half' | 'json' | 'binary'
  readonly decimals?: Decimals
  readonly isUtc?: boolean
  readonly scale?: number
}

// The fields of the union LogicalType.
const logicalNames = [
  [1, 'text'],
  [4, 'text'],
  [5, 'decimal'],
  [6, 'date'],
  [7, 'time'],
  [8, 'timestamp'],
  [10, 'integer'],
  [12, 'json'],
  [13, 'binary'],
  [14, 'uuid'],
  [15, 'half'],
] as const

const unitDecimals = [
  [1, 3],
  [2, 6],
  [3, 9],
] as const

function meaningOf(is: (typeof logicalNames)[number][1], fields: Fields | undefined): Meaning {
  if (is === 'integer') return fields?.get(2) === false ? { is: 'unsigned' } : {}
  if (is === 'decimal') return { is, scale: numberAt(fields, 1) ?? 0 }
  if (is !== 'time' && is !== 'timestamp') return { is }
  const unit = fieldsAt(fields, 2)
  const decimals = unitDecimals.find(([field]) => unit?.get(field) !== undefined)?.[1]
  if (decimals === undefined) throw damaged('its schema')
  return { is, decimals, isUtc: fields?.get(1) === true }
}

// ConvertedType, which older writers give alone; their times are in UTC.
const convertedMeanings: Readonly<Record<number, Meaning>> = {
  0: { is: 'text' },
  4: { is: 'text' },
  5: { is: 'decimal' },
  6: { is: 'date' },
  7: { is: 'time', decimals: 3 },
  8: { is: 'time', decimals: 6 },
  9: { is: 'timestamp', decimals: 3, isUtc: true },
  10: { is: 'timestamp', decimals: 6, isUtc: true },
  11: { is: 'unsigned' },
  12: { is: 'unsigned' },
  13: { is: 'unsigned' },
  14: { is: 'unsigned' },
  19: { is: 'json' },
  20: { is: 'binary' },
  21: { is: 'binary' },
}

function converted(element: Fields): Meaning {
  return convertedMeanings[numberAt(element, 6) ?? -1] ?? {}
}

const texts: Readonly<Record<number, (meaning: Meaning) => TextOf>> = {
  [types.boolean]: () => String,
  [types.int32]: (meaning) => integerText(meaning, (raw) => Number(raw) >>> 0),
  [types.int64]: (meaning) => integerText(meaning, (raw) => BigInt.asUintN(64, BigInt(raw))),
  [types.int96]: () => (raw) => julianText(raw as Buffer),
  [types.float]: () => (raw) => doubleText(raw as number),
  [types.double]: () => (raw) => doubleText(raw as number),
  [types.bytes]: bytesTextOf,
  [types.fixed]: bytesTextOf,
}

function integerText(
  { is, decimals = 0, isUtc = false, scale = 0 }: Meaning,
  unsigned: (raw: number | bigint) => Raw,
): TextOf {
  const of =
    (text: (raw: number | bigint) => string): TextOf =>
    (raw) =>
      text(raw as number | bigint)
  if (is === 'timestamp') return of((raw) => timestampText(raw, decimals, isUtc))
  if (is === 'time') return of((raw) => timeOfDayText(raw, decimals))
  if (is === 'date') return of((raw) => dateText(Number(raw)))
  if (is === 'decimal') return of((raw) => decimalText(BigInt(raw), scale))
  if (is === 'unsigned') return of((raw) => numberText(String(unsigned(raw))))
  return of((raw) => numberText(String(raw)))
}

function bytesTextOf({ is, scale = 0 }: Meaning): TextOf {
  const of =
    (text: (bytes: Buffer) => string): TextOf =>
    (raw) =>
      text(raw as Buffer)
  if (is === 'text') return of(textText)
  if (is === 'binary') return of(base64Text)
  if (is === 'uuid') return of(uuidText)
  if (is === 'half') return of((bytes) => doubleText(halfOf(bytes.readUInt16LE(0))))
  if (is === 'decimal')
    return of((bytes) => {
      const unscaled = bigEndian(bytes)
      return unscaled === undefined ? base64Text(bytes) : decimalText(unscaled, scale)
    })
  return of(bytesText)
}

const julianDayOf1970 = 2_440_588
const nanosecondsOfDay = 86_400_000_000_000n

/** A time as Spark and Hive write it unless told otherwise: nanoseconds of a day, and the Julian day; in UTC. */
function julianText(bytes: Buffer): string {
  const days = BigInt(bytes.readInt32LE(8) - julianDayOf1970)
  return timestampText(days * nanosecondsOfDay + bytes.readBigInt64LE(0), 9, true)
}

/** IEEE 754 of 16 bits. */
function halfOf(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023]
  const sign = bits >> 15 === 0 ? 1 : -1
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
