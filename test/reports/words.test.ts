import { expect, test } from '@jest/globals'
import { shortened } from '#src/reports/words.ts'

test('a text that is too long loses its middle, and no character is cut in two', () => {
  const rule = `when the subject contains '${'invoice;'.repeat(30)}': deletes it – failed (alice@contoso.example, 192.0.2.1)`

  expect(shortened(rule, 150)).toMatch(
    /^when the subject.*….*': deletes it – failed \(alice@contoso\.example, 192\.0\.2\.1\)$/,
  )
  expect([...shortened(rule, 150)]).toHaveLength(150)
  expect([...shortened('🦄'.repeat(20), 10)]).toEqual([...'🦄🦄🦄🦄🦄…🦄🦄🦄🦄'])
  expect(shortened('🦄🦄🦄', 4)).toBe('🦄🦄🦄')
})
