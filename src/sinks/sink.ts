import type { Dataset } from '../activity.ts'

/** One document on its way out: its JSON line, its id, and the event of the case that it was made of. */
export interface OutgoingDocument {
  readonly seq: number
  readonly id: string
  readonly dataset: Dataset
  readonly source: string
}

/** What became of each document of a batch; the three add up to its length. */
export interface WriteResult {
  readonly written: number
  readonly duplicate: number
  readonly rejected: readonly { readonly seq: number; readonly reason: string }[]
}

export interface Sink {
  /** Names the cursor: one for each place that documents go to. */
  readonly id: string
  /** Resolves once every document is stored, known already, or refused; throws `RetryableError` when it cannot tell. */
  write(documents: readonly OutgoingDocument[], signal: AbortSignal): Promise<WriteResult>
  close(): Promise<void>
}
