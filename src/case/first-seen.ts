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
  const mailboxes = new Map<string, Firsts>()
  const shelf = once(() => shelfIn(db))
  const shelved = new Set<string>()
  let size = 0

  function read(mailbox: string): Firsts {
    const firsts = new Map<string, Map<string, readonly Novelty[]>>()
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
      const ofDataset = firsts.get(row.dataset) ?? new Map<string, readonly Novelty[]>()
      firsts.set(row.dataset, ofDataset)
      // One event may be the first of an address in one row and of its client in another.
      ofDataset.set(row.id, alike([...(ofDataset.get(row.id) ?? []), ...novel.map(([kind]) => kind)]))
    }
    return firsts
  }

  /** Whether that is sure, for as long as it is asked alone. */
  function isFirstOfNothing(mailbox: string, dataset: string, id: string): boolean {
    const times = asked.get(mailbox) ?? 0
    if (times >= askedAlone) return false
    if (asked.size >= mailboxesCounted) asked.clear()
    asked.set(mailbox, times + 1)
    return isAnywhere.get(mailbox, id, dataset) === undefined
  }

  function remember(mailbox: string, firsts: Firsts): void {
    if (size > most) {
      for (const [name, own] of mailboxes) {
        shelf().put(name, own)
        shelved.add(name)
      }
      mailboxes.clear()
      size = 0
    }
    mailboxes.set(mailbox, firsts)
    for (const ofDataset of firsts.values()) size += ofDataset.size
    size += 1
  }

  return {
    of(mailbox, dataset, id) {
      let firsts = mailboxes.get(mailbox)
      if (firsts === undefined) {
        if (shelved.has(mailbox)) return shelf().get(mailbox, dataset, id)
        if (isFirstOfNothing(mailbox, dataset, id)) return undefined
        firsts = read(mailbox)
        remember(mailbox, firsts)
      }
      return firsts.get(dataset)?.get(id)
    },
  }
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
  db.exec(`create temp table if not exists first (mailbox text, dataset text, id text, novelties text,
    primary key (id, dataset, mailbox)) without rowid`)
  const insert = db.prepare('insert into temp.first values (?, ?, ?, ?)')
  const select = query<{ novelties: string }>(
    db,
    'select novelties from temp.first where id = ? and dataset = ? and mailbox = ?',
  )
  return {
    put(mailbox: string, firsts: Firsts): void {
      db.exec('savepoint shelf')
      for (const [dataset, ofDataset] of firsts) {
        for (const [id, novelties] of ofDataset) insert.run(mailbox, dataset, id, novelties.join())
      }
      db.exec('release shelf')
    },
    get(mailbox: string, dataset: string, id: string): readonly Novelty[] | undefined {
      const found = select.get(id, dataset, mailbox)
      return found === undefined ? undefined : alike(found.novelties.split(',') as Novelty[])
    },
  }
}

/** What events of one mailbox are the first of, by dataset and id; nearly all are of nothing, and are not there. */
type Firsts = ReadonlyMap<string, ReadonlyMap<string, readonly Novelty[]>>

interface Usage {
  readonly ip: string
  readonly userAgent: string
  readonly id: string
  readonly dataset: string
}
