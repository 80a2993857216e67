// What cannot be seen or turns the reading direction: controls, format characters, halves of pairs, line separators,
// fillers. Not the variation selectors that only colour an emoji.
const invisible =
  /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]--[\ufe0e\ufe0f]]/gv

// Nearly every text is plain, and to know that costs a tenth of looking for what is not.
const plain = /^[ -~]*$/

const shortEscapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A text in which everything can be seen and nothing moves the rest: what is invisible is written as in JSON, or as `mark` says. */
export function visible(text: string, mark: (character: string) => string = escaped): string {
  return plain.test(text) ? text : text.replace(invisible, mark)
}

/** The same of each line of a text. */
export function visibleLines(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line))
    .join('\n')
}

/** The same of a JSON text, of which the value stays what it is. */
export function visibleJson(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line, escapedUnits))
    .join('\n')
}

function escapedUnits(character: string): string {
  return character.split('').map(escaped).join('')
}

/** An invisible character as JSON writes it; beyond 16 bits as JavaScript does. */
export function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  return shortEscapes[character] ?? (code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`)
}
