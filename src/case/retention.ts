import type { DatabaseSync } from 'node:sqlite'
import type { Progress } from '../progress.ts'
import { numberIn, query } from '../query.ts'
import { hourMs } from '../time/time.ts'
import { eventsOfEvidence, indexByEvent, makeIndexes } from './join-indexes.ts'
import { nearestMs } from './joins.ts'
import { deliveryIndexes, hasOwnIdentity } from './mark-stale.ts'

/** Until when something must have been delivered to go: most events, and those that others are joined to. */
export interface Limits {
  readonly events: Date
  readonly joined: Date
}

/** Lets go of what services gave and has been delivered long ago. What came from files stays. */
export interface Retention {
  /** The sequence number of the event stored last. */
  lastSeq(): number
  /** How many events were stored since the last that was noted as delivered, or behind so many that are delivered as it is known better. */
  undelivered(delivered?: number): number
  /** Makes what forgetting, and delivering again, look things up by: at once while a case is small, but for minutes where a month is in it already. */
  prepare(progress?: Progress): void
  /** Notes that all events up to `seq` are where they were to go. */
  delivered(seq: number, at: Date): void
  /**
   * Deletes in small transactions, as it is walked through; each step says how many events went. What it left the last time because others are
   * joined to it, it looks at again when that may go: once no event that stays has its logon or its mail from there, for what is marked makes
   * documents anew.
   */
  forget(limits: Limits): Generator<number>
}

const stepSize = 2000
const vacuumBytes = 16 * 2 ** 20
const place = 'retention'

/** Rows of these go with their event. Looked up by it, which only forgetting does: their index is made here. */
const dependents = [
  'further_sighting',
  'other_copy',
  'message',
  'logon',
  'request',
  'mention',
  'superseded',
  'stale',
] as const
// Three are led by the event, and the last is nearly empty.
const withoutIndex: readonly string[] = ['logon', 'request', 'stale', 'other_copy']

const dependentsIn = (db: DatabaseSync) => dependents.filter((table) => isThere(db, table))

/** All indexes that a case wants which is collected into for months, beside those of joins. */
export function indexesForMonths(db: DatabaseSync): string[] {
  const indexed = dependentsIn(db).filter((name) => !withoutIndex.includes(name))
  return [...new Set([...indexed.map(indexByEvent), eventsOfEvidence, ...deliveryIndexes])]
}

