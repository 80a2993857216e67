/** One stream of records from a service: a tenant's content type, sign-ins, a search. */
export interface Source {
  /** Names stream and cursor, e.g. `management-api:<tenant>:Audit.Exchange`. Stable over restarts. */
  readonly id: string
  /**
   * Everything that is new since `cursor` (what an earlier run's last part gave; undefined at first), part by part. The
   * caller stores a part, or gives up on its content, before it asks for the next. A part's cursor may be saved once that
   * part's records are stored. `known` says whether the content of a name is stored, or told of as a final gap: what is
   * neither is read again.
   */
  read(cursor: unknown, known: (name: string) => boolean, signal: AbortSignal): AsyncIterable<Part>
}

/** Some of a stream: a content blob, a page, a loss, or only progress. */
export interface Part {
  readonly content?: Content
  /** What was there and cannot be had. Recorded, shown, never silent. */
  readonly gaps?: readonly Gap[]
  /** Gaps told of before that are closed now, by their names. */
  readonly closed?: readonly string[]
  /** What was searched for everything that the streams had whose names begin so, once that came to its end. */
  readonly searched?: Searched
  /** JSON that `read` takes. */
  readonly cursor: unknown
}

/** Records as the service sent them: JSON, a list of them or a wrapper whose `value` is one. */
export interface Content {
  /** Names it for ever: a contentId, `<query id> reading 1 page 3`. */
  readonly name: string
  /** `management-api`, `graph-audit`, `graph-signins`, `message-trace-json` …: chooses how records are read. */
  readonly shape: string
  /** Whose mailbox it is, lower case, where the records do not say. */
  readonly mailbox?: string
  /** The bytes, never held as a whole. Throws `RetryableError` when they end early; then it may be called again. */
  chunks(signal: AbortSignal): AsyncIterable<Buffer>
}

export interface Searched {
  readonly streams: string
  readonly from: string
  readonly to: string
}

/** Something that was there and could not be had: what, from when to when, why. */
export interface Gap {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly reason: string
  /** Whether it is lost for good; otherwise it is tried again, and may be closed. */
  readonly final: boolean
}
