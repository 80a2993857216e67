import type { Json, JsonObject } from '../../../activity.ts'

/** How much a record says: how many values it has that are not empty. Of two copies the one that says more is kept. */
export function fullnessOf(record: JsonObject): number {
  let fullness = 0
  // A list of what is still to be seen, not recursion: a record may be nested deeper than the stack.
  const open: (Json[] | JsonObject)[] = [record]
  const see = (value: Json) => {
    if (typeof value !== 'object') fullness += value === '' ? 0 : 1
    else if (value !== null) open.push(value)
  }
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    if (Array.isArray(from)) for (const value of from) see(value)
    else for (const name in from) see(from[name] as Json)
  }
  return fullness
}
