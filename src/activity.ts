export type Json = string | number | boolean | null | Json[] | JsonObject
export type JsonObject = { [key: string]: Json }

/** Each kind of record has its dataset: it names the data stream and chooses the normalizer. */
export type Dataset = 'o365.activity'

/** One activity as its source gave it: an envelope we rely on, and the record we never alter. */
export interface Activity {
  readonly dataset: Dataset
  /** Stable across retrievals and exports; becomes `event.id` and the document's `_id`. */
  readonly id: string
  /** Milliseconds since the epoch, UTC. */
  readonly time: number
  /** What was done, as it came; chooses the fields and the category, e.g. `ServerLogon`. */
  readonly operation: string
  /** The mailbox acted upon, lower case. */
  readonly mailbox: string
  readonly record: JsonObject
  /** The record's text exactly as received: the CSV row without its line end, the JSON text. */
  readonly original: string
}

/** Where an activity was first seen. */
export interface Origin {
  /** The shape it came in, e.g. `retriever-csv`. */
  readonly source: string
  readonly file: string
  readonly sha256: string
  /** The row as a spreadsheet numbers it: the header is row 1. */
  readonly row: number
}

/** Something read that cannot be stored, and why. A value, not an exception: what stands around it goes on. */
export interface Rejection {
  /** As a spreadsheet numbers rows; undefined when the whole file is meant. */
  readonly row: number | undefined
  readonly reason: string
  /** What the source gave, byte for byte. */
  readonly original: Uint8Array
}

/** Whether `value` is a JSON object, neither null nor a list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
