import type { Json } from '../../../activity.ts'
import { isTooDeep } from '../depth.ts'
import { pythonValue } from './json-cell.ts'
import { powerShellObject } from './powershell.ts'

/**
 * The object or list that a text stands for: JSON, as Log Analytics writes it, what Export-Csv makes of an object, or what Python does. Any other value
 * stays as it is.
 */
export function unfold(value: Json): Json {
  if (typeof value !== 'string') return value
  const text = value.trim()
  return notTooDeep(fromJson(text)) ?? powerShellObject(text) ?? notTooDeep(pythonValue(text)) ?? value
}

function fromJson(text: string): Json | undefined {
  if (!text.startsWith('{') && !text.startsWith('[')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Then it's a text that only looks like it, and stays one.
  }
}

function notTooDeep(value: Json | undefined): Json | undefined {
  return value === undefined || isTooDeep(value) ? undefined : value
}
