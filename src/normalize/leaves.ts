import { isObject, type Json, type JsonObject } from '../activity.ts'
import type { Field, Value } from '../document.ts'
import { remember } from '../remember.ts'
import { tameMap } from './open-map.ts'
import type { FieldTable, Reader } from './table.ts'

/** Makes of one value what its field's mapping takes; nothing of a value that it cannot take. */
export type Kind<T> = (value: Json) => T | undefined

/** Where a raw field stands in a record, and what is made of it. */
export interface Leaf<T> {
  readonly path: readonly string[]
  readonly kind: Kind<T>
}

/** The raw fields of a dataset: each names its place in the record once. */
export type Leaves = { readonly [F in Field]?: Leaf<Value<F>> }

/** The leaf at a path with dots. */
export function leaf<T>(path: string, kind: Kind<T>): Leaf<T> {
  return { path: path.split('.'), kind }
}

/** What stands at a path with dots, made into what `kind` makes. */
export function at<T>(path: string, kind: Kind<T>): Reader<T> {
  return readerOf(leaf(path, kind))
}

/** The fields of all leaves. */
export function fieldsOf(leaves: Leaves): FieldTable {
  const entries = Object.entries(leaves).map(([field, leaf]) => [field, readerOf(leaf as Leaf<unknown>)])
  return Object.fromEntries(entries) as FieldTable // Object.fromEntries knows no literal key types.
}

/**
 * What of a record no leaf takes, is not `taken` otherwise and is not empty, in a form that Elasticsearch's `flattened` always
 * takes.
 */
export function restOf(leaves: Leaves, taken: readonly string[]): Reader<JsonObject> {
  const others = taken.map((path) => leaf(path, (value) => value))
  const known = branchOf([...(Object.values(leaves) as Leaf<unknown>[]), ...others])
  return (record) => {
    const rest = without(record, known)
    return rest === undefined ? undefined : tameMap(rest)
  }
}

function readerOf<T>({ path, kind }: Leaf<T>): Reader<T> {
  return (record) => {
    let value: Json | undefined = record
    for (const key of path) {
      if (!isObject(value) || !Object.hasOwn(value, key)) return undefined
      value = value[key]
    }
    return value === undefined || value === null ? undefined : kind(value)
  }
}

/** Maps rather than objects, for keys are the record's. */
type Branch = ReadonlyMap<string, Branch | Kind<unknown>>

function branchOf(leaves: readonly Leaf<unknown>[], depth = 0): Branch {
  const byKey = Map.groupBy(leaves, ({ path }) => path[depth] as string)
  return new Map(
    [...byKey].map(([key, own]) => {
      const end = own.find(({ path }) => path.length === depth + 1)
      return [key, end?.kind ?? branchOf(own, depth + 1)]
    }),
  )
}

/** The record without what the branch takes; recursion goes no deeper than the branch. */
function without(record: JsonObject, known: Branch): JsonObject | undefined {
  const left: [string, Json][] = []
  for (const [key, value] of Object.entries(record)) {
    const own = known.get(key)
    if (isEmpty(value) || (typeof own === 'function' && own(value) !== undefined)) continue
    const rest = typeof own === 'object' && isObject(value) ? without(value, own) : value
    if (rest !== undefined) left.push([key, rest])
  }
  return left.length === 0 ? undefined : Object.fromEntries(left)
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}

/** Any value as text; an object where a word should be becomes its JSON text. Nothing for what is empty. */
export const word: Kind<string> = (value) => {
  if (typeof value === 'object') return Object.keys(value ?? {}).length === 0 ? undefined : JSON.stringify(value)
  return value === '' ? undefined : String(value)
}

/** A list of words, or one word. */
export const words: Kind<readonly string[]> = (value) => {
  const all = (Array.isArray(value) ? value : [value]).map(word).filter((one) => one !== undefined)
  return all.length === 0 ? undefined : all
}

/** A whole number, also one that came as text. */
export const whole: Kind<number> = (value) => {
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined
}

/** A number, also one that came as text. */
export const real: Kind<number> = (value) => {
  const number = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,20})?$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** A whole number as far as Elasticsearch's `integer` takes it. */
export const integer: Kind<number> = (value) => {
  const number = whole(value)
  return number !== undefined && Math.abs(number) < 2 ** 31 ? number : undefined
}

/** A number as far as Elasticsearch's `float` takes it. */
export const float: Kind<number> = (value) => {
  const number = real(value)
  return number !== undefined && Number.isFinite(Math.fround(number)) ? number : undefined
}

const truths: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  ['yes', true],
  [false, false],
  ['false', false],
  ['no', false],
])

/** Yes or no, as JSON, .NET and the portal write them. */
export const truth: Kind<boolean> = (value) => truths.get(typeof value === 'string' ? value.toLowerCase() : value)

/** A list of objects, or one object, each as Elasticsearch's `flattened` takes it; what is no object is put into one. */
export const objects: Kind<readonly JsonObject[]> = (value) => {
  const all = (Array.isArray(value) ? value : [value]).map(toObject).filter((one) => one !== undefined)
  return all.length === 0 ? undefined : all
}

/** The same with the names in them as Elastic's azure integration writes them: `authenticationMethod` is `authentication_method`. */
export const snakeObjects: Kind<readonly JsonObject[]> = (value) =>
  objects(value)?.map((one) => inSnake(one) as JsonObject)

// `objects` leaves nothing deep.
function inSnake(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.length === 0 ? value : value.map(inSnake)
  const named: JsonObject = {}
  for (const [name, inner] of Object.entries(value)) named[snakeName(name)] = inSnake(inner)
  return named
}

// As that integration's ingest pipelines do it (elastic/integrations, "Convert Azure JSON keys to snake case").
const snakeName = remember(1000, (name) => {
  const snake = name.replace(/_?([a-z])([A-Z]+)/g, '$1_$2').toLowerCase()
  return snake === '__proto__' ? 'proto' : snake // No key of an object's own can be set under that name.
})

function toObject(value: Json): JsonObject | undefined {
  if (isObject(value)) return Object.keys(value).length === 0 ? undefined : tameMap(value)
  return value === null || value === '' ? undefined : tameMap({ value })
}
