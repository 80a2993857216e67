import type { DatabaseSync } from 'node:sqlite'
import { inLists } from '../concurrency.ts'
import { itemHash } from '../item-hash.ts'
import { listQuery } from '../query.ts'
import { changeTables, directoryShapes } from '../shape-names.ts'
import { eventsOfSession, indexByEvent, makeIndexes, recordsOfId } from './join-indexes.ts'
import { nearestMs } from './joins.ts'
import { apartMs, listed, operationOf } from './neighbours.ts'
import { requestMs } from './sessions.ts'
import { into, isDelivered, replaced, staleRows } from './stale-rows.ts'

/** Needed only where something arrives after a delivery, so only then are they made. */
export const deliveryIndexes = [
  indexByEvent('message'),
  'mention_item on mention (item)',
  'event_mailbox on event (mailbox, time)',
  indexByEvent('usage'),
  eventsOfSession,
  recordsOfId,
  'evidence_shape on evidence (shape)', // Of a collector's case, which has a hundred thousand contents and hardly a file.
]

/** Up to where documents are delivered, and what was known when they were. */
export interface Delivered {
  readonly after: number
  readonly until: number
  readonly at?: { readonly time: number; readonly id: string } | undefined
  readonly facts: number
  readonly superseded: number
}

/** Where events lie that a place has, as statements name it. */
export function namedPlace({ after, until, at }: Omit<Delivered, 'facts' | 'superseded'>) {
  return { after, until, atTime: at?.time ?? Number.MIN_SAFE_INTEGER, atId: at?.id ?? '' }
}

/** Marks what was under way when the last run was cut off: it may have arrived, made with what was known then. */
export function markInFlight(db: DatabaseSync, stream: string, cursor: Delivered, inFlight: number): void {
  if (cursor.after < cursor.until) running(db)(inFlightOnes, { stream, ...namedPlace(cursor), inFlight })
}

/**
 * Marks the delivered events whose documents may come out otherwise than when they were delivered, for what is new since then: a
 * superset, looked up by what is new and not by going through the delivered ones.
 */
export function markStale(db: DatabaseSync, stream: string, cursor: Delivered): void {
  const { after, at, facts, superseded } = cursor
  if (after === 0 && at === undefined) return
  const delivered = { stream, ...namedPlace(cursor) }
  const since = { facts, superseded }
  const ever = { minTime: Number.MIN_SAFE_INTEGER, maxTime: Number.MAX_SAFE_INTEGER }
  const run = running(db)
  makeIndexes(db, deliveryIndexes)
  for (const sql of staleOnes) run(sql, { ...delivered, ...since, ...ever, nearestMs, requestMs })
  for (const items of inLists(listQuery<[item: string]>(db, newItems).iterate(since), () => batchSize))
    run(mentioning, { ...delivered, hashes: JSON.stringify(items.map(([item]) => itemHash(item))) })
}

function running(db: DatabaseSync) {
  return (sql: string, values: Record<string, string | number>) => {
    const statement = db.prepare(sql)
    statement.setAllowUnknownNamedParameters(true)
    statement.run(values)
  }
}

const batchSize = 1000

/** As the index has it, or SQLite would not use it. */
export const hasOwnIdentity = "dataset in ('azure.signinlogs', 'o365.messagetrace')"

const inFlightOnes = `${into} from event e indexed by event_key
  where (time, id) > (:atTime, :atId) and +seq > :after and +seq <= :until order by time, id limit :inFlight`

const supersededOnes = `${into} from superseded s cross join event e on e.seq = s.event
  where s.id > :superseded and ${isDelivered}`

const newLogons = `
  select mailbox, platform, session, time from logon where event > :facts
  union select mailbox, platform, session, time from logon where event in (${replaced})
  union select mailbox, platform, session, time from superseded where id > :superseded and platform is not null`

