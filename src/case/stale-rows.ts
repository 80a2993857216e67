import { coarseMs } from '../entry.ts'
import { activityTables, exchangeLogs, mailTables } from '../shape-names.ts'
import { apartMs, hashLength, listed } from './neighbours.ts'

/** How statements begin that mark events `e` which may come out otherwise than they were delivered. */
export const into = 'insert or ignore into stale select :stream, e.seq'
/** Of an event `e`, by `namedPlace`. */
export const isDelivered = '(e.seq <= :after or (e.seq <= :until and (e.time, e.id) <= (:atTime, :atId)))'
/** Of events that a fuller copy replaced count both what they told before and what they tell now. */
export const replaced = 'select event from superseded where id > :superseded'

/** Of the audit log and of sign-ins whatever has no id of its own: columns of any kind, and what was cut off before it. */
const isRow = (e: string) => `length(${e}.id) = ${hashLength} and (${e}.dataset in ('o365.audit', 'azure.signinlogs')
  or ${e}.evidence in (select id from evidence where shape in ${listed(activityTables)}))`

/**
 * Rows of tables that somebody made of records count no more when the records arrive, which further rows do not tell, but for those of mail
 * access and of Exchange's own logs; their times may be cut to the minute, or those of sign-ins to the second, where thousands stand at one time: each time is looked at once.
 */
const ofTables = `with n as materialized (select distinct n.time, n.dataset from event n
      where (n.seq > :facts or n.seq in (${replaced})) and (not (${isRow('n')})
        or n.evidence in (select id from evidence where shape in ${listed([...mailTables, ...exchangeLogs])}))),
    moment as (select time, dataset from n union select time - time % ${coarseMs}, dataset from n union select time - time % 1000, dataset from n)
  ${into} from moment m cross join event e indexed by event_key on e.time = m.time and e.dataset = m.dataset and ${isRow('e')}
  where ${isDelivered}`

/** Those of sign-ins may say less than the second, and the audit log's logons, whose seconds are cut or rounded, tell them too. */
const ofSignInRows = `with n as materialized (select distinct time - time % 1000 as time from event
      where (seq > :facts or seq in (${replaced})) and (dataset = 'azure.signinlogs' or dataset = 'o365.audit' and operation glob 'UserLog*'))
  ${into} from n cross join event e indexed by event_key on e.time between n.time - ${apartMs} and n.time + ${apartMs} + 999
    and e.dataset = 'azure.signinlogs' and ${isRow('e')}
  where ${isDelivered}`

/** Message traces without their ids, which are in files alone, are told by others of their second. */
const ofTraceRows = `with n as materialized (select distinct time - time % 1000 as time from event
      where (seq > :facts or seq in (${replaced})) and dataset = 'o365.messagetrace')
  ${into} from n cross join event e indexed by event_key on e.time between n.time and n.time + 999 and e.dataset = 'o365.messagetrace'
    cross join evidence v on v.id = e.evidence and v.format not like '%"service":%'
  where ${isDelivered}`

/** What finds delivered rows whose records, or other rows of the same, are new. */
export const staleRows = [ofTables, ofSignInRows, ofTraceRows]
