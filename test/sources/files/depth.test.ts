import { expect, test } from '@jest/globals'
import type { Json } from '#src/activity.ts'
import { deepestIn, isDeeper, isTooDeep } from '#src/sources/files/depth.ts'
import { readJson } from '#src/sources/files/json-text.ts'

test('depth counts what stands in each other, the outermost included', () => {
  expect([isDeeper('text', 0), isDeeper([], 0), isDeeper([], 1), isDeeper({ a: [1], b: 2 }, 1)]).toEqual([
    ...[false, true],
    ...[false, true],
  ])
  expect([isTooDeep(nested(65)), isTooDeep(nested(66)), isTooDeep(nested(200_000))]).toEqual([false, true, true])
})

test('a JSON text may be as deep as the reader of those that are cut off goes', () => {
  const [deep, deeper] = [100, 101].map((levels) => readJson(JSON.stringify(nested(levels))))

  expect(deep).toEqual({ value: nested(100), truncated: false })
  expect(deeper).toMatch(/^broken JSON: more than 100 levels of nesting/)
})

test('a text that ends in a string of many quotes is looked at once', () => {
  const began = performance.now()

  expect(deepestIn(`[{"a":"${'[\\"'.repeat(25_000)}`)).toBe(2)
  expect(performance.now() - began).toBeLessThan(2000)
})

function nested(levels: number): Json {
  let value: Json = {}
  for (let i = 1; i < levels; i += 1) value = i % 2 === 0 ? { a: value } : [value, 1]
  return value
}
