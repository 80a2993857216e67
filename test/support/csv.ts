import type { Random } from '../../samples/random.ts'

/** Random rows that are well-formed CSV, each with its line end; the last may lack it. Some are blank lines. */
export function randomRows(random: Random): string[] {
  const rows = Array.from({ length: random.whole(1, 12) }, () => randomRow(random) + random.pick(['\n', '\r\n']))
  if (random.chance(0.5)) rows.push(randomRow(random) || 'end')
  return rows
}

/** A row's cells, taken apart one character at a time: slow, and with nothing in common with what it checks. */
export function plainCells(row: string): string[] {
  const cells = ['']
  let quoted = false
  const text = row.replace(/\r?\n$/, '')
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i)
    if (character === '"' && quoted && text.charAt(i + 1) === '"') {
      cells.push(`${cells.pop()}"`)
      i += 1
    } else if (character === '"') quoted = !quoted
    else if (character === ',' && !quoted) cells.push('')
    else cells.push(`${cells.pop()}${character}`)
  }
  return cells
}

function randomRow(random: Random): string {
  if (random.chance(0.15)) return ''
  const cells = Array.from({ length: random.whole(2, 5) }, () => randomCell(random))
  return cells.join(',')
}

/** Quoted where it must be, and sometimes where it need not be. */
function randomCell(random: Random): string {
  const parts = ['a', ' ', 'é', '€', '😀', '\t', ',', '"', '\n', '\r\n', '2018', "'"]
  const text = Array.from({ length: random.whole(0, 6) }, () => random.pick(parts)).join('')
  return /[",\r\n]/.test(text) || random.chance(0.2) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The line that a CSV writer makes of these cells, without the line end: it quotes what must be quoted, or all. */
export function csvLine(cells: readonly string[], { delimiter = ',', quoteAll = false } = {}): string {
  const quoted = (cell: string) => quoteAll || cell.includes(delimiter) || /["\r\n]/.test(cell)
  return cells.map((cell) => (quoted(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)
}

/** A whole CSV of these rows, each cell in quotes. */
export function quotedCsv(...rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${csvLine(cells, { quoteAll: true })}\n`).join('')
}
