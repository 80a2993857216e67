import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { manyRecords } from '../../bench/many-records.ts'
import { shapeOf } from '../../bench/shapes.ts'
import { createRandom } from '../../samples/random.ts'

test.each([
  ['retriever', '392cc623838920cafc48b1ea3d69744491033ac19dd5103fc444a26eea08ffc4'],
  ['purview', '580f090b99cdbdb2a4e13ad42be151cf40fc4604f3399dd0c44d0c01a06b0238'],
])('%s: the same seed makes the same rows, or figures of last year say nothing', (name, sha256) => {
  const rows = [...shapeOf(name).rows(createRandom(2018), 2000)]

  expect(createHash('sha256').update(rows.join('')).digest('hex')).toBe(sha256)
})

test('nine of ten audit records have 1 to 4 KB, as those of tenants have, and come newest first', () => {
  const told = [...manyRecords(createRandom(2018), 2000)]

  const sizes = told.map(({ record }) => JSON.stringify(record).length)
  expect(sizes.filter((size) => size >= 1000 && size <= 4000).length).toBeGreaterThan(1800)
  expect(Math.max(...sizes)).toBeLessThan(5000)
  expect(told.map(({ time }) => time)).toEqual(told.map(({ time }) => time).sort((a, b) => b - a))
})
