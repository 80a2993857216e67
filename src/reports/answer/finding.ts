/** Where a finding is proved: the record by its `event.id`, and the row of the evidence where it stands. */
export interface Reference {
  readonly id: string
  readonly file?: string
  readonly row?: number
}

/** How sure it is: the records themselves say so, a session proves it, or it is inferred; nothing where it is nobody's. */
export type Sureness = 'record' | 'session' | 'inferred' | null

/** One line of an answer. */
export interface Finding {
  readonly at: string
  /** The last time, where it is several. */
  readonly last?: string
  readonly text: string
  readonly certainty: Sureness
  readonly references: readonly Reference[]
  /** What the line is made of. */
  readonly facts: Readonly<Record<string, unknown>>
}

/** How many findings there are, of which `findings` may hold only the first. */
export interface Found {
  readonly total: number
  /** How many of them are the intruder's by inference alone: they come last. */
  readonly inferred?: number
  readonly findings: readonly Finding[]
}

/** One question with its answer. */
export interface Section extends Found {
  readonly name: string
  readonly question: string
  /** What in the evidence may make this answer less than whole. */
  readonly limits: readonly string[]
}

/** Whose doings are asked for: the marked intruder's, or everybody's where nothing is marked. */
export type Whose = 'intruder' | 'everybody'

/** Findings that an answer holds of each question; more are only counted. Of what everybody did the tables beside the report hold all. */
export const mostFindings: Readonly<Record<Whose, number>> = { intruder: 50_000, everybody: 3000 }
