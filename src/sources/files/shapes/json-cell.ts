import type { Json } from '../../../activity.ts'
import { readJson } from '../json-text.ts'

/** The list or object whose JSON text stands in a cell or member; any other value as it is. */
export function jsonCell(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  const json = readJson(value)
  return typeof json === 'string' ? value : json.value
}
