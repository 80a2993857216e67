import { expect, test } from '@jest/globals'
import type { Json } from '#src/activity.ts'
import { type JsonText, readJson } from '#src/sources/files/json-text.ts'
import { createRandom, type Random } from '../../../samples/random.ts'

const whole = (value: Json): JsonText => ({ value, truncated: false })
const cut = (value: Json): JsonText => ({ value, truncated: true })

test('what JSON.parse reads is read the same, white space and escapes included', () => {
  for (let seed = 1; seed <= 1000; seed += 1) {
    const random = createRandom(seed)
    const value = randomValue(random, 4)
    const text = JSON.stringify(value, null, random.pick(['', ' ', '\t', '\r\n']))

    expect(readJson(text)).toEqual(whole(value))
    expect(readJson(`\uFEFF${text}`)).toEqual(whole(value))
  }
})

test('a text cut off anywhere gives what was complete: always a part of the whole, and never less than a shorter cut', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = createRandom(seed)
    const value = { first: randomValue(random, 3), second: [randomValue(random, 3)] }
    const text = JSON.stringify(value, null, random.pick(['', ' ']))

    let before: Json = {}
    for (let length = 1; length < text.length; length += 1) {
      const read = readJson(text.slice(0, length)) as JsonText
      expect(read.truncated).toBe(true)
      expect(isPartOf(read.value, value)).toBe(true)
      expect(isPartOf(before, read.value)).toBe(true)
      before = read.value
    }
  }
})

test.each<[string, Json]>([
  ['{', {}],
  ['[', []],
  ['{"a":1,"b":2', { a: 1 }],
  ['{"a":1,"b":2,', { a: 1, b: 2 }],
  ['{"a":1,"b', { a: 1 }],
  ['{"a":1,"b"', { a: 1 }],
  ['{"a":1,"b":', { a: 1 }],
  ['{"a":1,"b":"two', { a: 1 }],
  ['{"a":1,"b":"two\\', { a: 1 }],
  ['{"a":1,"b":"two\\"', { a: 1 }],
  ['{"a":1,"b":"two"', { a: 1, b: 'two' }],
  ['{"a":1,"b":tru', { a: 1 }],
  ['{"a":1,"b":true', { a: 1, b: true }],
  ['{"a":1,"b":-', { a: 1 }],
  ['{"a":1,"b":Inf', { a: 1 }],
  ['{"a":[{"Name":"x","Value":"y"},{"Name":"z","Val', { a: [{ Name: 'x', Value: 'y' }, { Name: 'z' }] }],
  ['[1,2,3', [1, 2]],
  ['{"a":1 \r\n', { a: 1 }],
  ['"{\\"a\\":1', '{"a":1'],
  ['"a\\u12', 'a'],
  ['"a\\', 'a'],
  ['"a\\\\', 'a\\'],
])('of the cut text %j is kept what was complete', (text, value) => {
  expect(readJson(text)).toEqual(cut(value))
})

