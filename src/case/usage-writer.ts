import type { DatabaseSync } from 'node:sqlite'
import type { Entry } from '../entry.ts'

/** The first event of one mailbox, address and client. */
type First = readonly [
  ...[mailbox: string, ip: string, userAgent: string],
  ...[time: number, id: string, dataset: string, event: number],
]

/** Keeps from where mailboxes and sessions were used: of what repeats only the first, so that it stays small. */
export function usageWriter(db: DatabaseSync) {
  // Whatever order files are imported in: the same event is the first.
  const keepFirst = db.prepare(`insert into usage values (?, ?, ?, ?, ?, ?, ?) on conflict do update
    set time = excluded.time, id = excluded.id, dataset = excluded.dataset, event = excluded.event
    where (excluded.time, excluded.id, excluded.dataset) < (time, id, dataset)`)
  const dethrone = db.prepare(`insert into superseded (event) select event from usage
    where mailbox = ? and ip = ? and user_agent = ? and (time, id, dataset) > (?, ?, ?)`)
  const insertSession = db.prepare('insert into session_usage values (?, ?, ?) on conflict do nothing')
  const insertLink = db.prepare('insert into session_link values (?, ?) on conflict do nothing')
  const tellLink = db.prepare('insert into superseded (event, item, session) values (?, ?, ?)')
  const insertRequest = db.prepare('insert or replace into request values (?, ?, ?, ?, ?, ?)')
  const firsts = new Map<string, First>()
  const sessions = new Map<string, readonly [string, string, string]>()
  const links = new Map<string, readonly [id: string, session: string, event: number]>()

  return {
    /** Forgets what a transaction that failed had taken note of. */
    begin(): void {
      for (const taken of [firsts, sessions, links]) taken.clear()
    },
    /** Takes note of an event, inside a transaction that ends with `flush`. */
    add(seq: number, { time, dataset, mailbox, session, sessionIds, usage }: Entry, id: string): void {
      if (session !== undefined)
        for (const other of sessionIds) links.set(`${other}\n${session}`, [other, session, seq])
      if (usage === undefined) return
      const { ip, userAgent = '' } = usage
      if (session !== undefined) sessions.set(`${session}\n${ip}\n${userAgent}`, [session, ip, userAgent])
      if (usage.asks) insertRequest.run(seq, mailbox, time, ip, userAgent, session ?? null)
      if (!usage.isOwn || mailbox === '') return
      const key = `${mailbox}\n${ip}\n${userAgent}`
      const first: First = [mailbox, ip, userAgent, time, id, dataset, seq]
      const known = firsts.get(key)
      if (known === undefined || isBefore(first, known)) firsts.set(key, first)
    },
    /** Writes it down; with `isDelivered` also what documents that are delivered say otherwise: that they are first, or of no session. */
    flush(isDelivered: boolean): void {
      for (const first of firsts.values()) {
        const [mailbox, ip, userAgent, time, id, dataset] = first
        if (isDelivered) dethrone.run(mailbox, ip, userAgent, time, id, dataset)
        keepFirst.run(...first)
      }
      for (const session of sessions.values()) insertSession.run(...session)
      for (const [id, linked, event] of links.values()) {
        if (insertLink.run(id, linked).changes > 0 && isDelivered) tellLink.run(event, id, linked)
      }
    },
  }
}

function isBefore([, , , time, id, dataset]: First, [, , , otherTime, otherId, otherDataset]: First): boolean {
  if (time !== otherTime) return time < otherTime
  return id === otherId ? dataset < otherDataset : id < otherId
}
