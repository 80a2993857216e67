const [singleQuote, doubleQuote, space, comma, colon, openBrace, closeBrace] = [39, 34, 32, 44, 58, 123, 125] as const

/**
 * Reads a dictionary of texts as `repr` writes nearly all of them, `{'A': 'b', 'C': "d"}`. Undefined for whatever else it is:
 * what may be anything takes several times as long to read.
 */
export function parsePlainDict(text: string): Record<string, string> | undefined {
  if (text.charCodeAt(0) !== openBrace || isSpecial(text)) return undefined
  const entries: Record<string, string> = {}
  for (let at = 1; ; ) {
    const keyEnd = stringEnd(text, at)
    if (keyEnd === -1 || text.charCodeAt(keyEnd + 1) !== colon || text.charCodeAt(keyEnd + 2) !== space)
      return undefined
    const valueEnd = stringEnd(text, keyEnd + 3)
    const key = text.slice(at + 1, keyEnd)
    if (valueEnd === -1 || key === '__proto__') return undefined
    entries[key] = text.slice(keyEnd + 4, valueEnd)
    const next = text.charCodeAt(valueEnd + 1)
    if (next === closeBrace) return valueEnd + 2 === text.length ? entries : undefined
    if (next !== comma || text.charCodeAt(valueEnd + 2) !== space) return undefined
    at = valueEnd + 3
  }
}

/** A backslash escapes, and a line end in a string is an error. */
function isSpecial(text: string): boolean {
  return text.includes('\\') || text.includes('\n') || text.includes('\r')
}

/** Where the quote stands that closes the string at `start`; -1 where there is none. */
function stringEnd(text: string, start: number): number {
  const quote = text.charCodeAt(start)
  if (quote === singleQuote) return text.indexOf("'", start + 1)
  return quote === doubleQuote ? text.indexOf('"', start + 1) : -1
}
