import type { Json, JsonObject } from '../../activity.ts'

/** Whether a value is nested deeper than any record is: such a value would overflow the stack of who walks it. */
export function isTooDeep(value: Json): boolean {
  return isDeeper(value, 65)
}

/** Whether more than so many lists and objects stand in each other. */
export function isDeeper(value: Json, levels: number): boolean {
  return typeof value === 'object' && value !== null && isNestedDeeper(value, levels)
}

/** Whether a JSON text has so many brackets that something in it may be nested deeper. Few texts have, and looking for them is quicker than going in. */
export function mayBeDeeper(text: string, levels: number): boolean {
  let left = levels
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      if (left === 0) return true
      left -= 1
    }
  }
  return false
}

/** Calls itself once for each level, and for no more than are asked about. */
function isNestedDeeper(value: Json[] | JsonObject, levels: number): boolean {
  if (levels === 0) return true
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof inner === 'object' && inner !== null && isNestedDeeper(inner, levels - 1)) return true
  }
  return false
}

/**
 * How many lists and objects stand in each other at most, in a text of JSON whether or not all of it is there; its strings tell nothing, and the last
 * may lack its end: were none without, each quote in it would be looked at as the beginning of one.
 */
export function deepestIn(text: string): number {
  let [open, deepest] = [0, 0]
  for (const [bracket] of text.replaceAll(/"(?:[^"\\]|\\.)*"?/gs, '').matchAll(/[[\]{}]/g)) {
    open += bracket === '[' || bracket === '{' ? 1 : -1
    deepest = Math.max(deepest, open)
  }
  return deepest
}
