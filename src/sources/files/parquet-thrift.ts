import { type Cursor, count, damaged, take, varint, zigzag } from './byte-cursor.ts'

/** A value of Thrift's compact protocol; what has fields has them by their number. */
export type Thrift = boolean | number | bigint | Buffer | readonly Thrift[] | Fields
export interface Fields {
  readonly get: (field: number) => Thrift | undefined
}

/** How much may be read of what a file says of itself: what costs it a byte there may take some two hundred of memory. */
export interface Allowance {
  room: number
  depth: number
}

export function allowance(): Allowance {
  return { room: 10_000_000, depth: 0 } // A Parquet of 60 columns and 1,000 groups of rows needs some seven million.
}

const maxDepth = 32

/** Reads a struct (thrift-compact-protocol.md of apache/thrift, as far as Parquet uses it). */
export function readFields(cursor: Cursor, allowed: Allowance): Fields {
  const fields = new Map<number, Thrift>()
  let field = 0
  allowed.depth += 1
  if (allowed.depth > maxDepth) throw damaged('what it says of itself')
  for (let head = byte(cursor); head !== 0; head = byte(cursor)) {
    const [delta, type] = [head >> 4, head & 15]
    field = delta === 0 ? Number(zigzag(cursor)) : field + delta
    fields.set(field, type <= 2 ? type === 1 : readValue(cursor, type, allowed))
  }
  allowed.depth -= 1
  return fields
}

function readValue(cursor: Cursor, type: number, allowed: Allowance): Thrift {
  allowed.room -= costs[type] ?? 1
  const read = types[type]
  if (allowed.room < 0 || read === undefined) throw damaged('what it says of itself')
  return read(cursor, allowed)
}

/** What bytes, lists and structs need of it, by their type; others need one. */
const costs: Readonly<Record<number, number>> = { 8: 6, 9: 4, 10: 4, 12: 12 }

const types: Readonly<Record<number, (cursor: Cursor, allowed: Allowance) => Thrift>> = {
  1: (cursor) => byte(cursor) === 1, // In a list each has a byte of its own.
  2: (cursor) => byte(cursor) === 1,
  3: byte,
  4: zigzag,
  5: zigzag,
  6: zigzag,
  7: (cursor) => take(cursor, 8).readDoubleLE(),
  8: (cursor) => take(cursor, count(varint(cursor))),
  9: readList,
  10: readList,
  12: readFields,
}

function readList(cursor: Cursor, allowed: Allowance): readonly Thrift[] {
  const head = byte(cursor)
  const length = head >> 4 === 15 ? count(varint(cursor)) : head >> 4
  const values: Thrift[] = []
  for (let i = 0; i < length; i += 1) values.push(readValue(cursor, head & 15, allowed))
  return values
}

function byte(cursor: Cursor): number {
  return take(cursor, 1)[0] as number
}

/** The field that is a struct; undefined where there is none. */
export function fieldsAt(fields: Fields | undefined, field: number): Fields | undefined {
  const value = fields?.get(field)
  return typeof value === 'object' && 'get' in value ? value : undefined
}

/** The structs of the field that is a list of them. */
export function structsAt(fields: Fields, field: number): readonly Fields[] {
  const value = fields.get(field)
  if (!Array.isArray(value)) return []
  return value.filter((one): one is Fields => typeof one === 'object' && 'get' in one)
}

/** The field that is a whole number; undefined where there is none. */
export function numberAt(fields: Fields | undefined, field: number): number | undefined {
  const value = fields?.get(field)
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined
}

/** The field that is a text. */
export function textAt(fields: Fields, field: number): string {
  const value = fields.get(field)
  return Buffer.isBuffer(value) ? value.toString('utf8') : ''
}
