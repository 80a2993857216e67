export type Json = string | number | boolean | null | Json[] | JsonObject
export type JsonObject = { [key: string]: Json }

/** Each kind of record has its dataset: it names the data stream and chooses the normalizer. */
export type Dataset =
  | 'o365.activity'
  | 'o365.audit'
  | 'o365.state'
  | 'azure.signinlogs'
  | 'azure.graphactivitylogs'
  | 'o365.messagetrace'

/** One activity as its source gave it: an envelope we rely on, and the record we never alter. */
export interface Activity {
  readonly dataset: Dataset
  /** Stable across retrievals and exports; becomes `event.id` and the document's `_id`. */
  readonly id: string
  /** Milliseconds since the epoch, UTC. */
  readonly time: number
  /** What was done, as it came; chooses the fields and the category, e.g. `ServerLogon`. */
  readonly operation: string
  /** The mailbox acted upon, lower case; empty where the record names neither mailbox nor user. */
  readonly mailbox: string
  /**
   * The record in its dataset's own form, whatever shape it came in: an audit record has the names of the Management
   * API's schema (`CreationTime`, `Operation`, `ClientIPAddress` …), a sign-in those of Graph's `signIn`, an Outlook activity the
   * columns of retriever.py, a message trace those of Get-MessageTrace, a request to Graph those of its diagnostic record; how something stood those of
   * the cmdlet that shows it.
   */
  readonly record: JsonObject
  /** Whether the end of the record was cut off: what could be read is here. */
  readonly truncated?: boolean
  /** The record's text exactly as received: the CSV row without its line end, the JSON text. */
  readonly original: string
}

/** Where an activity was first seen. */
export interface Origin {
  /** The shape it came in, e.g. `retriever-csv`. */
  readonly source: string
  /** A file's path; or, of what a service gave, which of its contents or queries it was. */
  readonly file?: string | undefined
  readonly contentId?: string | undefined
  readonly queryId?: string | undefined
  readonly sha256: string
  /** CSV: the row as a spreadsheet numbers it, the header being row 1. JSON: the how many-th record. */
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
