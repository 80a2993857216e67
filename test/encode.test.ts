import { expect, test } from '@jest/globals'
import type { Field, Fields } from '#src/document.ts'
import { encode } from '#src/encode.ts'
import { fields } from '#src/mappings.ts'
import { createRandom, type Random } from '../samples/random.ts'

test('any fields together are encoded as the nested object that their names spell', () => {
  for (let seed = 1; seed <= 2000; seed += 1) {
    const random = createRandom(seed)
    const few = random.fraction()
    const chosen = fields.filter(() => random.chance(few))
    const document = Object.fromEntries(shuffled(random, chosen).map((field) => [field, randomValue(random)])) as Fields

    const line = encode(document)

    expect(line).not.toContain('\n')
    expect(JSON.parse(line)).toEqual(nested(document))
  }
})

test('a field without a value is not written, nor what it stands in', () => {
  expect(encode({ 'source.ip': undefined, 'event.id': 'id-1', 'hoofprint.logon.ip': undefined } as Fields)).toBe(
    '{"event":{"id":"id-1"}}',
  )
  expect(encode({})).toBe('{}')
})

function nested(document: Fields): unknown {
  const root: Record<string, unknown> = {}
  for (const field of Object.keys(document) as Field[]) {
    const path = field.split('.')
    let parent = root
    for (const key of path.slice(0, -1)) {
      parent[key] ??= {}
      parent = parent[key] as Record<string, unknown>
    }
    parent[path.at(-1) ?? ''] = document[field]
  }
  return root
}

function randomValue(random: Random): unknown {
  return random.pick(['', 'a', '"\n\\', '\u2028', 0, 7, [], ['a', 'b'], {}, { a: { b: 'c' } }, false])
}

function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: random.fraction() }))
    .sort((x, y) => x.at - y.at)
    .map(({ item }) => item)
}
