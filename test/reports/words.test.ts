import { expect, test } from '@jest/globals'
import { shortened } from '#src/reports/words.ts'

test('a text that is too long loses its middle, and no character is cut in two', () => {
  const rule = `when the subject contains '${'invoice;'.repeat(30)}': deletes it – failed (alice@contoso.example, 192.0.2.1)`

  expect(shortened(rule, 150)).toMatch(
    /^when the subject.*….*': deletes it – failed \(alice@contoso\.example, 192\.0\.2\.1\)$/,
  )
  expect(shortened(rule, 150).length).toBeLessThanOrEqual(150)
  expect([...shortened('a'.repeat(200), 150)]).toHaveLength(150)
  expect([...shortened('🦄'.repeat(20), 10)]).toEqual([...'🦄🦄🦄🦄🦄…🦄🦄🦄🦄'])
  expect(shortened('🦄🦄🦄', 4)).toBe('🦄🦄🦄')
})

test('what is left around a cut are whole words, for a part of an address passes for another, unless words are too long', () => {
  const addresses = Array.from({ length: 30 }, (_, i) => `2001:db8::${i + 100}`)
  const text = `synchronized (${addresses.join(', ')})`

  for (let longest = 90; longest < 130; longest += 1) {
    const left = shortened(text, longest)
    expect(left.length).toBeLessThanOrEqual(longest)
    expect(left.match(/[\w:]+/g)?.filter((word) => !['synchronized', ...addresses].includes(word))).toEqual([])
  }
  expect(shortened(`${'a'.repeat(40)} ${'b'.repeat(40)} c`, 40)).toBe(`${'a'.repeat(21)}…${'b'.repeat(16)} c`)
  expect(shortened(shortened('one two three four five six seven', 20), 10)).not.toContain('……')
})