/** Retention on an open case. */
export function retentionOf(db: DatabaseSync, transaction: <T>(work: () => T) => T): Retention {
  const lastSeq = () => numberIn(db, 'select max(seq) from event')
  const prepare = (progress?: Progress) => makeIndexes(db, indexesForMonths(db), progress)

  /** Children go with their parents here, so that their keys need not be looked for in tables that have no index for it. */
  function withoutChecks<T>(work: () => T): T {
    db.exec('pragma foreign_keys = off')
    try {
      return transaction(work)
    } finally {
      db.exec('pragma foreign_keys = on')
    }
  }

  function remove(seqs: readonly number[], at: Date): void {
    const list = JSON.stringify(seqs)
    const seen = 'select distinct evidence from sighting where event in (select value from json_each(?))'
    const evidences = query<{ evidence: number }>(db, seen)
      .all(list)
      .map(({ evidence }) => evidence)
    const sessions = query<{ session: string }>(db, sessionsOf)
      .all(list)
      .map(({ session }) => session)
    for (const table of dependentsIn(db))
      db.prepare(`delete from ${table} where event in (select value from json_each(?))`).run(list)
    db.prepare('delete from event where seq in (select value from json_each(?))').run(list)
    db.prepare(ended).run(JSON.stringify(sessions), at.getTime())
    db.prepare(emptyEvidence).run(JSON.stringify(evidences))
  }

  /** Notes with what goes how far that is, or a case of which a part has gone would pass for one that somebody changed. */
  const reached = (seq: number) => db.prepare(noted).run(place, JSON.stringify(seq))

  return {
    lastSeq,
    prepare,
    undelivered(delivered = numberIn(db, 'select max(seq) from delivered')) {
      return lastSeq() - Math.max(delivered, numberIn(db, 'select min(seq) - 1 from event'))
    },
    delivered(seq, at) {
      // Rounded up to the hour, so that there are few: rather a little late than too early.
      const hour = Math.ceil(at.getTime() / hourMs) * hourMs
      db.prepare('insert into delivered values (?, ?) on conflict do update set seq = excluded.seq').run(hour, seq)
    },
    *forget({ events, joined }) {
      const upTo = (limit: Date) => numberIn(db, 'select max(seq) from delivered where at <= ?', limit.getTime())
      const [until, joinedUntil] = [upTo(events), upTo(joined)]
      // Sequence numbers are never given twice as long as the last event stays.
      const end = Math.min(until, lastSeq() - 1)
      const first = numberIn(db, 'select min(seq) from event') - 1
      if (first < 0 || first >= end) return
      prepare()
      const vacuum = `pragma incremental_vacuum(${Math.floor(vacuumBytes / numberIn(db, 'pragma page_size'))})`
      const findFree = query<{ seq: number }>(db, free)
      const findUnneeded = query<{ seq: number }>(db, unneeded)
      const looked = numberIn(db, 'select cast(value as integer) from cursor where stream = ?', place)
      const ranges = [
        [first, Math.min(joinedUntil, end), (from: number, to: number) => findUnneeded.all(from, to, joinedUntil)],
        [Math.max(first, joinedUntil, looked), end, (from: number, to: number) => findFree.all(from, to)],
      ] as const
      for (const [after, upTo, find] of ranges) {
        for (let from = after; ; from += stepSize) {
          // Where all has gone but one event that stays, as after years, most steps would find nothing.
          from = numberIn(db, 'select min(seq) from event where seq > ?', from) - 1
          if (from < 0 || from >= upTo) break
          const to = Math.min(upTo, from + stepSize)
          const seqs = find(from, to).map(({ seq }) => seq)
          if (seqs.length > 0) {
            withoutChecks(() => {
              remove(seqs, events)
              reached(to)
            })
          }
          db.exec(vacuum)
          yield seqs.length
        }
      }
      transaction(() => {
        reached(end)
        for (const sql of [unlink, unuse, settle]) db.prepare(sql).run(joined.getTime())
      })
      db.prepare(oldMarks).run(joined.getTime())
      db.prepare(emptyContents).run(events.toISOString())
    },
  }
}

const sessionsOf = `select distinct session from event
  where seq in (select value from json_each(?)) and session is not null`
const noted = `insert into cursor values (?, ?) on conflict do update
  set value = excluded.value where cast(excluded.value as integer) > cast(value as integer)`
const isGone = 'not exists (select 1 from event where event.session = ended.session)'
const ended =
  'insert into ended_session select value, ?2 from json_each(?1) where true on conflict do update set at = excluded.at'
/**
 * Events that are joined to others stay longer, and may be known by a token of the session alone: what is known of it goes after the last of
 * them, unless it was used again or is another session's name.
 */
const unlink = `delete from session_link where session in (select session from ended_session as ended where at <= ? and ${isGone})
  and not exists (select 1 from event where event.session = session_link.id)`
const unuse = `delete from session_usage where session in (select session from ended_session as ended where at <= ? and ${isGone})`
const settle = 'delete from ended_session where at <= ?'

/** All but the newest of those that are old enough for everything. */
const oldMarks = 'delete from delivered where at < (select max(at) from delivered where at <= ?)'

const ofService = `json_extract(format, '$.service') is not null`
/** What no file shows, whoever told it first. */
const isOfService = (e: string) => `exists (select 1 from evidence where evidence.id = ${e}.evidence and ${ofService})
  and not exists (select 1 from further_sighting s join evidence on evidence.id = s.evidence where s.event = ${e}.seq and not (${ofService}))`

