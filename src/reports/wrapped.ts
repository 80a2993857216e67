/** How much further in a line goes on than it began. */
const hang = 4

/** A line of a page broken between words, so that no piece is wider than `columns`; a word that is wider stays whole, for somebody may copy it. */
export function wrapped(line: string, columns: number): string[] {
  if (line.length <= columns) return [line]
  const start = /^ */.exec(line)?.[0].length ?? 0
  const indent = ' '.repeat(start + hang)
  const lines: string[] = []
  let current = line.slice(0, start)
  let isEmpty = true
  for (const word of line.slice(start).split(' ')) {
    if (!isEmpty && current.length + 1 + word.length > columns) {
      lines.push(current.trimEnd())
      current = indent
      isEmpty = true
    }
    current += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, current.trimEnd()]
}
