import type { Json, JsonObject } from '../activity.ts'
import type { StoredActivity } from '../case/reader.ts'
import { restore } from '../sources/files/digest.ts'

/** Whether a record of another text says as much as this one, and not the same: then neither proves the other wrong. */
export function isToldOtherwise({ others = [] }: StoredActivity): boolean {
  return others.some(({ isAsFull }) => isAsFull)
}

/** A record with what the fullest of each rank of its other copies says and it does not: a sign-in's risk, where it alone tells the session or a device's code. */
export function withOthers(record: JsonObject, { others = [], dataset }: StoredActivity): JsonObject {
  let told = record
  for (const [copy] of Map.groupBy(others, ({ rank }) => rank).values()) {
    if (copy === undefined || copy.isAsFull) continue
    const own = Object.entries(restore(copy.evidence.format, copy.content, dataset).record)
    told = { ...told, ...Object.fromEntries(own.filter(([name]) => saysNothing(told[name]))) } // The fullest first.
  }
  return told
}

const nothing: ReadonlySet<string> = new Set(['', 'none', 'hidden'])

function saysNothing(value: Json = null): boolean {
  if (typeof value === 'string') return nothing.has(value.trim().toLowerCase())
  return value === null || (Array.isArray(value) && value.length === 0)
}
