import type { LiveDeps } from '../microsoft/tenant.ts'
import type { Cursor } from './cursor.ts'
import type { Feed } from './feed.ts'
import type { ManagementApiOptions } from './options.ts'

/** One content type of a tenant. */
export interface Stream {
  readonly id: string
  readonly feed: Feed
  readonly options: ManagementApiOptions
  readonly deps: LiveDeps
}

/** One reading of a stream, and how far it is. */
export interface Reading {
  readonly stream: Stream
  readonly known: (name: string) => boolean
  readonly signal: AbortSignal
  cursor: Cursor
  /** How far the service's clock is ahead of ours. */
  aheadMs: number
  /** How many contents in a row could not be had. */
  failures: number
}

/** The time by the service's clock, in milliseconds since the epoch: windows are measured by it. */
export function serverNow({ stream, aheadMs }: Reading): number {
  return stream.deps.now().getTime() + aheadMs
}
