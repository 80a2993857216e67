import type { Json, JsonObject } from '../../../activity.ts'
import { sayings } from '../../../entry.ts'

/**
 * How much a record says: how many values it has that are not empty. Of two copies the one that says more is kept. Behind the point stands a hash of
 * the values, in whatever order and letters, and by whatever names, so that a copy in another shape that says the same has the same.
 */
export function fullnessOf(record: JsonObject): number {
  let fullness = 0
  let said = 0
  // A list of what is still to be seen, not recursion: a record may be nested deeper than the stack.
  const open: (Json[] | JsonObject)[] = [record]
  const see = (value: Json) => {
    if (typeof value !== 'object') {
      if (value === '') return
      fullness += 1
      said = (said + hashOf(String(value))) | 0
    } else if (value !== null) open.push(value)
  }
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    if (Array.isArray(from)) for (const value of from) see(value)
    else for (const name in from) see(from[name] as Json)
  }
  return fullness + ((said >>> 0) % sayings) / sayings
}

/** Letters are the same in capitals, and blanks say nothing. By 31, for nothing is quicker, and every letter of a record goes through it. */
function hashOf(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code > 32) hash = ((hash << 5) - hash + (code | 32)) | 0
  }
  return hash ^ (hash >>> 15)
}
