import { RetryableError } from '../../errors.ts'

/** What is worth knowing of a page of records, found while its bytes pass. */
export interface PageFacts {
  readonly records: number
  readonly nextLink: string | undefined
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket, colon, comma] = Buffer.from('"\\{}[]:,')
const maxText = 16_384

/**
 * Reads JSON byte by byte and holds none of it: counts the objects of the list, which is the whole or its wrapper's
 * `value`, finds `@odata.nextLink`, and sees whether the JSON is whole.
 */
export function pageScanner() {
  let depth = 0
  let inString = false
  let escaped = false
  let isWhole = false
  let isList = false
  let isKey = true
  let key = ''
  let text: number[] = []
  let records = 0
  let nextLink: string | undefined

  function endString(): void {
    inString = false
    if (depth !== 1 || isList) return
    if (isKey) key = stringOf(text)
    else if (key === '@odata.nextLink') nextLink = stringOf(text)
  }

  function open(byte: number): void {
    if (depth === 0) isList = byte === openBracket
    if (byte === openBrace && depth === (isList ? 1 : 2) && (isList || key === 'value')) records += 1
    depth += 1
  }

  function structure(byte: number): void {
    if (byte === openBrace || byte === openBracket) open(byte)
    else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1
      if (depth === 0) isWhole = true
    } else if (depth !== 1) return
    else if (byte === colon) isKey = false
    else if (byte === comma) isKey = true
  }

  return {
    push(chunk: Uint8Array): void {
      for (const byte of chunk) {
        if (inString) {
          if (escaped) escaped = false
          else if (byte === backslash) escaped = true
          else if (byte === quote) {
            endString()
            continue
          }
          if (depth === 1 && text.length < maxText) text.push(byte)
        } else if (byte === quote) {
          inString = true
          text = []
        } else structure(byte)
      }
    },
    /** Throws `RetryableError` when the JSON is not whole, or none at all. */
    end(): PageFacts {
      if (!isWhole || depth !== 0) throw new RetryableError('an answer was cut short: its JSON does not end')
      return { records, nextLink }
    },
  }
}

/** The text of a JSON string; empty where it is none. */
function stringOf(bytes: readonly number[]): string {
  try {
    return String(JSON.parse(`"${Buffer.from(bytes).toString()}"`))
  } catch {
    return ''
  }
}
