import { expect, test } from '@jest/globals'
import { afterSome, recent, remember } from '#src/remember.ts'

test('what was asked for lately is not found again, nothing at all included', () => {
  const asked: string[] = []
  const find = remember(2, (key): string | undefined => {
    asked.push(key)
    return key === 'none' ? undefined : key
  })

  const answers = ['a', 'none', 'a', 'none'].map(find)

  expect(answers).toEqual(['a', undefined, 'a', undefined])
  expect(asked).toEqual(['a', 'none'])
})

test('what is in use stays, and the rest is forgotten before it is twice the limit', () => {
  const kept = recent<number>(3)
  kept.set('used', 0)

  const seen: (number | undefined)[] = []
  for (let i = 1; i <= 20; i += 1) {
    kept.set(`other ${i}`, i)
    seen.push(kept.get('used'))
  }

  expect(seen).toEqual(Array.from({ length: 20 }, () => 0))
  const left = Array.from({ length: 20 }, (_, i) => kept.has(`other ${i + 1}`)).filter(Boolean)
  expect(left.length).toBeGreaterThanOrEqual(2)
  expect(left.length).toBeLessThan(6)
})

test('what weighs more is forgotten sooner, also where it takes the place of a lighter one', () => {
  const kept = recent<string>(10, (text) => text.length)
  const keys = ['a', 'b', 'c', 'd', 'e', 'f']

  for (const key of keys) kept.set(key, 'x')
  expect(keys.filter(kept.has)).toEqual(keys)
  for (const key of keys) kept.set(key, 'xxxxx')

  expect(keys.filter(kept.has)).toEqual(['d', 'e', 'f'])
})

test('however long what is asked for, it fills no memory', () => {
  const kept = recent<number>(3)

  kept.set('a'.repeat(2000), 1)
  kept.set('b'.repeat(2001), 2)

  expect(kept.get('a'.repeat(2000))).toBe(1)
  expect(kept.has('b'.repeat(2001))).toBe(false)
})

test('also nothing at all is kept as long as it is in use', () => {
  const asked: string[] = []
  const find = remember(3, (key): undefined => void asked.push(key))

  for (let i = 1; i <= 20; i += 1) {
    find('used')
    find(`other ${i}`)
  }

  expect(asked.filter((key) => key === 'used')).toEqual(['used'])
})

test('what serves many questions is made once so many have been asked, and once only', () => {
  let made = 0
  const found = afterSome(3, () => {
    made += 1
    return `made ${made}`
  })

  const answers = Array.from({ length: 6 }, found)

  expect(answers).toEqual([undefined, undefined, undefined, 'made 1', 'made 1', 'made 1'])
})