/** Refused documents stay: they may be sent again. */
const isRefused = (seq: string) => `${seq} in (select event from reject where event is not null)`
const mayGo = `seq > ?1 and seq <= ?2 and ${isOfService('event')} and not ${isRefused('seq')}`

/** To which no event is joined. */
const free = `select seq from event where ${mayGo} and not exists (select 1 from logon where logon.event = seq)
  and not exists (select 1 from message where message.event = seq)`

const stays = (e: string) => `(${e}.seq > ?3 or ${isRefused(`${e}.seq`)} or not (${isOfService(e)}))`

/** Of several that say the same of a mail the last is enough; but each trace of it tells a recipient. */
const tellings = `mail as materialized (select hash
      from (select distinct hash from message where event in (select seq from old))
      where exists (select 1 from mention cross join event e on e.seq = mention.event where mention.item = hash and ${stays('e')})),
    telling as materialized (
      select max(event) as event from message where hash in (select hash from mail)
        group by hash, rank, subject, sender, received, message_id
      union select event from message cross join event e on e.seq = event
        where hash in (select hash from mail) and e.dataset = 'o365.messagetrace')`

/** A mail may be named by a hundred thousand: the last of them stay. */
const lastMentions = 100
/** Also an old event that tells of a mail which one names that stays: it keeps its own logon. Which of several that say the same stays is not asked. */
const isKept = (e: string) => `(${stays(e)} or exists (select 1 from message m where m.event = ${e}.seq and exists (
  select 1 from (select event from mention where item = m.hash order by rowid desc limit ${lastMentions}) n
    cross join event s on s.seq = n.event where ${stays('s')})))`

const latest = Number.MAX_SAFE_INTEGER

/** As logons are joined: of a session up to its next one, the first also to what was before it; of a mailbox up to the next of its kind, for a day. */
const isLogonOfSession = `exists (select 1 from event e where e.session = l.session
    and (e.time >= l.time or not exists (select 1 from logon p where p.session = l.session and p.time < l.time))
    and e.time < coalesce((select min(n.time) from logon n where n.session = l.session and n.time > l.time), ${latest})
    and ${isKept('e')})`
const isNearestLogon = `exists (select 1 from event e where e.mailbox = l.mailbox and (l.session is null or e.session is null)
    and e.time >= l.time and e.time <= min(l.time + ${nearestMs}, coalesce((select min(n.time) - 1 from logon n where n.mailbox = l.mailbox
      and n.platform = l.platform and (n.session is null) = (l.session is null) and n.time > l.time), ${latest}))
    and ${isKept('e')})`

/** By the audit log's record of a sign-in that is told twice, and may be told its session: while that stays, which others may be joined to, so does this. */
const hasSignIn = `exists (select 1 from event a cross join event s indexed by event_id on s.id = a.id and s.${hasOwnIdentity}
  where a.seq = old.seq and a.dataset = 'o365.audit')`

/** To which none is joined that stays when all up to the third number go. */
const unneeded = `with old as materialized (select seq from event where ${mayGo}), ${tellings}
  select seq from old where seq not in (select event from telling) and not ${hasSignIn}
    and not exists (select 1 from logon l where l.event = seq and (${isLogonOfSession} or ${isNearestLogon}))`

const isEmpty = `complete = 1 and ${ofService} and not exists (select 1 from sighting where sighting.evidence = evidence.id)
  and not exists (select 1 from reject where reject.evidence = evidence.id)`
const emptyEvidence = `delete from evidence where id in (select value from json_each(?)) and ${isEmpty}`
const emptyContents = `delete from evidence where read = 0 and imported < ? and ${isEmpty}`

function isThere(db: DatabaseSync, table: string): boolean {
  return query(db, `select 1 from sqlite_master where type = 'table' and name = ?`).get(table) !== undefined
}
