import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { whyNoEvidence } from './listings.ts'
import { whyOtherTable } from './union-rows.ts'

interface Unreadable {
  recognizes(record: JsonObject): boolean
  /** Why it cannot be read, and what to do. */
  readonly reason: string
}

// Elastic's o365 integration copied event.original from an object (elastic/integrations#8411), of which a text is what Java prints.
const originals = [
  ['_source', 'event', 'original'],
  ['event', 'original'],
  ['_source', 'event.original'],
  ['event.original'],
]
const javaMap = /^\{\w+=/

/** What is known and cannot be read all the same. */
const unreadable: readonly Unreadable[] = [
  {
    recognizes: (record) => '_id' in record && isObject(record['fields']) && !('_source' in record),
    reason:
      "answers of Elasticsearch's search with fields alone, in which nothing tells which values of lists belong together: ask for _source",
  },
  {
    // learn.microsoft.com/azure/event-hubs/explore-captured-avro-files
    recognizes: (record) => 'Body' in record && 'EnqueuedTimeUtc' in record,
    reason: 'an event that Event Hubs captured, whose body holds no record of a kind that is known',
  },
  {
    recognizes: (record) => originals.some((path) => javaMap.test(textAt(record, path))),
    reason:
      'its records stand in event.original as Java prints them ({Id=…, …}), in which nothing tells the commas and braces of a record from those in its texts: export them from Microsoft again',
  },
]

/** Why a record that no shape recognizes cannot be read, where that is known. */
export function whyUnreadable(record: JsonObject): string | undefined {
  // Azure and Defender stream rows in an envelope.
  const { properties = null } = record
  return (
    unreadable.find(({ recognizes }) => recognizes(record))?.reason ??
    whyNoEvidence(Object.keys(record)) ??
    (isObject(properties) ? whyNoEvidence(Object.keys(properties)) : undefined) ??
    ('TimeGenerated' in record ? whyOtherTable(record['Type']) : undefined)
  )
}

function textAt(record: JsonObject, path: readonly string[]): string {
  let value: Json | undefined = record
  for (const name of path) value = isObject(value) ? value[name] : undefined
  return typeof value === 'string' ? value : ''
}
