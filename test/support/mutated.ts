import { isObject, type Json, type JsonObject } from '#src/activity.ts'
import type { Random } from '../../samples/random.ts'
import { anything, key, properties, set } from './hostile.ts'

/** The record with some values replaced, some missing, and some that it should not have. */
export function mutated(random: Random, record: JsonObject): JsonObject {
  const copy: JsonObject = structuredClone(record)
  for (let i = random.whole(1, 6); i > 0; i -= 1) mutate(random, copy)
  if (random.chance(0.3)) set(copy, key(random), properties(random))
  return copy
}

/** Changes one value, as deep down as chance has it. */
function mutate(random: Random, value: JsonObject | Json[]): void {
  const name = random.pick(Object.keys(value))
  const inner: Json = (value as JsonObject)[name] ?? null
  if ((isObject(inner) || Array.isArray(inner)) && Object.keys(inner).length > 0 && random.chance(0.6)) {
    mutate(random, inner)
  } else if (!Array.isArray(value) && Object.keys(value).length > 1 && random.chance(0.15)) delete value[name]
  else (value as JsonObject)[name] = random.chance(0.15) ? properties(random) : anything(random, 0)
}
