import type { Json, JsonObject } from '../activity.ts'
import type { StoredActivity } from '../case/reader.ts'
import { restore } from '../sources/files/digest.ts'

/** Whether a record of another text says as much as this one, and not the same: then neither proves the other wrong. */
export function isToldOtherwise({ others = [] }: StoredActivity): boolean {
  return others.some(({ isAsFull }) => isAsFull)
}

/** A record with what the fullest of its other copies says and it does not: what a sign-in's risk is, where it alone tells of a device's code. */
export function withOthers(record: JsonObject, { others = [], dataset }: StoredActivity): JsonObject {
  const other = others.find(({ isAsFull }) => !isAsFull)
  if (other === undefined) return record
  const told = Object.entries(restore(other.evidence.format, other.content, dataset).record)
  return { ...record, ...Object.fromEntries(told.filter(([name]) => saysNothing(record[name]))) }
}

const nothing: ReadonlySet<string> = new Set(['', 'none', 'hidden'])

function saysNothing(value: Json = null): boolean {
  if (typeof value === 'string') return nothing.has(value.trim().toLowerCase())
  return value === null || (Array.isArray(value) && value.length === 0)
}
