import type { Json } from '../../activity.ts'

/** What Python's `repr` writes of JSON that it has read; a map stands for a `dict` whose order counts. */
export function pythonLiteral(value: Json | ReadonlyMap<string, Json>): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return pythonString(value)
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return `[${value.map((item) => pythonLiteral(item)).join(', ')}]`
  const entries = value instanceof Map ? [...value] : Object.entries(value as Record<string, Json>)
  return `{${entries.map(([name, item]) => `${pythonString(name)}: ${pythonLiteral(item)}`).join(', ')}}`
}

/** In single quotes, unless only double ones spare an escape. */
function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  return quote + text.replace(special, (letter) => escaped(letter, quote)) + quote
}

// What `str.isprintable` calls not printable, and what is always written otherwise; the space is printable.
const special = /['\\]|(?! )[\p{C}\p{Z}]/gu
const named: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escaped(letter: string, quote: string): string {
  if (letter === "'") return quote === "'" ? "\\'" : letter
  const code = letter.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code < 0x100) return named[letter] ?? `\\x${hex.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}
