import { expect, test } from '@jest/globals'
import { parsePlainDict } from '#src/sources/files/plain-dict.ts'
import { parsePythonLiteral } from '#src/sources/files/python-literal.ts'
import { createRandom } from '../../../samples/random.ts'

test.each([
  [`{'A': 'b'}`, { A: 'b' }],
  [`{'A': 'b', 'C': "it's", "D'": '"', 'A': ''}`, { A: '', C: "it's", "D'": '"' }],
  [`{'2': 'b', '1': 'a'}`, { 1: 'a', 2: 'b' }],
])('%s is read', (text, expected) => {
  expect(parsePlainDict(text)).toEqual(expected)
})

test.each([
  '',
  '{}',
  `{'A': 1}`,
  `{'A':'b'}`,
  `{'A': 'b',}`,
  `{'A': 'b'} `,
  `{'A': 'b' 'c'}`,
  `{'A': '''b'''}`,
  `{'A': u'b'}`,
  String.raw`{'A': 'b\n'}`,
  `{'A': 'b\n'}`,
  `{'__proto__': 'b'}`,
  `{'A': 'b`,
  `{'A`,
])('%s is left to who reads anything', (text) => {
  expect(parsePlainDict(text)).toBeUndefined()
})

test('what is read is what the whole reader reads', () => {
  const random = createRandom(7)
  const pieces = [`'`, `"`, ': ', ', ', '{', '}', 'a', ' ', `'b'`, `'A': 'b', `, `"c": "d"`]
  let read = 0
  for (let i = 0; i < 20_000; i += 1) {
    const inner = Array.from({ length: random.whole(0, 8) }, () => random.pick(pieces)).join('')
    const text = random.chance(0.8) ? `{'k': 'v', ${inner}}` : inner
    const plain = parsePlainDict(text)
    if (plain === undefined) continue
    expect(plain).toEqual(parsePythonLiteral(text))
    read += 1
  }
  expect(read).toBeGreaterThan(100)
})
