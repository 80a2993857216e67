import { parse } from 'csv-parse/sync'
import type { Cells } from '#src/sources/files/shapes/shape.ts'

/** The rows of a CSV by column name, as `survey` names columns: trimmed, and a repeated name numbered. */
export function cellsOf(csv: string, delimiter = ','): Cells[] {
  const [header = [], ...rows]: string[][] = parse(csv, { delimiter, relax_quotes: true })
  const names = header.map((name) => name.trim())
  const columns = names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length
    return before === 0 ? name : `${name} (${before + 1})`
  })
  return rows.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])))
}
