import type { JsonObject } from '../../../activity.ts'

/** How much a record says: how many values it has that are not empty. Of two copies the one that says more is kept. */
export function fullnessOf(record: JsonObject): number {
  let fullness = 0
  // A list of what is still to be seen, not recursion: a record may be nested deeper than the stack.
  const open: object[] = [record]
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const value of Object.values(from)) {
      if (typeof value !== 'object') fullness += value === '' ? 0 : 1
      else if (value !== null) open.push(value)
    }
  }
  return fullness
}
