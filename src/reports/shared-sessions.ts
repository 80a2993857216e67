import type { Scratch } from './scratch.ts'

/** What is the marked intruder's by its session alone: its own address is nobody's mark, and the session was used from elsewhere too. */
export interface SharedSessions {
  readonly sessions: number
  readonly activities: number
  /** Mails that the intruder read in no other way. */
  readonly mails: number
  /** From where, the busiest first: no more than are told. */
  readonly addresses: readonly { readonly ip: string; readonly activities: number }[]
  readonly addressTotal: number
}

const named = 10

/**
 * Usages that a session makes the intruder's, in SQL: what is marked itself is as sure as a record, and a consent alone may be his for the
 * application that was let in.
 */
const bySession = `marked = 'intruder' and certainty is not 'record'`
const shared = `from usage where ${bySession} and ip is not null
  and session in (select session from usage where session is not null and ip is not null
    group by session having count(distinct ip) > 1 and max(${bySession} and category <> 'consent'))`

/** Looks for what may be the owner's in sessions that the intruder used. */
export function sharedSessions(scratch: Pick<Scratch, 'query' | 'count'>): SharedSessions {
  const [all] = scratch.query<{ sessions: number; activities: number }>(
    `select count(distinct session) as sessions, coalesce(sum(count), 0) as activities ${shared}`,
  )
  const { sessions, activities } = all ?? { sessions: 0, activities: 0 }
  if (sessions === 0) return { sessions, activities, mails: 0, addresses: [], addressTotal: 0 }
  // As one text: for each pair that is not in a list of pairs SQLite goes through all of it, since either of the two may be null.
  const pair = "session || ' ' || ip"
  const mails = `select 1 from reading where displayed and marked = 'intruder' and item <> ''
    group by mailbox, item having min(coalesce(${pair} in (select ${pair} ${shared}), 0)) = 1`
  return {
    sessions,
    activities,
    mails: scratch.count(mails),
    addresses: scratch.query(
      `select ip, sum(count) as activities ${shared} group by ip order by activities desc, ip limit ${named}`,
    ),
    addressTotal: scratch.count(`select 1 ${shared} group by ip`),
  }
}
