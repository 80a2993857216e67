import type { Json, JsonObject } from '../../activity.ts'
import { setOwn } from './json-text.ts'

/** `special` is where the first backslash or line end stands that is not before the string being read. */
type Reader = { readonly text: string; at: number; depth: number; special: number }
type StringPart = { prefix: string; isTriple: boolean; start: number; end: number }

const maxDepth = 100
const [space, doubleQuote, hash, singleQuote, openParenthesis, closeParenthesis] = [32, 34, 35, 39, 40, 41] as const
const [plus, comma, minus, dot, zero, nine, colon] = [43, 44, 45, 46, 48, 57, 58] as const
const [openBracket, backslash, closeBracket, openBrace, closeBrace, endOfText] = [91, 92, 93, 123, 125, -1] as const

const constants = new Map(Object.entries<Json>({ None: null, True: true, False: false, inf: 'inf', nan: 'nan' }))
const simpleEscapes = new Map([
  ...['\\\\', "\\'", '\\"'].map((piece) => [piece, piece.slice(1)] as const),
  ...['\\\n', '\\\r', '\\\r\n'].map((piece) => [piece, ''] as const),
  ...Object.entries({ '\\a': '\x07', '\\b': '\b', '\\f': '\f', '\\n': '\n', '\\r': '\r', '\\t': '\t', '\\v': '\v' }),
])
const blanks = /(?:[ \t\f\n\r]+|#[^\n\r]*|\\(?:\r\n|[\n\r]))*/y
const stringPrefix = /(?:[uUbBrR]|[bB][rR]|[rR][bB])(?=['"])/y
const constant = /(?:None|True|False|inf|nan)(?!\w)/y
const emptySet = /set\s*\(\s*\)/y
const integer = /(?:0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?\d)*)(?![\w.])/y
const digits = String.raw`\d(?:_?\d)*`
const exponent = `[eE][+-]?${digits}`
const point = String.raw`(?:${digits}\.(?:${digits})?|\.${digits})`
const float = new RegExp(String.raw`(?:${point}(?:${exponent})?|${digits}${exponent}|inf|nan)(?![\w.])`, 'y')
const special = /[\\\n\r]/g
const pieces = /\\(?:[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U00(?:0[\da-fA-F]|10)[\da-fA-F]{4}|\r\n|.)|\r\n?|\n/gs

/** Says what was expected, the one character found and its zero-based offset; holds nothing else of the text. */
export class PythonLiteralError extends Error {
  override readonly name = 'PythonLiteralError'
  readonly position: number

  constructor(expected: string, text: string, position: number) {
    const code = text.codePointAt(position)
    const found = code === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(code))
    const line = text.slice(0, position).split(/\r\n?|\n/).length
    super(`expected ${expected}, found ${found} at character ${position} (line ${line})`)
    this.position = position
  }
}

/**
 * Reads the one literal that is the whole text, as Python's `repr` writes it, or throws a PythonLiteralError.
 * What JSON cannot hold stays as text: integers beyond the safe range as decimal digits, infinities and NaN by name.
 */
export function parsePythonLiteral(text: string): Json {
  const isPlain = !text.includes('\\') && !text.includes('\n') && !text.includes('\r')
  const reader: Reader = { text, at: 0, depth: 0, special: isPlain ? text.length : -1 }
  skipBlanks(reader)
  const value = readValue(reader)
  skipBlanks(reader)
  if (peek(reader) === comma) return readItems(reader, endOfText, [value])
  if (reader.at < text.length) throw expected(reader, 'the end of the text')
  return value
}

function readValue(reader: Reader): Json {
  const code = peek(reader)
  if (code === singleQuote || code === doubleQuote) return readStrings(reader, '')
  if (code === openBrace || code === openBracket || code === openParenthesis) return readNested(reader, code)
  if ((code >= zero && code <= nine) || code === dot || code === minus || code === plus) return readNumber(reader)
  return readNamed(reader)
}

function readNested(reader: Reader, open: number): Json {
  if (reader.depth === maxDepth) throw expected(reader, `at most ${maxDepth} levels of nesting`)
  reader.depth += 1
  reader.at += 1
  skipBlanks(reader)
  const value = open === openBrace ? readBraces(reader) : readSequence(reader, open)
  reader.depth -= 1
  return value
}

function readBraces(reader: Reader): Json {
  if (take(reader, closeBrace)) return {}
  const start = reader.at
  const first = readValue(reader)
  const key = typeof first === 'string' ? first : reader.text.slice(start, reader.at)
  skipBlanks(reader)
  return peek(reader) === colon ? readEntries(reader, key) : readItems(reader, closeBrace, [first])
}

function readEntries(reader: Reader, firstKey: string): JsonObject {
  const entries: JsonObject = {}
  for (let key = firstKey; ; ) {
    if (!take(reader, colon)) throw expected(reader, '":"')
    skipBlanks(reader)
    setOwn(entries, key, readValue(reader))
    if (!takeSeparator(reader, closeBrace)) return entries
    const start = reader.at
    const next = readValue(reader)
    key = typeof next === 'string' ? next : reader.text.slice(start, reader.at)
    skipBlanks(reader)
  }
}

function readSequence(reader: Reader, open: number): Json {
  const close = open === openBracket ? closeBracket : closeParenthesis
  if (take(reader, close)) return []
  const first = readValue(reader)
  skipBlanks(reader)
  if (open === openParenthesis && take(reader, close)) return first
  return readItems(reader, close, [first])
}

function readItems(reader: Reader, close: number, items: Json[]): Json[] {
  while (takeSeparator(reader, close)) items.push(readValue(reader))
  return items
}

function takeSeparator(reader: Reader, close: number): boolean {
  skipBlanks(reader)
  if (take(reader, close)) return false
  if (!take(reader, comma))
    throw expected(reader, close === endOfText ? '","' : `"," or "${String.fromCharCode(close)}"`)
  skipBlanks(reader)
  return !take(reader, close)
}

function readStrings(reader: Reader, prefix: string): string {
  let value = readString(reader, prefix)
  skipBlanks(reader)
  for (let next = takePrefix(reader); next !== undefined; next = takePrefix(reader)) {
    if (next.includes('b') !== prefix.includes('b')) throw expected(reader, 'text and bytes not to be mixed')
    value += readString(reader, next)
    skipBlanks(reader)
  }
  return value
}

/** Takes what stands before the quote of a string, often nothing; undefined when no string follows. */
function takePrefix(reader: Reader): string | undefined {
  const code = peek(reader)
  if (code === singleQuote || code === doubleQuote) return ''
  return code > nine ? match(reader, stringPrefix)?.toLowerCase() : undefined
}

function readString(reader: Reader, prefix: string): string {
  const { text, at: open } = reader
  const code = text.charCodeAt(open)
  const quote = code === singleQuote ? "'" : '"'
  const isTriple = text.charCodeAt(open + 1) === code && text.charCodeAt(open + 2) === code
  const fence = isTriple ? quote.repeat(3) : quote
  const start = open + fence.length
  let end = text.indexOf(fence, start)
  while (end !== -1 && isEscaped(text, start, end)) end = text.indexOf(fence, end + 1)
  reader.at = end === -1 ? text.length : end + fence.length
  if (end === -1) throw expected(reader, `the closing ${fence} of the string that begins at character ${open}`)
  const isSimple = prefix === '' && !hasSpecial(reader, start, end)
  return isSimple ? text.slice(start, end) : unescaped(text, { prefix, isTriple, start, end })
}

function hasSpecial(reader: Reader, start: number, end: number): boolean {
  if (reader.special < start) {
    special.lastIndex = start
    reader.special = special.test(reader.text) ? special.lastIndex - 1 : reader.text.length
  }
  return reader.special < end
}

/** A backslash before the quote counts unless it is itself escaped; raw strings count the same way. */
function isEscaped(text: string, start: number, end: number): boolean {
  let first = end
  while (first > start && text.charCodeAt(first - 1) === backslash) first -= 1
  return (end - first) % 2 === 1
}

function unescaped(text: string, { prefix, isTriple, start, end }: StringPart): string {
  const body = text.slice(start, end)
  const isBytes = prefix.includes('b')
  const foreign = isBytes ? body.search(/[^\0-\x7f]/) : -1
  if (foreign !== -1) throw new PythonLiteralError('only ASCII in bytes', text, start + foreign)
  return body.replace(pieces, (piece: string, offset: number) => {
    const isLineEnd = !piece.startsWith('\\')
    if (isLineEnd && !isTriple) throw new PythonLiteralError('the closing quote on this line', text, start + offset)
    if (isLineEnd || prefix.includes('r')) return piece.replace(/\r\n?/, '\n')
    const value = unescapedPiece(piece, isBytes)
    if (value !== undefined) return value
    const what = piece === '\\N' ? 'no \\N{...}, which is not supported' : 'a complete \\x, \\u or \\U escape'
    throw new PythonLiteralError(what, text, start + offset)
  })
}

function unescapedPiece(piece: string, isBytes: boolean): string | undefined {
  const simple = simpleEscapes.get(piece)
  if (simple !== undefined) return simple
  const octal = piece >= '\\0' && piece < '\\8' ? Number.parseInt(piece.slice(1), 8) : undefined
  if (octal !== undefined) return String.fromCharCode(isBytes ? octal & 0xff : octal)
  if (isBytes && !piece.startsWith('\\x')) return piece
  if (/^\\[xuUN]$/.test(piece)) return undefined
  return piece.length > 2 ? String.fromCodePoint(Number.parseInt(piece.slice(2), 16)) : piece
}

function readNumber(reader: Reader): Json {
  const sign = !take(reader, plus) && take(reader, minus) ? '-' : ''
  skipBlanks(reader)
  const whole = match(reader, integer)
  const word = whole ?? match(reader, float)
  if (word === undefined) throw expected(reader, 'a real number')
  const text = word.includes('_') ? word.replaceAll('_', '') : word
  const value = Number(text)
  if (whole !== undefined && !Number.isSafeInteger(value)) return sign + BigInt(text).toString()
  if (!Number.isFinite(value)) return sign + (text === 'nan' ? text : 'inf')
  return sign === '' || (whole !== undefined && value === 0) ? value : -value
}

function readNamed(reader: Reader): Json {
  const word = match(reader, constant)
  if (word !== undefined) return constants.get(word) ?? null
  const prefix = takePrefix(reader)
  if (prefix !== undefined) return readStrings(reader, prefix)
  if (match(reader, emptySet) === undefined) throw expected(reader, 'a literal, no other name or call')
  return []
}

function skipBlanks(reader: Reader): void {
  if (peek(reader) === space) reader.at += 1
  const code = peek(reader)
  if (code <= space || code === hash || code === backslash) match(reader, blanks)
}

function match(reader: Reader, pattern: RegExp): string | undefined {
  const { text, at } = reader
  pattern.lastIndex = at
  if (!pattern.test(text)) return undefined
  reader.at = pattern.lastIndex
  return text.slice(at, reader.at)
}

function take(reader: Reader, code: number): boolean {
  if (peek(reader) !== code) return false
  if (code !== endOfText) reader.at += 1
  return true
}

function peek(reader: Reader): number {
  return reader.at < reader.text.length ? reader.text.charCodeAt(reader.at) : endOfText
}

function expected({ text, at }: Reader, what: string): PythonLiteralError {
  return new PythonLiteralError(what, text, at)
}
