import { foundOrMade } from '../remember.ts'
import type { CountColumns } from './merged-rows.ts'
import type { ReportedActivity } from './reported-activity.ts'
import { isToldElsewhere, markedOf } from './said.ts'

/** What one application did in one mailbox, or who let it in: activities of one slice, counted. */
export interface ApplicationCount {
  readonly application: string
  readonly name: string | undefined
  /** Of a consent, whose it is. */
  readonly mailbox: string
  readonly category: string
  /** As recorded; of a request to Graph what was asked for. */
  readonly operation: string
  readonly outcome: string
  readonly marked: string | undefined
  readonly certainty: string | undefined
  /** Without sign-ins that the audit log has too. */
  count: number
  readonly first: string
  last: string
  /** The first of them, by `event.id`. */
  readonly id: string
}

/** The columns of the `application` table. */
export const applicationColumns = {
  keys: ['application', 'name', 'mailbox', 'category', 'operation', 'outcome', 'marked', 'certainty'],
  sums: ['count'],
  others: ['first', 'last', 'id'],
} as const satisfies CountColumns<ApplicationCount>

/** Counts an activity among those of its slice, which come in time order; one that names no application is none's. */
export function countApplication(counts: Map<string, ApplicationCount>, { document }: ReportedActivity): void {
  const application = document['hoofprint.application.id']
  if (application === undefined) return
  const name = document['application.name']
  const mailbox = document['hoofprint.mailbox'] ?? ''
  const category = document['hoofprint.category']
  const operation = document['hoofprint.request'] ?? document['event.action']
  const outcome = document['event.outcome']
  const marked = markedOf(document)
  const certainty = document['hoofprint.actor_certainty']
  const at = document['@timestamp']
  const times = isToldElsewhere(document) ? 0 : 1
  const key = `${application} ${category} ${outcome} ${marked} ${certainty} ${mailbox}\n${operation}\n${name}`
  const known = foundOrMade(counts, key, () => {
    const told = { application, name, mailbox, category, operation, outcome, marked, certainty }
    return { ...told, count: 0, first: at, last: at, id: document['event.id'] }
  })
  known.count += times
  known.last = at
}
