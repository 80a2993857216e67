import type { DatabaseSync } from 'node:sqlite'
import { query } from '../query.ts'
import { afterSome, remember } from '../remember.ts'
import { eventsAtMost } from './events-at-most.ts'
import type { Surroundings } from './first-seen.ts'

/** From where and with what a session was used. */
export interface SessionUsage {
  readonly ip: string
  /** Empty where none is named. */
  readonly userAgent: string
  readonly asn?: number | undefined
  readonly country?: string | undefined
}

/** What somebody asked for shortly before a service did it in its own name. */
export interface Request extends SessionUsage {
  readonly session: string | undefined
}

/** What the case proves of sessions. */
export interface Sessions {
  /** The one key of a session: the least of all the ids that records prove to be the same session's. */
  key(session: string): string
  /** The session in which a token was issued. */
  ofToken(token: string): string | undefined
  /** From where a session was used, under any of its ids; at most the first 1,000. */
  usages(session: string): readonly SessionUsage[]
  /** What the owner of an account asked for in the minute before. */
  request(mailbox: string, time: number): Request | undefined
}

const sessionsKept = 1000
// Nearly all tokens name one session, whose only name it is: then its tokens need not be gone through. What joins several sessions is
// looked for in all of the case once that is less work: a pass takes a microsecond for each id, eight seconds where a collector has thirty million
// events, and one that is delivered in the main thread every minute asks for some hundred sessions.
const [askedAlone, eventsForOne] = [200, 2000] as const
const bridgesKept = 10_000
/** Entra's services follow within seconds; what comes later may have been asked for by others. */
export const requestMs = 60_000

// Of a session's tokens only those are gone on with that lead to another name: it has a token an hour, and nearly all of them are of it alone.
// More names than these for one session are no evidence but an attack. `cross join` keeps SQLite from going through a whole table for each session.
const sameSession = `with recursive same (id) as (select ?
  union select link.session from same cross join session_link link on link.id = same.id
  union select link.id from same cross join session_link link on link.session = same.id
    where exists (select 1 from session_link o where o.id = link.id and o.session <> link.session)
      or exists (select 1 from session_link o where o.session = link.id)
      or exists (select 1 from session_usage o where o.session = link.id) limit 1000)`

/** Looks sessions up in one open case, and remembers them. Of usages it tells the places that `placeOf` does. */
export function sessionsOf(db: DatabaseSync, placeOf: Surroundings['placeOf']): Sessions {
  const least = query<{ id: string | null }>(
    db,
    `${sameSession} select min(id) as id from same
    where exists (select 1 from session_link where session = same.id)`,
  )
  const hasLinks = query(db, 'select 1 from session_link limit 1')
  const linkedTo = query<{ session: string }>(
    db,
    `select session from session_link where id = ?1
    union all select session from session_link where session = ?1 limit 1`,
  )
  const bridges = query<{ id: string; session: string }>(
    db,
    `select id, session from session_link where id in (select id from session_link
    group by id having count(*) > 1) or id in (select session from session_link) limit ${bridgesKept + 1}`,
  )
  const links = afterSome(Math.max(askedAlone, eventsAtMost(db) / eventsForOne), () => {
    const rows = bridges.all()
    const joined = rows.length > bridgesKept ? undefined : new Set(rows.flatMap(({ id, session }) => [id, session]))
    return { areThere: hasLinks.get() !== undefined, joined }
  })
  const addresses = query<UsageRow>(
    db,
    `${sameSession} select distinct ip, user_agent as userAgent from same
    cross join session_usage on session = same.id order by ip, user_agent limit 1000`,
  )
  const requests = query<UsageRow & { session: string | null }>(
    db,
    `select ip, user_agent as userAgent, session from request
    where mailbox = ? and time between ? and ? order by time desc, ip, user_agent, session limit 1`,
  )
  // By its session, not by each of the ids that prove it: all of them have one key.
  const leastOf = remember(sessionsKept, (session) => least.get(session)?.id ?? undefined)
  const keyOf = remember(sessionsKept, (id) => {
    const { areThere = true, joined } = links() ?? {}
    if (!areThere) return undefined
    const session = linkedTo.get(id)?.session
    if (session === undefined) return undefined
    return joined?.has(session) === false ? session : leastOf(session)
  })
  const usagesOf = remember(sessionsKept, (id) => addresses.all(id).map((row) => toUsage(row, placeOf)))
  return {
    key: (session) => keyOf(session) ?? session,
    ofToken: keyOf,
    usages: usagesOf,
    request(mailbox, time) {
      const row = requests.get(mailbox, time - requestMs, time)
      return row === undefined ? undefined : { ...toUsage(row, placeOf), session: row.session ?? undefined }
    },
  }
}

type UsageRow = Pick<SessionUsage, 'ip' | 'userAgent'>

function toUsage({ ip, userAgent }: UsageRow, placeOf: Surroundings['placeOf']): SessionUsage {
  const { asn, country } = placeOf(ip) ?? {}
  return { ip, userAgent, asn, country }
}
