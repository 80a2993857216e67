import type { Asked, Lot } from './ask.ts'
import type { Query } from './figure.ts'
import type { Said } from './numbers.ts'

/** What a line of an answer is made of. */
export type Facts = Readonly<Record<string, unknown>>

/** Where each number of a section stands in Elasticsearch. */
export interface SectionSearch {
  /** What tells a finding from the others, of its facts and of documents alike. */
  key(facts: Facts): string
  /** The keys of all that the section must tell. */
  findings(asked: Asked): Promise<string[]>
  /** The figure of each fact, of the finding's documents; `before` are the findings before it. */
  figures(facts: Facts, asked: Asked, before: readonly Facts[]): Lot | Promise<Lot>
  /** Facts that no search can give, and why. */
  readonly exempt?: Readonly<Record<string, string>>
  /** Findings that no search can list, and why; their numbers can be searched for. */
  readonly unlisted?: { which(facts: Facts): boolean; readonly why: string }
  /** Documents that facts of the findings together count each once. */
  readonly sums?: Readonly<Record<string, Query>>
  readonly said?: Said
}
