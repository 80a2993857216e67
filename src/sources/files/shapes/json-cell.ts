import type { Json } from '../../../activity.ts'
import { readJson } from '../json-text.ts'
import { PythonLiteralError, parsePythonLiteral } from '../python-literal.ts'

/** The list or object that stands in a cell or member as JSON text, or as Python writes it (`DataFrame.to_csv`); any other value as it is. */
export function jsonCell(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  const json = readJson(value)
  if (typeof json === 'object' && !json.truncated) return json.value
  return pythonValue(value) ?? (typeof json === 'object' ? json.value : value)
}

/** The list or object that Python writes so; undefined where it is none. */
export function pythonValue(text: string): Json | undefined {
  if (!/^\s*(?:\{\s*'|\[)/.test(text)) return undefined
  try {
    return parsePythonLiteral(text.trim())
  } catch (error) {
    if (error instanceof PythonLiteralError) return undefined
    throw error
  }
}
