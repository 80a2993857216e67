import { isObject } from '../../activity.ts'
import type { JsonFormat } from '../../entry.ts'
import { recordBytes } from './json-frames.ts'
import { readJson } from './json-text.ts'
import { jsonInLine, lineBytes } from './log-lines.ts'
import type { ReadRecord } from './shapes/shape.ts'
import { listBytes, listRecord } from './table-frames.ts'

/** What stands in a row, without what separates it from others. */
export function textOf({ names, isLog }: JsonFormat, row: Buffer): Buffer {
  if (isLog === true) return lineBytes(row)
  return names === undefined ? recordBytes(row) : listBytes(row)
}

/** The record that such a text is; or why it is none. */
export function recordOf({ names, isLog }: Pick<JsonFormat, 'names' | 'isLog'>, text: string): ReadRecord | string {
  if (isLog === true) {
    const found = jsonInLine(text)
    return typeof found === 'string' ? found : objectOf(found.json)
  }
  return names === undefined ? objectOf(text) : listRecord(text, names)
}

/** An object that is a JSON text, once more in a JSON string or not. */
function objectOf(text: string): ReadRecord | string {
  const outer = readJson(text)
  const json = typeof outer === 'object' && typeof outer.value === 'string' ? readJson(outer.value) : outer
  if (typeof json === 'string') return json
  return isObject(json.value) ? { record: json.value, truncated: json.truncated } : 'not a JSON object'
}
