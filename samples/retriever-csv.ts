/** One activity as the Outlook Activities API gave it; times are milliseconds since 1970. */
export type Row = {
  time: number
  app: string
  type: string
  item: string
  created: number
  session: string
  properties: Record<string, string>
}

/** What stands before the first row: the byte order mark of Python's `utf-8-sig`, and the column names. */
export const fileStart =
  '\uFEFFTimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties\n'

/** Writes one row the way retriever.py's `csv.DictWriter` does, line end included. */
export function formatRow(row: Row): string {
  const cells = [
    new Date(row.time).toISOString(),
    row.app,
    row.type,
    row.item,
    new Date(row.created).toISOString(),
    row.session,
    pythonDictionary(row.properties),
  ]
  return `${cells.map(quoteMinimally).join(',')}\n`
}

// retriever.py leaves the cell empty when an activity has no properties.
function pythonDictionary(properties: Record<string, string>): string {
  const pairs = Object.entries(properties).map(([name, value]) => `${pythonString(name)}: ${pythonString(value)}`)
  return pairs.length === 0 ? '' : `{${pairs.join(', ')}}`
}

/** Writes a string as Python 3's `repr` does. */
export function pythonString(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'"
  if (plain.test(value)) return quote + value + quote
  const escaped = value.replace(special, (character) =>
    character === '"' ? character : escapeCharacter(character, quote),
  )
  return quote + escaped + quote
}

// Letters, digits and signs that `repr` never changes, whichever quote it chooses.
const plain = /^[ !#-&(-[\]-~]*$/
// `str.isprintable` refuses the categories Other and Separator, the blank excepted.
const special = /['"\\]|(?! )[\p{C}\p{Z}]/gu

const shortEscapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeCharacter(character: string, quote: string): string {
  if (character === "'") return quote === "'" ? "\\'" : "'"
  const short = shortEscapes[character]
  if (short !== undefined) return short
  const code = character.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\U${code.toString(16).padStart(8, '0')}`
}

// Python's QUOTE_MINIMAL: only a cell that holds a comma, a double quote or a line end is quoted.
function quoteMinimally(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
