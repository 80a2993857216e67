import type { Json } from '../../../activity.ts'
import { type JsonText, readJson } from '../json-text.ts'
import { PythonLiteralError, parsePythonLiteral } from '../python-literal.ts'

/** The list or object that stands in a cell or member as JSON text, or as Python writes it (`DataFrame.to_csv`); any other value as it is. */
export function jsonCell(value: Json): Json {
  return cellValue(value).value
}

/** The same, and whether it is a list or object whose end is missing. */
export function cellValue(cell: Json): JsonText {
  if (typeof cell !== 'string' || !/^\s*[[{]/.test(cell)) return { value: cell, truncated: false }
  const json = readJson(cell)
  if (typeof json === 'object' && !json.truncated) return json
  const python = pythonValue(cell)
  if (python !== undefined) return { value: python, truncated: false }
  return typeof json === 'object' ? json : { value: cell, truncated: beginsAsPython.test(cell) }
}

// No text that people write begins so.
const beginsAsPython = /^\s*(?:\[\s*)?\{\s*'\w+'\s*:/

/** The list or object that Python writes so; undefined where it is none. */
export function pythonValue(text: string): Json | undefined {
  if (!/^\s*(?:\{\s*'[^']*'\s*:|\[)/.test(text)) return undefined
  try {
    return parsePythonLiteral(text.trim())
  } catch (error) {
    if (error instanceof PythonLiteralError) return undefined
    throw error
  }
}
