/** How much further in a line goes on than it began. */
const hang = 4

/** A line of a page broken between words, so that no piece is wider than `columns`; a word that is wider stays whole, for somebody may copy it. */
export function wrapped(line: string, columns: number): string[] {
  if (widthOf(line) <= columns) return [line]
  const start = /^ */.exec(line)?.[0].length ?? 0
  const indent = ' '.repeat(start + hang)
  const lines: string[] = []
  let current = line.slice(0, start)
  let isEmpty = true
  for (const word of line.slice(start).split(' ')) {
    if (!isEmpty && widthOf(current) + 1 + widthOf(word) > columns) {
      lines.push(current.trimEnd())
      current = indent
      isEmpty = true
    }
    current += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, current.trimEnd()]
}

// What terminals show two columns wide.
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += wide.test(character) ? 2 : 1
  return width
}
