import { expect, test } from '@jest/globals'
import type { Json } from '#src/activity.ts'
import { PythonLiteralError, parsePythonLiteral } from '#src/sources/files/python-literal.ts'

test.each<[string, Json]>([
  ['None', null],
  ['True', true],
  ['False', false],
  ['{}', {}],
  ['[]', []],
  ['()', []],
  ['set()', []],
  ["{'a': 1, 'b': [1, (2,), {3, 4}], 'c': {'d': None}}", { a: 1, b: [1, [2], [3, 4]], c: { d: null } }],
  ['[1, 2,]', [1, 2]],
  ["{'a': 1,}", { a: 1 }],
  ['(1)', 1],
  ['1, 2', [1, 2]],
  [" {\t'a' :\n1 , # a comment, with 'quotes'\r\n 'b':\\\n2 }\n", { a: 1, b: 2 }],
])('%s is read with the structure it has in Python', (text, value) => {
  expect(parsePythonLiteral(text)).toEqual(value)
})

test.each<[string, string]>([
  [`''`, ''],
  [`"it's"`, "it's"],
  [String.raw`'it\'s "so"'`, `it's "so"`],
  [String.raw`'\\'`, '\\'],
  [String.raw`'\\\''`, "\\'"],
  [String.raw`'\a\b\f\n\r\t\v\0'`, '\x07\b\f\n\r\t\v\0'],
  [String.raw`'\101\7778\08'`, 'A\u01ff8\x008'],
  [String.raw`'\xe9\u20ac\U0001f600'`, 'é€😀'],
  [String.raw`'\ud800'`, '\ud800'],
  [String.raw`'\d\.\😀'`, String.raw`\d\.\😀`],
  ["'a\\\nb\\\r\nc'", 'abc'],
  [`'''it's\n''two'''`, "it's\n''two"],
  [`"""a\r\nb\rc\\""""""`, 'a\nb\nc"'],
  [`''''''`, ''],
  [`'a' "b"\n'''c'''`, 'abc'],
  [String.raw`u'a' R'\n\'' U"b"`, String.raw`a\n\'b`],
  [String.raw`b'\xff\u1234\N{x}\777'`, `\xff${String.raw`\u1234\N{x}`}\xff`],
  [String.raw`rb'\x00' bR"\\"`, String.raw`\x00\\`],
  ["r'\\\r\n'", '\\\n'],
])('the string %j has the characters it has in Python', (text, value) => {
  expect(parsePythonLiteral(text)).toBe(value)
})

test.each<[string, Json]>([
  ['0', 0],
  ['-0', 0],
  ['-0.0', -0],
  ['00', 0],
  ['+ 7', 7],
  ['1_000', 1000],
  ['0xFf', 255],
  ['-0o17', -15],
  ['0b1_01', 5],
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', '9007199254740993'],
  ['-123_456_789_012_345_678_901', '-123456789012345678901'],
  ['0x1fffffffffffffffff', '590295810358705651711'],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['01.', 1],
  ['1e5', 100000],
  ['-1_0.2_5E-1', -1.025],
  ['1e999', 'inf'],
  ['-1e999', '-inf'],
  ['inf', 'inf'],
  ['-inf', '-inf'],
  ['nan', 'nan'],
])('the number %s keeps its value, as text where a JSON number cannot hold it', (text, value) => {
  expect(parsePythonLiteral(text)).toBe(value)
})

test('the last of two equal keys wins', () => {
  expect(parsePythonLiteral(`{'a': 1, 'b': 2, "a": 3}`)).toEqual({ a: 3, b: 2 })
})

test('keys that are not strings become their text', () => {
  const value = parsePythonLiteral(`{None: 0, True: 1, -1: 2, 1.0: 3, (1, 'a'): 4, b'b': 5}`)

  expect(value).toEqual({ None: 0, True: 1, '-1': 2, '1.0': 3, "(1, 'a')": 4, b: 5 })
})

test('a key named like the prototype is a plain property and touches no prototype', () => {
  const value = parsePythonLiteral(`{'__proto__': {'polluted': 1}, 'constructor': 2, '__proto__': [3]}`)

  expect(JSON.stringify(value)).toBe('{"__proto__":[3],"constructor":2}')
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect('polluted' in {}).toBe(false)
})

