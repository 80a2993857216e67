/** What a reader must know of a database, and what its licence wants to be said where its results are shown. */
export interface DatabaseNote {
  readonly name: string
  /** What it is asked for. */
  readonly tells: 'places' | 'networks'
  /** The day it was made, such as `2026-06-05`. */
  readonly date: string
  readonly licence: string | undefined
  readonly attribution: string | undefined
}
