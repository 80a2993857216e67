import { expect, test } from '@jest/globals'
import { growingBytes } from '#src/bytes/growing-bytes.ts'

test('bytes grow with what is written, and begin again when they are cleared', () => {
  const bytes = growingBytes()
  const texts = Array.from({ length: 3000 }, (_, i) => `€ ${i} 😀\n`)

  const sizes = texts.map((text) => bytes.write(text))
  const all = bytes.bytes().toString()
  bytes.clear()
  bytes.write('next')

  expect(sizes).toEqual(texts.map((text) => Buffer.byteLength(text)))
  expect(all).toBe(texts.join(''))
  expect([bytes.length(), bytes.bytes().toString()]).toEqual([4, 'next'])
})
