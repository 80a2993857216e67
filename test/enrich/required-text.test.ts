import { expect, test } from '@jest/globals'
import { requiredText } from '#src/enrich/required-text.ts'

test.each([
  ['(GeoEvent Server) (\\d+)(?:\\.(\\d+)|)', 'GeoEvent Server'],
  ['^Mozilla/5\\.0 \\(X', 'Mozilla/5.0 (X'],
  ['Windows NT (10)', 'Windows NT '],
  ['a.bcd', 'bcd'],
  ['abc?d', 'ab'],
  ['(abc)?de', 'de'],
  ['(?:abc|d)ef', 'ef'],
  ['(abc){0,2}d', 'd'],
  ['[abc\\]]de', 'de'],
  ['x{2}yz', 'yz'],
  ['(?=abc)d', 'd'],
  ['(?!abc)d', 'd'],
  ['(ab(cdef))g', 'cdef'],
  ['a|bcd', ''],
  ['(?<name>abc)', ''],
  ['\\x41bc', ''],
  ['', ''],
])('what matches %s must contain %j', (pattern, text) => {
  expect(requiredText(pattern)).toBe(text)
})
