import { isObject, type Json, type JsonObject } from '../activity.ts'
import type { Kind } from './leaves.ts'
import { tameMap } from './open-map.ts'

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

function toObject(value: Json): JsonObject | undefined {
  if (isObject(value)) return Object.keys(value).length === 0 ? undefined : tameMap(value)
  return value === null || value === '' ? undefined : tameMap({ value })
}
