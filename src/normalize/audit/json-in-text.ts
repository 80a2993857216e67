import type { Json } from '../../activity.ts'

const maxDepth = 200

/** The list or object that a text holds as JSON; undefined where it holds none, or one nested beyond reason. */
export function jsonIn(text: string): Json[] | { [key: string]: Json } | undefined {
  const trimmed = text.trim()
  if (!/^[[{]/.test(trimmed) || depthOf(trimmed) > maxDepth) return undefined
  try {
    return JSON.parse(trimmed)
  } catch {
    return undefined // Cut off, or text that only begins like JSON: it stays the text it is.
  }
}

/** At least how deep it is nested; brackets within strings only add to it. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0]
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth)
    else if (code === 0x5d || code === 0x7d) depth -= 1
  }
  return deepest
}
