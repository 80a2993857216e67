import type { CsvShape } from './shape.ts'

/** A GUID, as ids of records, tenants and PowerShell sessions are. */
export const guid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** An address of mail. */
export const mailAddress = /^[^\s@]+@[^\s@]+$/

/** The beginning of a time, in whatever culture: numbers, or the month by a name in front or behind the day. */
export const time =
  /^(?:\d{1,4}([./-])\s?\d{1,2}\1\s?\d{1,4}|\p{L}{3,12}\.? \d{1,2},? \d{4},? \d|\d{1,2}\.? (?:de )?\p{L}{3,12}\.?,? (?:de )?\d{4})/u

/** The beginning of a time all in numbers, with the hour, as PowerShell's Export-Csv writes it in most cultures; or as JSON. */
export const numericTime = /^"?\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]\d/

/** What the cell of each column looks like in every row, blanks around it removed. */
export type RowPatterns = Readonly<Record<string, RegExp>>

/**
 * Whether a line can only be the beginning of a row: each of its leading cells that has a pattern and holds something matches it, and there
 * is at least one such. Only cells that end on the line are judged, for a line may be cut anywhere, but for one that begins as JSON does;
 * cells without a pattern may hold anything. A line inside a quoted JSON cell has either no such cell or one that no pattern takes.
 */
export function startsRowBy(patterns: RowPatterns): CsvShape['startsRow'] {
  return (line, columns, delimiter) => {
    let judged = 0
    let rest = line
    for (const column of columns) {
      const cell = firstCell(rest, delimiter)
      const pattern = patterns[column]
      if (cell === undefined) {
        // JSON is longer than lines are looked at, and inside a quoted cell none has a single quote before its brace.
        if (rest.startsWith('"{""') && pattern?.test('{"')) judged += 1
        break
      }
      rest = rest.slice(cell.length)
      if (pattern === undefined || cell.value === '') continue
      if (!pattern.test(cell.value)) return false
      judged += 1
    }
    return judged > 0
  }
}

/** The cell that a line begins with and the length of it, its delimiter included; nothing where it does not end. */
function firstCell(line: string, delimiter: string): { value: string; length: number } | undefined {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)
  const end = quoted === null ? line.indexOf(delimiter) : quoted[0].length
  if (end === -1 || !line.startsWith(delimiter, end)) return undefined
  const value = quoted?.[1]?.replaceAll('""', '"') ?? line.slice(0, end)
  return quoted === null && value.includes('"') ? undefined : { value: value.trim(), length: end + delimiter.length }
}