test.each<[string, number, string]>([
  ['', 0, 'expected a literal, no other name or call, found the end of the text at character 0 (line 1)'],
  ["{'a':\n1 2}", 8, 'expected "," or "}", found "2" at character 8 (line 2)'],
  ["{'a': 1, 'b' 2}", 13, 'expected ":", found "2" at character 13 (line 1)'],
  ["{'a': 1, 2}", 10, 'expected ":", found "}" at character 10 (line 1)'],
  ['[1', 2, 'expected "," or "]", found the end of the text at character 2 (line 1)'],
  ['[,]', 1, 'expected a literal, no other name or call, found "," at character 1 (line 1)'],
  ['1 2', 2, 'expected the end of the text, found "2" at character 2 (line 1)'],
  ['1, 2 😀', 5, 'expected ",", found "😀" at character 5 (line 1)'],
  ['[datetime.datetime(2024, 1, 2)]', 1, 'found "d" at character 1'],
  ["f'a'", 0, 'expected a literal'],
  ['nothing', 0, 'expected a literal'],
  ['Nones', 0, 'expected a literal'],
  ['-True', 1, 'expected a real number'],
  ['--1', 1, 'expected a real number'],
  ['012', 0, 'expected a real number'],
  ['1__0', 0, 'expected a real number'],
  ['0x', 0, 'expected a real number'],
  ['1.2.3', 0, 'expected a real number'],
  ['.', 0, 'expected a real number'],
  ['2j', 0, 'expected a real number'],
  ['(1+2j)', 2, 'expected "," or ")"'],
  ["['abc", 5, "expected the closing ' of the string that begins at character 1, found the end of the text"],
  ["'abc\\'", 6, 'expected the closing'],
  ["'''abc''", 8, "expected the closing '''"],
  ["'ab\nc'", 3, 'expected the closing quote on this line, found "\\n"'],
  [String.raw`'a\x4'`, 2, 'a complete \\x, \\u or \\U escape'],
  [String.raw`'\u12g4'`, 1, 'a complete \\x, \\u or \\U escape'],
  [String.raw`'\U00110000'`, 1, 'a complete \\x, \\u or \\U escape'],
  [String.raw`b'\x4'`, 2, 'a complete \\x, \\u or \\U escape'],
  [String.raw`'\N{BULLET}'`, 1, 'no \\N{...}, which is not supported'],
  ["b'é'", 2, 'only ASCII in bytes'],
  ["b'a' 'b'", 5, 'text and bytes not to be mixed'],
  [`${'['.repeat(101)}`, 100, 'expected at most 100 levels of nesting, found "[" at character 100'],
  ['{1:'.repeat(1_000_000), 300, 'at most 100 levels of nesting'],
])('text %# is refused, with what was expected and where', (text, position, message) => {
  const error = failure(text)

  expect(error.position).toBe(position)
  expect(error.message).toContain(message)
})

test('a hundred levels of nesting are read', () => {
  expect(JSON.stringify(parsePythonLiteral('['.repeat(100) + ']'.repeat(100)))).toBe('['.repeat(100) + ']'.repeat(100))
})

test('an error shows no more of the cell than one character', () => {
  const secret = 'hunter2'

  const messages = [`{'${secret}': ${secret}}`, `'${secret}`, `['${secret}' 1]`, `'${secret}\\N{${secret}}'`].map(
    (text) => failure(text).message,
  )

  expect(messages.filter((message) => message.includes(secret))).toEqual([])
})

test('a very long cell is read without trouble', () => {
  const blanks = ' #\n'.repeat(300_000)

  expect(parsePythonLiteral(`[${blanks}'${"\\'".repeat(300_000)}'${blanks}]`)).toEqual(["'".repeat(300_000)])
})

test('whatever repr writes is read back as it was', () => {
  const random = randomNumbers(20_240_607)

  for (let round = 0; round < 500; round++) {
    const value = randomValue(random, 4)
    expect(parsePythonLiteral(repr(value))).toEqual(value)
  }
})

function failure(text: string): PythonLiteralError {
  try {
    parsePythonLiteral(text)
  } catch (error) {
    if (error instanceof PythonLiteralError) return error
    throw error
  }
  throw new Error('the text was read, it should have been refused')
}

/** Mulberry32: small, and the same sequence for the same seed everywhere. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

function randomValue(random: (limit: number) => number, depth: number): Json {
  const kind = random(depth === 0 ? 5 : 9)
  if (kind === 0) return [null, true, false][random(3)] ?? null
  if (kind === 1) return random(2_000_000) - 1_000_000
  if (kind === 2) return (random(2_000_000) + 0.5) / 1024
  if (kind < 5) return randomString(random)
  const size = random(5)
  if (kind < 7) return Array.from({ length: size }, () => randomValue(random, depth - 1))
  return Object.fromEntries(Array.from({ length: size }, () => [randomString(random), randomValue(random, depth - 1)]))
}

function randomString(random: (limit: number) => number): string {
  const characters = [...`ab c'"\\nxuN0{}[](),:#\n\r\t\0\x7f\xa0é€😀\u2028`, '\ud800', '__proto__']
  return Array.from({ length: random(12) }, () => characters[random(characters.length)]).join('')
}

function repr(value: Json): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return reprString(value)
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`
  const entries = Object.entries(value).map(([key, item]) => `${reprString(key)}: ${repr(item)}`)
  return `{${entries.join(', ')}}`
}

/** Python prefers single quotes unless only those occur inside, and escapes what does not print. */
function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const short = new Map(Object.entries({ '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', [quote]: `\\${quote}` }))
  const escaped = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    const isPrinted = code >= 32 && (code < 127 || code > 160) && code !== 0x2028 && (code < 0xd800 || code > 0xdfff)
    const hex = code.toString(16)
    const unprinted = code < 256 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`
    return short.get(character) ?? (isPrinted ? character : unprinted)
  })
  return `${quote}${escaped.join('')}${quote}`
}
