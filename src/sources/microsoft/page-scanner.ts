import { RetryableError } from '../../errors.ts'

/** What is worth knowing of a page of records, found while its bytes pass. */
export interface PageFacts {
  readonly records: number
  readonly nextLink: string | undefined
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket, colon, comma] = Buffer.from('"\\{}[]:,')
/** Blanks, and the mark that some texts begin with. */
const beforeJson = Buffer.from('\uFEFF \t\r\n')
const askWho = 'though it was said to be good: look what stands between here and there'
const maxText = 16_384
const nothing = Buffer.alloc(0)

/**
 * Goes over the bytes of JSON and holds none of it: counts the objects of the list, which is the whole or its wrapper's
 * `value`, finds `@odata.nextLink`, and sees whether the JSON is whole. What has no such list is no page, whatever its
 * status said: what stands in between answers 200 with HTML, whose styles have braces, and a service with an error.
 */
export function pageScanner() {
  let depth = 0
  let inString = false
  let escaped = false
  let isWhole = false
  let isList = false
  let hasList = false
  let isJson = true
  let isKey = true
  let key = ''
  let text = nothing
  let records = 0
  let nextLink: string | undefined

  /** Passes over the rest of a string; gives where it ends, or the end of what there is of it. */
  function passString(chunk: Uint8Array, from: number): number {
    let at = escaped ? from + 1 : from
    while (at < chunk.length && chunk[at] !== quote) at += chunk[at] === backslash ? 2 : 1
    escaped = at > chunk.length
    const isMember = depth === 1 && !isList
    if (isMember) text = Buffer.concat([text, chunk.subarray(from, at).subarray(0, maxText - text.length)])
    if (at >= chunk.length) return chunk.length
    endString()
    return at
  }

  function endString(): void {
    inString = false
    if (depth !== 1 || isList) return
    if (isKey) key = stringOf(text)
    else if (key === '@odata.nextLink') nextLink = stringOf(text)
  }

  function open(byte: number): void {
    if (depth === 0) isList = byte === openBracket
    if (byte === openBracket && (depth === 0 || (depth === 1 && !isList && key === 'value'))) hasList = true
    if (byte === openBrace && depth === (isList ? 1 : 2) && (isList || key === 'value')) records += 1
    depth += 1
  }

  function structure(byte: number): void {
    if (byte === openBrace || byte === openBracket) open(byte)
    else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1
      if (depth === 0) isWhole = true
    } else if (depth === 0 && !isWhole && !beforeJson.includes(byte)) isJson = false
    else if (depth !== 1) return
    else if (byte === colon) isKey = false
    else if (byte === comma) isKey = true
  }

  return {
    push(chunk: Uint8Array): void {
      for (let at = inString ? passString(chunk, 0) + 1 : 0; at < chunk.length; at += 1) {
        const byte = chunk[at] as number
        if (byte !== quote) structure(byte)
        else {
          inString = true
          text = nothing
          at = passString(chunk, at + 1)
        }
      }
    },
    /** Throws `RetryableError` when the JSON is not whole, none at all, or no page. */
    end(): PageFacts {
      if (!isJson) throw new RetryableError(`an answer is no JSON, ${askWho}`)
      if (!isWhole || depth !== 0) throw new RetryableError('an answer was cut short: its JSON does not end')
      if (!hasList) throw new RetryableError(`an answer holds no list of records, ${askWho}`)
      return { records, nextLink }
    },
  }
}

/** The text of a JSON string; empty where it is none, or longer than any that is looked for. */
function stringOf(bytes: Buffer): string {
  if (bytes.length >= maxText) return ''
  try {
    return String(JSON.parse(`"${bytes.toString()}"`))
  } catch {
    return ''
  }
}
