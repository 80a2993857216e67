import { expect, test } from '@jest/globals'
import type { Json } from '#src/activity.ts'
import { fullnessOf } from '#src/sources/files/shapes/fullness.ts'

test('every value counts that says something, wherever it stands', () => {
  const record = { a: 'x', b: 0, c: false, d: { e: ['y', { f: 'z' }], g: '' }, h: null, i: [], j: {}, k: '' }

  expect(Math.floor(fullnessOf(record))).toBe(5)
})

test('what is said is the same in whatever order, letters and by whatever names, and differs where a value does', () => {
  const said = fullnessOf({ Id: 'a', User: 'Alice@contoso.example', Count: 2 })

  expect(fullnessOf({ count: '2', user: { name: 'alice@contoso.example ' }, id: 'A' })).toBe(said)
  expect(fullnessOf({ Id: 'a', User: 'Bob@contoso.example', Count: 2 })).not.toBe(said)
})

test('the copy that says more is fuller', () => {
  expect(fullnessOf({ Id: '1', ClientIP: '192.0.2.1' })).toBeGreaterThan(fullnessOf({ Id: '1', ClientIP: '' }))
})

test('a record nested deeper than any stack is counted', () => {
  let deep: Json = 'bottom'
  for (let level = 0; level < 200_000; level += 1) deep = [deep]

  expect(Math.floor(fullnessOf({ deep }))).toBe(1)
})
