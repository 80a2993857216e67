import type { DatabaseSync } from 'node:sqlite'
import { networkOf } from '../bytes/address-bytes.ts'
import { query } from '../query.ts'
import { once } from '../remember.ts'

/** What of an event a mailbox's own user had never shown before; of IPv6, a network stands for its addresses. */
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
// Of larger cases first events wait in a temporary table: read anew for each event of another mailbox, they took a hundred times as long.
const remembered = 50_000
// Of a mailbox of which few events are asked for, as when little is new, it costs less to look whether one is the first of anything than to
// look up where all its addresses are.
const askedAlone = 8
const mailboxesCounted = 10_000

/** A user is known by the ids, too, that have the name. */
const isMailbox = '(mailbox = ?1 or mailbox in (select id from user_name where name = ?1))'

/** Looks first events up in one open case, of each mailbox once. What is remembered is bounded: the rest is on disk. */
export function firstSeenOf(
  db: DatabaseSync,
  surroundings: Surroundings = unknownSurroundings,
  most = remembered,
): FirstSeen {
  const usages = query<Usage>(
    db,
    `select ip, user_agent as userAgent, id, dataset from usage where ${isMailbox}
    order by time, id, dataset limit ${usagesRead}`,
  )
  const isAnywhere = query(db, `select 1 from usage where ${isMailbox} and id = ?2 and dataset = ?3 limit 1`)
  const asked = new Map<string, number>()
  // A map for each mailbox would take several times the room: most have a handful of first events.
  const [firsts, mailboxes] = [new Map<string, readonly Novelty[]>(), new Set<string>()]
  const shelf = once(() => shelfIn(db))
  const shelved = new Set<string>()

  function read(mailbox: string): void {
    const seen = new Set<string>()
    for (const row of usages.iterate(mailbox)) {
      const place = surroundings.placeOf(row.ip)
      const agent = row.userAgent === '' ? undefined : surroundings.agentOf(row.userAgent)
      const shown: readonly [Novelty, unknown][] = [
        ['ip', networkOf(row.ip)],
        ['asn', place?.asn],
        ['country', place?.country],
        ['user_agent', agent],
      ]
      const novel = shown.filter(([kind, value]) => value !== undefined && !seen.has(`${kind} ${value}`))
      if (novel.length === 0) continue
      for (const [kind, value] of novel) seen.add(`${kind} ${value}`)
      const key = keyOf(mailbox, row.dataset, row.id)
      // One event may be the first of an address in one row and of its client in another.
      firsts.set(key, alike([...(firsts.get(key) ?? []), ...novel.map(([kind]) => kind)]))
    }
    mailboxes.add(mailbox)
  }

  /** Whether that is sure, for as long as it is asked alone. */
  function isFirstOfNothing(mailbox: string, dataset: string, id: string): boolean {
    const times = asked.get(mailbox) ?? 0
    if (times >= askedAlone) return false
    if (asked.size >= mailboxesCounted) asked.clear()
    asked.set(mailbox, times + 1)
    return isAnywhere.get(mailbox, id, dataset) === undefined
  }

  function makeRoom(): void {
    if (firsts.size + mailboxes.size <= most) return
    shelf().put(firsts)
    for (const name of mailboxes) shelved.add(name)
    firsts.clear()
    mailboxes.clear()
  }

  return {
    of(mailbox, dataset, id) {
      if (!mailboxes.has(mailbox)) {
        if (shelved.has(mailbox)) return shelf().get(keyOf(mailbox, dataset, id))
        if (isFirstOfNothing(mailbox, dataset, id)) return undefined
        makeRoom()
        read(mailbox)
      }
      return firsts.get(keyOf(mailbox, dataset, id))
    },
  }
}

/** Names one event of one mailbox. */
function keyOf(mailbox: string, dataset: string, id: string): string {
  return `${id}\n${dataset}\n${mailbox}`
}

const lists = new Map<string, readonly Novelty[]>()

/** The same list for the same novelties: there are few, and a hundred thousand lists take room. */
function alike(novelties: readonly Novelty[]): readonly Novelty[] {
  const key = novelties.join()
  const known = lists.get(key) ?? novelties
  if (lists.size < 1000) lists.set(key, known)
  return known
}

/** First events on disk, for as long as the connection is open. */
function shelfIn(db: DatabaseSync) {
  db.exec('create temp table if not exists first (key text primary key, novelties text) without rowid')
  const insert = db.prepare('insert into temp.first values (?, ?)')
  const select = query<{ novelties: string }>(db, 'select novelties from temp.first where key = ?')
  return {
    put(firsts: ReadonlyMap<string, readonly Novelty[]>): void {
      db.exec('savepoint shelf')
      for (const [key, novelties] of firsts) insert.run(key, novelties.join())
      db.exec('release shelf')
    },
    get(key: string): readonly Novelty[] | undefined {
      const found = select.get(key)
      return found === undefined ? undefined : alike(found.novelties.split(',') as Novelty[])
    },
  }
}

interface Usage {
  readonly ip: string
  readonly userAgent: string
  readonly id: string
  readonly dataset: string
}
