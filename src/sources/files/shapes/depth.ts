import type { Json } from '../../../activity.ts'

const maxDepth = 64

/** Whether a value is nested deeper than any record is: such a value would overflow the stack of who walks it. */
export function isTooDeep(value: Json): boolean {
  let level: Json[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}
