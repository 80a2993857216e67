import type { EcsDocument } from '../document.ts'
import { markedOf } from './said.ts'
import { withoutMiddle } from './words.ts'

type Reader<Said = string | number | undefined> = (document: EcsDocument) => Said

/** The columns of a scratch table in their order, each with what the row of an activity says in it. */
export type ScratchColumns = Readonly<Record<string, Reader>>

/** What was done, as recorded; of a request to Graph, which are all called alike, what was asked for. */
export const operationOf: Reader<string> = (document) => document['hoofprint.request'] ?? document['event.action']

/** Where a record stands, and its `event.id`. */
export const evidenceColumns = {
  file: (document) => document['hoofprint.evidence.file'] ?? '',
  row: (document) => document['hoofprint.evidence.row'] ?? 0,
  id: (document) => document['event.id'],
} satisfies ScratchColumns

/** Whose doing it is by the marks of the case, nothing where they don't tell; and how sure that is. */
export const markColumns = {
  marked: markedOf,
  certainty: (document) => document['hoofprint.actor_certainty'],
} satisfies ScratchColumns

/** How long a text may be that is only shown: a record may hold one of many megabytes, of which the tables hold more. */
const longest = 10_000
const [kept, keptOfEnd] = [8_000, 1_900] as const

/** A column that is only shown: nothing is found or told apart by it, so a long text loses its middle. What a rule does stands at its end. */
export function shown<Of, Mail>(read: (of: Of, mail?: Mail) => string | undefined): typeof read {
  return (of, mail) => {
    const text = read(of, mail)
    return text === undefined || text.length <= longest ? text : withoutMiddle(text, kept, keptOfEnd)
  }
}
