import type { JsonObject } from '../../../activity.ts'

/** How much a record says: how many values it has that are not empty. Of two copies the one that says more is kept. */
export function fullnessOf(record: JsonObject): number {
  let fullness = 0
  // A list of what is still to be seen, not recursion: a record may be nested deeper than the stack.
  const open: unknown[] = [record]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) open.push(inner)
    else if (value !== null && value !== '') fullness += 1
  }
  return fullness
}
