import { isObject, type Json, type JsonObject } from '../activity.ts'

// Elasticsearch's `flattened` refuses a document whose map is deeper than its depth_limit (20), or has a key with a NUL
// or a key and value of more than 32,766 bytes together, the key being the path to the value. Values beyond the mapping's
// ignore_above it only leaves unindexed, so the worst is 8 keys of 256 and a value of 8,000 characters of 3 bytes each: 30,151.
const maxDepth = 8
const maxKeyLength = 256

/** The object under `key` in a form that Elasticsearch's `flattened` always takes: what is too deep becomes its JSON text. */
export function openMap(key: string): (record: JsonObject) => JsonObject | undefined {
  return (record) => {
    const value = record[key]
    return isObject(value) ? tameMap(value) : undefined
  }
}

/** The same of an object at hand. */
export function tameMap(value: JsonObject): JsonObject {
  return isPlain(value) ? value : (tame(value, 1) as JsonObject)
}

/** The JSON text of a value, however deep it is. */
export function jsonText(value: Json): string {
  try {
    return JSON.stringify(value)
  } catch {
    return '(nested too deep)' // Only the stack can run out: that takes thousands of levels, and the original has them.
  }
}

function isPlain(value: JsonObject): boolean {
  for (const key in value) {
    if (typeof value[key] !== 'string' || !isTameKey(key)) return false
  }
  return true
}

function isTameKey(key: string): boolean {
  return key !== '' && key.length <= maxKeyLength && !key.includes('\0')
}

function tame(value: Json, depth: number): Json {
  if (typeof value !== 'object' || value === null) return value
  if (depth > maxDepth) return jsonText(value)
  if (Array.isArray(value)) return value.map((item) => tame(item, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [tameKey(key), tame(inner, depth + 1)]))
}

function tameKey(key: string): string {
  return isTameKey(key) ? key : key.replaceAll('\0', '_').slice(0, maxKeyLength) || '_'
}
