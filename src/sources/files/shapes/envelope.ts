import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { readJson } from '../json-text.ts'
import type { ReadRecord } from './shape.ts'

// Where other tools keep the record they were given: exports of Elasticsearch, Logstash and Beats (`_source`, `event.original`, `message`),
// of Splunk (`result`, `_raw`), what Azure and Defender stream to storage and event hubs (`properties`), rows of advanced hunting in Graph's
// modules for PowerShell (`AdditionalProperties`), alerts and archives of Wazuh (`data.office365`, `full_log`), of Datadog (`content`,
// `attributes`), Graylog (`full_message`) and Sumo Logic (`map`), of go-office365 (`Record`), queues and event hubs (`body`, `Body`, `detail`), and
// collections of test records.
const members = [
  ...['_source', 'result', 'record', 'Record', 'event', 'original', 'message', '_raw', 'raw', 'properties'],
  ...['o365audit', 'json'],
  ...['AdditionalProperties', 'data', 'office365', 'full_log'],
  ...['content', 'attributes', 'payload', 'full_message', 'map', 'body', 'Body', 'detail'],
]
const maxDepth = 3

/** The records that stand inside one that nobody recognizes, outermost first; as objects or as JSON texts. */
export function* inside(record: JsonObject, depth = 1): Generator<ReadRecord> {
  for (const name of members) {
    const found = objectIn(record[name])
    if (found === undefined) continue
    yield found
    if (depth < maxDepth) yield* inside(found.record, depth + 1)
  }
}

/**
 * The records that stand as JSON texts in a record that nobody recognizes, whatever their members are called: OCSF has what it was made of in
 * `raw_data`, LogScale in `@rawstring`, others in `source_data`, `rawLog`, `rawEvent`, `raw_log`, `log`.
 */
export function* textsIn(record: JsonObject): Generator<ReadRecord> {
  for (const value of Object.values(record)) {
    const found = typeof value === 'string' ? objectIn(value) : undefined
    if (found !== undefined) yield found
  }
}

/** The record as Splunk was given it, of a row that has fields taken out of it, too: these tell less. */
export function wholeOf(record: JsonObject): ReadRecord | undefined {
  return '_raw' in record ? objectIn(record['_raw']) : undefined
}

function objectIn(value: Json | undefined): ReadRecord | undefined {
  if (isObject(value)) return { record: value, truncated: false }
  if (typeof value !== 'string' || !/^\s*\{/.test(value)) return undefined
  const json = readJson(value)
  return typeof json === 'object' && isObject(json.value)
    ? { record: json.value, truncated: json.truncated }
    : undefined
}
