import { placeOf } from './place.ts'
import type { ReportedActivity } from './reported-activity.ts'
import { markedOf, sessionOf } from './said.ts'

/** The first event that shows an address, a network, a country or a client of a mailbox's own user. */
export interface Novelty {
  readonly at: string
  readonly mailbox: string
  /** What is new, such as `ip, country`. */
  readonly kinds: string
  readonly ip: string | undefined
  readonly agent: string | undefined
  readonly asn: number | undefined
  readonly country: string | undefined
  readonly operation: string
  readonly session: string | undefined
  readonly marked: string | undefined
  readonly certainty: string | undefined
  readonly file: string
  readonly row: number
  readonly id: string
}

/** In the order of the columns of the `novelty` table. */
export const noveltyColumns = [
  ...(['at', 'mailbox', 'kinds', 'ip', 'agent', 'asn', 'country', 'operation', 'session'] as const),
  ...(['marked', 'certainty', 'file', 'row', 'id'] as const),
] satisfies readonly (keyof Novelty)[]

/** The row of an event that is the first of something; undefined for all others. */
export function noveltyOf({ document }: ReportedActivity): Novelty | undefined {
  const kinds = document['hoofprint.first_seen']
  if (kinds === undefined) return undefined
  const { asn, country } = placeOf(document)
  return {
    at: document['@timestamp'],
    mailbox: document['hoofprint.mailbox'] ?? '',
    kinds: kinds.join(', '),
    ip: document['source.ip'],
    agent: document['user_agent.original'],
    asn,
    country,
    operation: document['event.action'],
    session: sessionOf(document),
    marked: markedOf(document),
    certainty: document['hoofprint.actor_certainty'],
    file: document['hoofprint.evidence.file'] ?? '',
    row: document['hoofprint.evidence.row'] ?? 0,
    id: document['event.id'],
  }
}