/** A session's event is attributed to the latest logon before it, and to the first one if none was before it. */
const ofSession = `with l as (
    select session, time,
      (select min(n.time) from logon n where n.session = l.session and n.time > l.time) as next,
      exists (select 1 from logon p where p.session = l.session and p.time < l.time) as has_earlier
    from (${newLogons}) l where session is not null)
  ${into} from l cross join event e indexed by event_session on e.session = l.session
    and e.time >= iif(l.has_earlier, l.time, :minTime) and e.time < coalesce(l.next, :maxTime)
  where ${isDelivered}`

/** A logon counts as the nearest until the next one of its kind, for a day; one of a session only where an event has none. */
const ofMailbox = `with l as (
    select mailbox, time, session is null as is_anyones,
      (select min(n.time) from logon n where n.mailbox = l.mailbox and n.platform = l.platform
        and (n.session is null) = (l.session is null) and n.time > l.time) as next
    from (${newLogons}) l)
  ${into} from l cross join event e indexed by event_mailbox on e.mailbox = l.mailbox
    and e.time >= l.time and e.time <= min(l.time + :nearestMs, coalesce(l.next - 1, :maxTime))
  where (l.is_anyones or e.session is null) and ${isDelivered}`

// Ids that have a name now, and the names that they had before.
const newNames = 'select mailbox from superseded where id > :superseded and platform is null and mailbox is not null'

/** What came to be first in a mailbox makes others first no more that come later; so does whatever was done under an id that has a name now. */
const ofUsages = `with n as (select coalesce(name, mailbox) as user, min(n.time) as time from (
      select mailbox, time from usage indexed by usage_event where event > :facts
      union all select mailbox, time from usage indexed by usage_event where event in (${replaced})
      union all select mailbox, :minTime from (${newNames})) n left join user_name on id = mailbox group by 1),
    same as (select user as mailbox, time from n union all select id, n.time from n cross join user_name on name = user)
  ${into} from same n cross join usage u on u.mailbox = n.mailbox and u.time >= n.time cross join event e on e.seq = u.event
  where ${isDelivered}`

// Of sessions, under whichever name or token they are known, all the others.
const otherNames = `select o.session from same cross join session_link o on o.id = same.id
      union select o.id from same cross join session_link o on o.session = same.id`

// What is superseded of no logon by its session: a row with an item is a further id of the session's, one without is a use from elsewhere.
const linksAnew = `link (id, session) as materialized (select item, session from superseded
      where id > :superseded and item is not null and session is not null and platform is null)`

/**
 * Sessions that have come to be known as one. That a token is of one session alone joins none, and each hour brings a session a token; only the first makes
 * its session's name one by which another session may be known that has it, too.
 */
const joinedAnew = `select link.session from link where exists (select 1 from event e where e.session = link.id)
        or exists (select 1 from session_usage o where o.session = link.id)
        or exists (select 1 from session_link o where o.id = link.id and o.session <> link.session)
        or exists (select 1 from session_link o where o.session = link.id)
        or (exists (select 1 from session_link o where o.id = link.session) and not exists (select 1 from session_link o
          where o.session = link.session and not exists (select 1 from link l where l.id = o.id and l.session = o.session)))`

/** All names of these. */
const linked = `with recursive ${linksAnew}, same (id) as (${joinedAnew} union ${otherNames})`

/**
 * Where something is marked, a session's new address may make all of it the intruder's, or no longer surely his; so may another session that it
 * turns out to be. A further event from where it was used before does neither: of a session of months there is one every hour.
 */
const usedAnew = `with recursive ${linksAnew}, same (id) as (
      select session from (select 1 from mark limit 1) cross join superseded
      where id > :superseded and session is not null and item is null and platform is null
    union ${joinedAnew}
    union ${otherNames})`

const ofMarkedSessions = `${usedAnew}
  ${into} from same cross join event e indexed by event_session on e.session = same.id where ${isDelivered}`

/** A sign-in is of the session that its record in the audit log has. */
const ofMarkedSignIns = `${usedAnew}, any_sign_in as (select 1 from event indexed by event_id where ${hasOwnIdentity} limit 1)
  ${into} from any_sign_in cross join same cross join event a indexed by event_session on a.session = same.id
    cross join event e indexed by event_id on e.id = a.id and e.${hasOwnIdentity}
  where a.dataset = 'o365.audit' and ${isDelivered}`

