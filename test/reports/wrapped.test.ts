import { expect, test } from '@jest/globals'
import { wrapped } from '#src/reports/wrapped.ts'

test('a line is broken between words and goes on further in', () => {
  expect(wrapped('  2026-01-20 22:16  "invoice": 12 mails read (alice, 203.0.113.45)  [recorded]', 40)).toEqual([
    '  2026-01-20 22:16  "invoice": 12 mails',
    '      read (alice, 203.0.113.45)',
    '      [recorded]',
  ])
})

test('what takes two columns counts as two', () => {
  expect(wrapped('  請求書 請求書 a', 14)).toEqual(['  請求書', '      請求書 a'])
  expect(wrapped('  請求書 a', 10)).toEqual(['  請求書 a'])
})

test('what fits stays as it is, blanks and all, and a word that is too long stays whole', () => {
  expect(wrapped('  a   b', 7)).toEqual(['  a   b'])
  expect(wrapped('x 0ce2a5b1-bb6b-42f2-aa47-333d70862162 y', 10)).toEqual([
    'x',
    '    0ce2a5b1-bb6b-42f2-aa47-333d70862162',
    '    y',
  ])
})