test.each<[string, string, Json]>([
  ['line ends and control characters inside strings', '{"a":"one\r\ntwo\t\0\u001b"}', { a: 'one\r\ntwo\t\0\u001b' }],
  ['commas before the end of an object', '{"a":1, }', { a: 1 }],
  ['commas before the end of a list', '[1,2,\n]', [1, 2]],
  [
    'escapes JSON does not have',
    String.raw`{"a":"C:\xampp \'so\' \u12 \n"}`,
    { a: "C:\\xampp \\'so\\' \\u12 \n".replace(/'/g, "'") },
  ],
  ['numbers JSON does not have', '[NaN,Infinity,-Infinity,1]', [null, null, null, 1]],
  ['texts behind a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
  ['equal keys, of which the last wins', '{"a":1,"b":2,"a":3,}', { a: 3, b: 2 }],
])('%s are read', (_, text, value) => {
  expect(readJson(text)).toEqual(whole(value))
})

test.each<[string, string]>([
  ['', 'not JSON (character 1)'],
  ['CreationTime,Operation', 'not JSON (character 1)'],
  ['  <html>', 'not JSON (character 3)'],
  ['nul', 'not JSON (character 1)'],
  ['{"a":1} {"b":2}', 'broken JSON: text after the end (character 9)'],
  ['{"a":1},', 'broken JSON: text after the end (character 8)'],
  ['{"a":1]', 'broken JSON: a comma was expected (character 7)'],
  ['{"a":1 "b":2}', 'broken JSON: a comma was expected (character 8)'],
  ['{"a" 1}', 'broken JSON: a colon was expected (character 6)'],
  ['{a:1}', 'broken JSON: a key was expected (character 2)'],
  ['{,}', 'broken JSON: a key was expected (character 2)'],
  ['{"a":one}', 'broken JSON: a value was expected (character 6)'],
  ['[1,,2]', 'broken JSON: a value was expected (character 4)'],
  ['[01]', 'broken JSON: a value was expected (character 2)'],
  [`${'['.repeat(101)}${']'.repeat(101)}`, 'broken JSON: more than 100 levels of nesting (character 101)'],
  ['{"a":'.repeat(200), 'broken JSON: more than 100 levels of nesting (character 501)'],
])('the text %# is refused, with what is wrong and where', (text, reason) => {
  expect(readJson(text)).toBe(reason)
})

test('a hundred levels of nesting are read, whole or cut', () => {
  const open = '['.repeat(100)

  expect(JSON.stringify(readJson(open + ']'.repeat(100)))).toContain(open)
  expect(JSON.stringify(readJson(`${open}1,`))).toContain(`${open}1]`)
})

test('as many brackets beside each other are read too', () => {
  const wide = `[${'{"a":[]},'.repeat(100)}{}]`

  expect(readJson(wide)).toEqual({ value: JSON.parse(wide), truncated: false })
})

test.each([
  '{"__proto__":{"polluted":1}}',
  '{"__proto__":{"polluted":1},}',
  '{"__proto__":{"polluted":1}',
])('a key named like the prototype in %s is a plain property', (text) => {
  const { value } = readJson(text) as { value: object }

  expect(Object.keys(value)).toEqual(['__proto__'])
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect('polluted' in value).toBe(false)
})

test('a reason holds nothing of the text', () => {
  const reasons = ['hunter2', '{"a":hunter2}', '{hunter2:1}', '{"hunter2" hunter2', '{"a":1}hunter2'].map((text) =>
    readJson(text),
  )

  expect(reasons.filter((reason) => typeof reason !== 'string' || reason.includes('hunter2'))).toEqual([])
})

test.each([
  ['brackets', '[', '', 'broken JSON: more than'],
  ['objects', '{"a":', '', 'broken JSON: more than'],
  ['quotes', '"', '', 'broken JSON: text after'],
  ['backslashes in a string', '\\', '{"a":"', ''],
  ['escaped quotes in a string', '\\"', '["', ''],
  ['white space', ' ', '[', ''],
  ['digits', '1', '[', ''],
  ['commas', ',', '[', 'broken JSON: a value'],
  ['short lists', '[],', '[', ''],
])('16 MB of %s are no trouble', (_, piece, before, reason) => {
  const text = before + piece.repeat((16 * 1024 * 1024) / piece.length)
  const began = process.cpuUsage()

  const read = readJson(text)

  expect(process.cpuUsage(began).user).toBeLessThan(10_000_000)
  expect(typeof read === 'string' ? read : '').toMatch(new RegExp(`^${reason}`))
})

test('a long text is read as JSON.parse reads it', () => {
  const value = Array.from({ length: 40_000 }, (_, i) => randomValue(createRandom(i), 3))
  const text = JSON.stringify(value)

  expect(text.length).toBeGreaterThan(1024 * 1024)
  expect(readJson(text)).toEqual(whole(value))
})

/** Whether all that `part` holds stands in `whole` at the same place. */
function isPartOf(part: Json, all: Json | undefined): boolean {
  if (typeof part !== 'object' || part === null) return Object.is(part, all)
  if (typeof all !== 'object' || all === null || Array.isArray(part) !== Array.isArray(all)) return false
  return Object.entries(part).every(
    ([key, item]) => Object.hasOwn(all, key) && isPartOf(item, (all as { [key: string]: Json })[key]),
  )
}

function randomValue(random: Random, depth: number): Json {
  const kind = random.whole(0, depth === 0 ? 4 : 8)
  if (kind === 0) return random.pick([null, true, false])
  if (kind === 1) return random.whole(-1000, 1000)
  if (kind === 2) return random.fraction() * 1e-9
  if (kind < 5) return randomString(random)
  const items = Array.from({ length: random.whole(0, 4) }, () => randomValue(random, depth - 1))
  return kind < 7 ? items : Object.fromEntries(items.map((item) => [randomString(random), item]))
}

function randomString(random: Random): string {
  const pieces = [
    'a',
    'B',
    ' ',
    '"',
    '\\',
    '/',
    '\n',
    '\0',
    'é',
    '😀',
    '\ud800',
    '{',
    '}',
    '[',
    ',',
    ':',
    'u0041',
    '__proto__',
  ]
  return Array.from({ length: random.whole(0, 8) }, () => random.pick(pieces)).join('')
}
