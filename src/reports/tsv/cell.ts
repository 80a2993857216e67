// What a spreadsheet would take for a formula (some do so for the full-width forms too), or for a quoted cell that runs
// over the following rows.
const dangerous: ReadonlySet<number> = new Set([...'=+-@"\t\r＝＋－＠'].map((character) => character.charCodeAt(0)))
// Control characters, those of no width, and those that turn the reading direction of what follows.
const invisible = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/
const everyInvisible = new RegExp(invisible, 'g')
const shortEscapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** What stands where there is nothing to show, as in Magic Unicorn's tables. */
export const noData = 'No Data'

/** A value as one cell: it can neither break the row, nor hide, nor be run as a formula (a leading `'` says so). */
export function cell(value: string | number | undefined): string {
  if (value === undefined) return ''
  const text = typeof value === 'number' ? String(value) : value
  const first = text.charCodeAt(0)
  const guarded = dangerous.has(first) ? `'${text}` : text
  return invisible.test(guarded) ? guarded.replace(everyInvisible, escapeCharacter) : guarded
}

function escapeCharacter(character: string): string {
  return shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
