import type { Dataset } from '../activity.ts'

/** One document on its way out: its JSON line in UTF-8, its id, and the event of the case that it was made of. */
export interface OutgoingDocument {
  readonly seq: number
  readonly id: string
  readonly dataset: Dataset
  readonly source: Uint8Array
  /** Where in the buffer of `source` the line begins by which a bulk request creates it: there its own follows, with a line end. */
  readonly action?: number
}

/** What became of each document of a batch; they add up to its length. */
export interface WriteResult {
  readonly written: number
  /** Known already. */
  readonly duplicate: number
  /** Known already in another form, which this one has taken the place of. */
  readonly replaced: number
  /** Known already in another form that another case wrote, and left as it is. */
  readonly foreign: number
  /** Not there any more, and left so. */
  readonly gone: number
  readonly rejected: readonly { readonly seq: number; readonly reason: string }[]
}

/** Of no documents. */
export const nothingWritten = {
  ...{ written: 0, duplicate: 0, replaced: 0, foreign: 0, gone: 0 },
  rejected: [],
} satisfies WriteResult

export interface Sink {
  /** Names the cursor: one for each place that documents go to. */
  readonly id: string
  /**
   * Resolves once every document is stored, known already, or refused; throws `RetryableError` when it cannot tell. `known` says what
   * becomes of a document whose id is stored already: it is `kept`; `replaced` where it says something else, unless another case wrote it; `updated`,
   * which is the same, but what is not stored is not written, for somebody deleted it, unless its id is a new one (`isBesideEarlier`); or `taken over`, whoever wrote it.
   */
  write(documents: readonly OutgoingDocument[], signal: AbortSignal, known?: Known): Promise<WriteResult>
  /** How many of these documents are not there. */
  countMissing(documents: readonly OutgoingDocument[], signal: AbortSignal): Promise<number>
  close(): Promise<void>
}

export type Known = 'kept' | 'replaced' | 'updated' | 'taken over'
