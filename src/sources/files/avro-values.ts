import { isObject, type Json, type JsonObject } from '../../activity.ts'
import { type Cursor, count, damaged, take, zigzag } from './byte-cursor.ts'
import { ContentError } from './content.ts'
import {
  base64Text,
  bigEndian,
  bytesText,
  type Decimals,
  dateText,
  decimalText,
  doubleText,
  numberText,
  objectText,
  textText,
  timeOfDayText,
  timestampText,
} from './exact-json.ts'
import { type RowLines, rowLines } from './row-lines.ts'

/** Reads a value of a schema as the JSON that says the same. */
export type ReadValue = (from: ValueCursor) => string

/** Where values are read, and how much more one record may be: items without bytes and records in themselves cost a file nothing. */
export interface ValueCursor extends Cursor {
  room: number
  depth: number
}

const maxDepth = 100
/** What an item of a list costs, be it nothing: no record has millions. */
const itemCost = 8

/** How records are read that are written with a schema. */
export interface Records extends Pick<RowLines, 'head'> {
  /** The line of the next one. */
  readonly line: ReadValue
}

/** What reads the records of a file with this schema (Avro 1.12, "Schema Declaration"); throws `ContentError` where it is none. */
export function recordsOfSchema(schema: Json): Records {
  const scope = { named: new Map(), namespace: '' }
  if (!isObject(schema) || schema['type'] !== 'record') {
    const read = readerOf(schema, scope)
    return { head: '', line: (from) => `${read(from)}\n` }
  }
  const fields = fieldsOf(schema)
  const { head, line } = rowLines(
    fields.map(({ name }) => String(name)),
    fields.every(({ type = null }) => isFlat(type)),
  )
  return { head, line: membersReader(schema, scope, line) }
}

const nested: ReadonlySet<Json> = new Set(['array', 'map', 'record'])

/** Whether a value of a type is no list and no object; of a name, that is not told. */
function isFlat(type: Json): boolean {
  if (Array.isArray(type)) return type.every(isFlat)
  if (isObject(type))
    return (
      !nested.has(type['type'] ?? null) &&
      (type['type'] === 'enum' || type['type'] === 'fixed' || isFlat(type['type'] ?? null))
    )
  return typeof type === 'string' && primitives.has(type)
}

interface Scope {
  readonly named: Map<string, ReadValue>
  readonly namespace: string
}

function readerOf(schema: Json, scope: Scope): ReadValue {
  if (Array.isArray(schema)) return unionReader(schema, scope)
  if (isObject(schema)) return (complex.get(String(schema['type'])) ?? typeReader)(schema, scope)
  if (typeof schema !== 'string') throw noSchema()
  const known = primitives.get(schema) ?? scope.named.get(nameIn(scope, schema)) ?? scope.named.get(schema)
  if (known === undefined) throw noSchema()
  return known
}

const noSchema = () => damaged('its schema')

function unionReader(branches: readonly Json[], scope: Scope): ReadValue {
  const readers = branches.map((branch) => readerOf(branch, scope))
  return (from) => {
    const read = readers[Number(zigzag(from))]
    if (read === undefined) throw damaged('a value of no type')
    return read(from)
  }
}

/** A type with a meaning of its own, else the type alone. */
function typeReader(schema: JsonObject, scope: Scope): ReadValue {
  const { type = null, logicalType = null } = schema
  return logical.get(`${type} ${logicalType}`)?.(schema) ?? readerOf(type, scope)
}

const primitives: ReadonlyMap<string, ReadValue> = new Map<string, ReadValue>([
  ['null', () => 'null'],
  ['boolean', (from) => (take(from, 1)[0] === 0 ? 'false' : 'true')],
  ['int', (from) => String(zigzag(from))],
  ['long', (from) => numberText(String(zigzag(from)))],
  ['float', (from) => doubleText(take(from, 4).readFloatLE())],
  ['double', (from) => doubleText(take(from, 8).readDoubleLE())],
  ['bytes', (from) => spent(from, bytesText(lengthed(from)))],
  ['string', (from) => spent(from, textText(lengthed(from)))],
])

const timestamp = (decimals: Decimals, isUtc: boolean) => (): ReadValue => (from) =>
  timestampText(zigzag(from), decimals, isUtc)
const timeOfDay = (decimals: Decimals) => (): ReadValue => (from) => timeOfDayText(zigzag(from), decimals)

const logical: ReadonlyMap<string, (schema: JsonObject) => ReadValue> = new Map<
  string,
  (schema: JsonObject) => ReadValue
