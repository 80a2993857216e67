import { alsoAudited, type EcsDocument } from '../document.ts'
import { placeOf } from './place.ts'
import type { ReportedActivity } from './reported-activity.ts'
import { addressOf, isService, markedOf, platformOf, sessionOf, userOf } from './said.ts'

/** What was done in one way, from one place, in one session: activities of one slice, counted. */
export interface UsageCount {
  readonly session: string | undefined
  /** How the session is known: by the record, a token, or a sign-in's audit record. */
  readonly knownBy: string | undefined
  readonly mailbox: string | undefined
  readonly user: string | undefined
  /** The address that the records themselves name. */
  readonly ip: string | undefined
  /** The address of the logon they are attributed to, where they name none. */
  readonly via: string | undefined
  readonly agent: string | undefined
  readonly platform: string | undefined
  readonly country: string | undefined
  readonly dataset: string | undefined
  readonly category: string
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

/** In the order of the columns of the `usage` table. */
export const usageColumns = [
  ...(['session', 'knownBy', 'mailbox', 'user', 'ip', 'via', 'agent', 'platform', 'country', 'dataset'] as const),
  ...(['category', 'outcome', 'marked', 'certainty', 'count', 'first', 'last', 'id'] as const),
] satisfies readonly (keyof UsageCount)[]

/** Counts an activity among those of its slice, which come in time order. */
export function countUsage(counts: Map<string, UsageCount>, { document }: ReportedActivity): void {
  const session = sessionOf(document)
  const marked = markedOf(document)
  const at = document['@timestamp']
  const count = document.tags?.includes(alsoAudited) === true ? 0 : 1
  const service = isService(document)
  const own = service ? undefined : document['source.ip']
  const via = own === undefined ? viaOf(document) : undefined
  const category = document['hoofprint.category']
  // Whose session or doing it is, or from where it was done; a delivery's address is its sender's.
  const address = category === 'delivery' ? undefined : (own ?? via)
  if (session === undefined && marked === undefined && address === undefined) return
  const told = {
    session,
    knownBy: document['hoofprint.session.known_by'],
    mailbox: document['hoofprint.mailbox'],
    user: userOf(document)?.toLowerCase(),
    ip: own,
    via,
    agent: service ? undefined : document['user_agent.original'],
    platform: platformOf(document),
    country: placeOf(document).country,
    dataset: document['event.dataset'],
    category,
    outcome: document['event.outcome'],
    marked,
    certainty: document['hoofprint.actor_certainty'],
  }
  const key = Object.values(told).join('\n')
  const usage = counts.get(key)
  if (usage === undefined) counts.set(key, { ...told, count, first: at, last: at, id: document['event.id'] })
  else {
    usage.count += count
    usage.last = at
  }
}

function viaOf(document: EcsDocument): string | undefined {
  return document['source.ip'] === undefined ? addressOf(document) : document['hoofprint.logon.ip']
}
