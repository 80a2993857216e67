import type { Cursor } from './cursor.ts'
import type { Feed } from './feed.ts'
import type { ManagementApiOptions } from './options.ts'

/** One content type of a tenant. */
export interface Stream {
  readonly id: string
  readonly feed: Feed
  readonly options: ManagementApiOptions
}

/** One reading of a stream, and how far it is. */
export interface Reading {
  readonly stream: Stream
  readonly known: (name: string) => boolean
  readonly signal: AbortSignal
  cursor: Cursor
  /** How many contents in a row could not be had. */
  failures: number
}