>([
  ['int date', () => (from) => dateText(Number(zigzag(from)))],
  ['int time-millis', timeOfDay(3)],
  ['long time-micros', timeOfDay(6)],
  ['long timestamp-millis', timestamp(3, true)],
  ['long timestamp-micros', timestamp(6, true)],
  ['long timestamp-nanos', timestamp(9, true)],
  ['long local-timestamp-millis', timestamp(3, false)],
  ['long local-timestamp-micros', timestamp(6, false)],
  ['long local-timestamp-nanos', timestamp(9, false)],
  ['bytes decimal', (schema) => (from) => decimalOf(lengthed(from), schema)],
])

const complex: ReadonlyMap<string, (schema: JsonObject, scope: Scope) => ReadValue> = new Map([
  ['record', recordOf],
  ['error', recordOf],
  ['enum', enumOf],
  ['fixed', fixedOf],
  ['array', arrayOf],
  ['map', mapOf],
])

function recordOf(schema: JsonObject, scope: Scope): ReadValue {
  const fields = fieldsOf(schema)
  return membersReader(schema, scope, objectText(fields.map(({ name }) => String(name))))
}

function fieldsOf({ fields = null }: JsonObject): readonly JsonObject[] {
  if (!Array.isArray(fields) || !fields.every(isObject)) throw noSchema()
  return fields
}

function membersReader(schema: JsonObject, scope: Scope, line: (texts: readonly string[]) => string): ReadValue {
  const known: { read?: ReadValue } = {}
  const inner = named(schema, scope, (from) => (known.read as ReadValue)(from)) // A record may stand in itself.
  const readers = fieldsOf(schema).map(({ type = null }) => readerOf(type, inner))
  known.read = deeper((from) => {
    spend(from, readers.length)
    return line(readers.map((read) => read(from)))
  })
  return known.read
}

function enumOf(schema: JsonObject, scope: Scope): ReadValue {
  const { symbols = null } = schema
  if (!Array.isArray(symbols)) throw noSchema()
  const texts = symbols.map((symbol) => JSON.stringify(symbol))
  const read: ReadValue = (from) => {
    const text = texts[Number(zigzag(from))]
    if (text === undefined) throw damaged('a word that its schema has not')
    return text
  }
  named(schema, scope, read)
  return read
}

function fixedOf(schema: JsonObject, scope: Scope): ReadValue {
  const size = count(Number(schema['size']))
  const text = fixedTexts.get(String(schema['logicalType'])) ?? bytesText
  const read: ReadValue = (from) => spent(from, text(take(from, size), schema))
  named(schema, scope, read)
  return read
}

const fixedTexts: ReadonlyMap<string, (bytes: Buffer, schema: JsonObject) => string> = new Map([
  ['decimal', decimalOf],
  ['duration', base64Text],
])

function decimalOf(bytes: Buffer, { scale = 0 }: JsonObject): string {
  const unscaled = bigEndian(bytes)
  return unscaled === undefined ? base64Text(bytes) : decimalText(unscaled, Number(scale))
}

function arrayOf({ items = null }: JsonObject, scope: Scope): ReadValue {
  const read = readerOf(items, scope)
  return deeper((from) => `[${itemsOf(from, read).join()}]`)
}

function mapOf({ values = null }: JsonObject, scope: Scope): ReadValue {
  const read = readerOf(values, scope)
  return deeper((from) => `{${itemsOf(from, (at) => `${spent(at, textText(lengthed(at)))}:${read(at)}`).join()}}`)
}

/** In blocks, of which one may say how many bytes it has. */
function itemsOf(from: ValueCursor, read: ReadValue): string[] {
  const items: string[] = []
  for (let length = Number(zigzag(from)); length !== 0; length = Number(zigzag(from))) {
    if (length < 0) zigzag(from)
    for (let i = 0; i < Math.abs(length); i += 1) {
      spend(from, itemCost)
      items.push(read(from))
    }
  }
  return items
}

function deeper(read: ReadValue): ReadValue {
  return (from) => {
    from.depth += 1
    if (from.depth > maxDepth) throw new ContentError(`a record in it is nested deeper than ${maxDepth} levels`)
    const text = read(from)
    from.depth -= 1
    return text
  }
}

function spent(from: ValueCursor, text: string): string {
  spend(from, text.length)
  return text
}

function spend(from: ValueCursor, characters: number): void {
  from.room -= characters
  if (from.room < 0) throw new ContentError('a record in it is too large')
}

function lengthed(from: ValueCursor): Buffer {
  return take(from, count(zigzag(from)))
}

/** Notes what reads a type under its name; the scope of the names in it. */
function named(schema: JsonObject, scope: Scope, read: ReadValue): Scope {
  const { name = null, namespace = scope.namespace } = schema
  const full = nameIn({ namespace: String(namespace) }, String(name))
  scope.named.set(full, read)
  return { named: scope.named, namespace: full.slice(0, Math.max(0, full.lastIndexOf('.'))) }
}

function nameIn({ namespace }: Pick<Scope, 'namespace'>, name: string): string {
  return namespace === '' || name.includes('.') ? name : `${namespace}.${name}`
}
