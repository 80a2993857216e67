import type { Json } from '../../../activity.ts'
import { isTooDeep } from '../depth.ts'
import { powerShellObject } from './powershell.ts'

/**
 * The object or list that a text stands for: JSON, as Log Analytics writes it, or what Export-Csv makes of an object. Any
 * other value stays as it is.
 */
export function unfold(value: Json): Json {
  if (typeof value !== 'string') return value
  const text = value.trim()
  return fromJson(text) ?? powerShellObject(text) ?? value
}

function fromJson(text: string): Json | undefined {
  if (!text.startsWith('{') && !text.startsWith('[')) return undefined
  try {
    const value: Json = JSON.parse(text)
    return isTooDeep(value) ? undefined : value
  } catch {
    return undefined // Then it's a text that only looks like it, and stays one.
  }
}
