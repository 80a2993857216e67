import type { Json, JsonObject } from '#src/activity.ts'
import { isObject } from '#src/activity.ts'
import type { Random } from '../../samples/random.ts'
import { anything, key, set } from './hostile.ts'

/** A record as nobody should send it: some members gone, some of other types, some absurd, some new. */
export function mutated(random: Random, record: JsonObject): JsonObject {
  const mutant = structuredClone(record)
  for (let left = random.whole(1, 4); left > 0; left -= 1) mutate(random, mutant)
  return mutant
}

function mutate(random: Random, object: JsonObject): void {
  const names = Object.keys(object)
  const name = names.length === 0 || random.chance(0.1) ? key(random) : random.pick(names)
  const value = object[name] ?? null
  const inner = Array.isArray(value) ? value.find(isObject) : value
  if (isObject(inner) && random.chance(0.6)) mutate(random, inner)
  else if (random.chance(0.2)) delete object[name]
  else set(object, name, random.chance(0.2) ? swapped(value) : anything(random, 0))
}

/** The same in another type: numbers as texts, texts as numbers, single things as lists, lists as JSON texts. */
function swapped(value: Json): Json {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return Number.isNaN(Number(value)) ? [value] : Number(value)
  return typeof value === 'object' ? JSON.stringify(value) : [value]
}
