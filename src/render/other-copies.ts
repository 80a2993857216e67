import { isObject, type Json, type JsonObject } from '../activity.ts'
import { canonicalAddress, isAddress } from '../bytes/address-bytes.ts'
import type { StoredActivity } from '../case/reader.ts'
import { restore } from '../sources/files/digest.ts'
import { plain } from './near-rows.ts'

/** What a document is made of where a case has other copies of its record, and whether one of these says otherwise: then neither proves the other wrong. */
interface Told {
  /** The record itself, where nothing was added. */
  readonly told: JsonObject
  readonly isToldOtherwise: boolean
}

/**
 * A record with what the fullest of each rank of its other copies says and it does not: a sign-in's risk, where it alone tells the session or a
 * device's code. From one that names another user, address, application or outcome it takes nothing: that would be a sign-in that nobody recorded.
 */
export function withOthers(record: JsonObject, { others, dataset }: StoredActivity): Told {
  if (others === undefined) return { told: record, isToldOtherwise: false }
  let told = record
  let isToldOtherwise = others.some(({ isAsFull }) => isAsFull)
  for (const [copy] of Map.groupBy(others, ({ rank }) => rank).values()) {
    if (copy === undefined || copy.isAsFull) continue
    const other = restore(copy.evidence.format, copy.content, dataset).record
    if (!isOfSame(record, other)) {
      isToldOtherwise = true
      continue
    }
    const missing = Object.entries(other).filter(([name, value]) => saysNothing(told[name]) && !saysNothing(value))
    if (missing.length > 0) told = { ...told, ...Object.fromEntries(missing) } // The fullest first.
  }
  return { told, isToldOtherwise }
}

const identifying: readonly ((record: JsonObject) => string)[] = [
  ({ userId }) => plain(userId),
  ({ appId }) => plain(appId),
  ({ ipAddress }) => (isAddress(plain(ipAddress)) ? canonicalAddress(plain(ipAddress)) : ''),
  ({ status = null }) => (isObject(status) ? plain(status['errorCode']) : ''),
]

function isOfSame(record: JsonObject, other: JsonObject): boolean {
  return identifying.every((read) => {
    const [own, others] = [read(record), read(other)]
    return own === '' || others === '' || own === others
  })
}

const nothing: ReadonlySet<string> = new Set(['', 'none', 'hidden'])

function saysNothing(value: Json = null): boolean {
  if (typeof value === 'string') return nothing.has(value.trim().toLowerCase())
  return value === null || (Array.isArray(value) && value.length === 0)
}
