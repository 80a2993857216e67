import type { DatabaseSync } from 'node:sqlite'
import { query } from '../query.ts'

/** What of an event a mailbox's own user had never shown before. */
export type Novelty = 'ip' | 'asn' | 'country' | 'user_agent'

/** What is known of addresses and user agents beside the case; undefined where nothing is. */
export interface Surroundings {
  placeOf(ip: string): { readonly asn?: number | undefined; readonly country?: string | undefined } | undefined
  /** What is one client, whatever its version: browsers renew themselves every few weeks. */
  agentOf(userAgent: string): string
}

/** What nobody looks up. */
export const unknownSurroundings: Surroundings = { placeOf: () => undefined, agentOf: (userAgent) => userAgent }

/** Which events are the first, in the whole case, from an address, network or country or with a client, mailbox by mailbox. */
export interface FirstSeen {
  /** What this event is the first of; undefined for nearly all. */
  of(mailbox: string, dataset: string, id: string): readonly Novelty[] | undefined
}

// Of a mailbox that shows more addresses and clients than these "new" means nothing.
const usagesRead = 50_000
const remembered = 100_000

/** Looks first events up in one open case. What is remembered is bounded by what is rare: first events. */
export function firstSeenOf(db: DatabaseSync, surroundings: Surroundings = unknownSurroundings): FirstSeen {
  const usages = query<Usage>(
    db,
    `select ip, user_agent as userAgent, id, dataset from usage where mailbox = ?
    order by time, id, dataset limit ${usagesRead}`,
  )
  const mailboxes = new Map<string, Firsts>()
  let size = 0

  function read(mailbox: string): Firsts {
    const firsts = new Map<string, Map<string, Novelty[]>>()
    const seen = new Set<string>()
    for (const row of usages.iterate(mailbox)) {
      const place = surroundings.placeOf(row.ip)
      const agent = row.userAgent === '' ? undefined : surroundings.agentOf(row.userAgent)
      const shown: readonly [Novelty, unknown][] = [
        ['ip', row.ip],
        ['asn', place?.asn],
        ['country', place?.country],
        ['user_agent', agent],
      ]
      const novel = shown.filter(([kind, value]) => value !== undefined && !seen.has(`${kind} ${value}`))
      if (novel.length === 0) continue
      for (const [kind, value] of novel) seen.add(`${kind} ${value}`)
      const ofId = firsts.get(row.id) ?? new Map<string, Novelty[]>()
      // One event may be the first of an address in one row and of its client in another.
      ofId.set(row.dataset, [...(ofId.get(row.dataset) ?? []), ...novel.map(([kind]) => kind)])
      firsts.set(row.id, ofId)
    }
    return firsts
  }

  return {
    of(mailbox, dataset, id) {
      let firsts = mailboxes.get(mailbox)
      if (firsts === undefined) {
        firsts = read(mailbox)
        if (size > remembered) {
          mailboxes.clear()
          size = 0
        }
        mailboxes.set(mailbox, firsts)
        size += firsts.size + 1
      }
      return firsts.get(id)?.get(dataset)
    },
  }
}

/** What events of one mailbox are the first of: by their ids, for nearly all have none, then by dataset. */
type Firsts = ReadonlyMap<string, ReadonlyMap<string, readonly Novelty[]>>

interface Usage {
  readonly ip: string
  readonly userAgent: string
  readonly id: string
  readonly dataset: string
}
