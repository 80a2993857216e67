import { isObject, type Json, type JsonObject } from '../../activity.ts'
import { text } from '../readers.ts'
import type { Reader } from '../table.ts'
import { jsonIn } from './json-in-text.ts'

/** Reads texts of an object that a record holds, as an object or as its JSON text. */
export function within(key: string, ...names: string[]): Reader<string> {
  const read = text(...names)
  return (record, activity) => {
    const inner = objectsIn(record[key])[0]
    return inner === undefined ? undefined : read(inner, activity)
  }
}

const none: readonly JsonObject[] = []

/** The objects in a list, or the one object, given as such or as JSON text. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  if (value === undefined || value === null) return none // Most records have none of what is asked for.
  const given = typeof value === 'string' ? jsonIn(value) : value
  if (Array.isArray(given)) return given.filter(isObject)
  return isObject(given) ? [given] : none
}
