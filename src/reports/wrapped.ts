import { stripVTControlCharacters } from 'node:util'

/** How much further in a line goes on than it began. */
const hang = 4

/** A line of a page broken between words, so that no piece is wider than `columns`; a word that is wider stays whole, for somebody may copy it. */
export function wrapped(line: string, columns: number): string[] {
  const start = /^ */.exec(line)?.[0].length ?? 0
  return broken(line, columns, { start, indent: start + hang })
}

/** The same of a line whose text begins at the column `start` and goes on at the column `indent`: nothing before `start` is broken. */
export function broken(line: string, columns: number, { start, indent }: Record<'start' | 'indent', number>): string[] {
  if (widthOf(line) <= columns) return [line]
  const [first = '', ...words] = line.split(' ')
  const lines: string[] = []
  let current = first
  for (const word of words) {
    if (widthOf(current) >= start && widthOf(current) + 1 + widthOf(word) > columns) {
      lines.push(current.trimEnd())
      current = ' '.repeat(indent) + word
    } else current += ` ${word}`
  }
  return [...lines, current.trimEnd()]
}

// What terminals show two columns wide.
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u

// What stands above or below the character before it.
const none = /[\p{Mn}\p{Me}]/u

/** How many columns of a terminal a text takes; its colours take none. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of stripVTControlCharacters(text))
    width += wide.test(character) ? 2 : none.test(character) ? 0 : 1
  return width
}