/** What a service does is whose it is who asked for it shortly before, of which its record tells the account alone: all of that time is looked at. */
const ofRequests = `${usedAnew}, asked as materialized (select distinct time from (select 1 from mark limit 1) cross join request
      where event > :facts or event in (${replaced}) or session in (select id from same))
  ${into} from asked cross join event e indexed by event_key on e.time between asked.time and asked.time + :requestMs
    and e.dataset = 'o365.audit' where ${isDelivered}`

/** A sign-in says that the audit log has it too, and has its session from there: both give it one id. */
const ofTwins = `with any_sign_in as (select 1 from event indexed by event_id where ${hasOwnIdentity} limit 1),
    twin as (select id from any_sign_in cross join event where seq > :facts and dataset = 'o365.audit'
      union select id from event where seq in (${replaced}) and dataset = 'o365.audit')
  ${into} from twin cross join event e indexed by event_id on e.id = twin.id and e.${hasOwnIdentity}
  where ${isDelivered}`

/** Whether a change of the directory counts depends on what the other log has of the same operation and second, and on how many. */
const ofChanges = `with any_of_entra as (select 1 from evidence where shape in ${listed(directoryShapes)} limit 1),
    n as (select distinct n.time, ${operationOf('n')} as operation from any_of_entra cross join event n
      where (n.seq > :facts or n.seq in (${replaced})) and n.dataset = 'o365.audit' and n.operation not glob 'UserLog*'
        and (n.evidence in (select id from evidence where shape in ${listed([...directoryShapes, ...changeTables])})
          or instr(n.content, 'InterSystemsId') > 0 or instr(n.content, 'orrelationId') > 0))
  ${into} from n cross join event e indexed by event_key on e.time between n.time - ${apartMs} and n.time + ${apartMs}
    and e.dataset = 'o365.audit' and ${operationOf('e')} = n.operation
  where ${isDelivered}`

/**
 * Of audit records that share an id the first has it as it came: when an earlier one arrives, it takes the place of the one that was delivered
 * under it, which gets a document of its own.
 */
const ofSharedIds = `${into} from event n cross join event e indexed by event_by_id on e.id = n.id and e.dataset = 'o365.audit'
  where (n.seq > :facts or n.seq in (${replaced})) and n.dataset = 'o365.audit'
    and exists (select 1 from event o indexed by event_by_id where o.id = n.id and o.dataset = 'o365.audit' and o.time <> n.time)`

/** Who is named by his id alone has a name now, or another one. */
const ofNames = `${into} from (${newNames}) s cross join event e indexed by event_mailbox on e.mailbox = s.mailbox
  where s.mailbox not glob '*@*' and ${isDelivered}`

const ofLinkedSessions = `${linked}
  ${into} from same cross join event e indexed by event_session on e.session = same.id where ${isDelivered}`

/** What finds them, by what is new. */
const staleOnes = [
  ...[supersededOnes, ofSession, ofMailbox, ofUsages, ofMarkedSessions, ofMarkedSignIns, ofRequests],
  ...[ofTwins, ofChanges, ofSharedIds, ...staleRows, ofNames, ofLinkedSessions],
]

// Tokens are told of like items of mail: documents without a session mention the token that they name.
const newItems = `${linked}
  select item from message indexed by message_event where event > :facts
  union select message_id from message indexed by message_event where event > :facts and message_id is not null
  union select item from message indexed by message_event where event in (${replaced})
  union select message_id from message indexed by message_event where event in (${replaced}) and message_id is not null
  union select item from superseded where id > :superseded and item is not null
  union ${newNames}
  union select id from same
  union select id from (${usedAnew} select id from same)`

const mentioning = `${into} from json_each(:hashes) h cross join mention m indexed by mention_item on m.item = h.value
  cross join event e on e.seq = m.event where ${isDelivered}`
