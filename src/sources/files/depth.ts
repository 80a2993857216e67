import type { Json, JsonObject } from '../../activity.ts'

/** Whether a value is nested deeper than any record is: such a value would overflow the stack of who walks it. */
export function isTooDeep(value: Json): boolean {
  return isDeeper(value, 65)
}

/** Whether more than so many lists and objects stand in each other. */
export function isDeeper(value: Json, levels: number): boolean {
  let level: Json[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    const next: Json[] = []
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue
      if (depth === levels) return true
      pushNested(one, next)
    }
    level = next
  }
  return false
}

function pushNested(value: Json[] | JsonObject, next: Json[]): void {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) next.push(inner)
}
