import type { DatabaseSync } from 'node:sqlite'
import { query } from '../query.ts'
import { transactionsOn } from './transactions.ts'

/** What of two usages of a mailbox from one address with one client stays: the earlier, whatever order files are imported in. */
export const keepsEarlier = `on conflict do update set time = excluded.time, id = excluded.id, dataset = excluded.dataset, event = excluded.event
  where (excluded.time, excluded.id, excluded.dataset) < (time, id, dataset)`

/** The time of a usage of which a fuller copy says that it was none of the mailbox's, or failed. */
export const takenBack = Number.MAX_SAFE_INTEGER

// Of all that is the user's own, logons alone are kept each with the address: they are what matters where one before them turns out to have failed.
const ownLogon = `(e.dataset = 'azure.signinlogs' or (e.dataset = 'o365.audit' and e.operation = 'UserLoggedIn'))`

/** Lets the next logon with the same address and client be the first where a usage was taken back, and forgets those that have none. */
export const takeNextUsages = `
  insert into usage select u.mailbox, u.ip, u.user_agent, l.time, e.id, e.dataset, e.seq
    from (select * from usage where time = ${takenBack}) u
    cross join logon l on l.mailbox = u.mailbox and l.ip = u.ip and coalesce(l.user_agent, '') = u.user_agent
    cross join event e on e.seq = l.event where ${ownLogon} ${keepsEarlier};
  delete from usage where time = ${takenBack};`

// Of two usages at one time only the events tell which is the first.
const take = `
  create temp table earliest (origin integer primary key, time);
  insert into earliest select origin, time from pending_usage where true
    on conflict do update set time = excluded.time where excluded.time < time;
  insert into session_usage select session, ip, user_agent from earliest join pending_origin using (origin)
    where session is not null order by 1, 2, 3 on conflict do nothing;
  create temp table first (mailbox, ip, user_agent, time, primary key (mailbox, ip, user_agent)) without rowid;
  insert into first select mailbox, ip, user_agent, min(time) from earliest join pending_origin using (origin)
    where is_own = 1 and mailbox <> '' group by 1, 2, 3;
  delete from earliest where not exists (select 1 from pending_origin join first using (mailbox, ip, user_agent)
    where pending_origin.origin = earliest.origin and is_own = 1 and first.time = earliest.time);
  insert into usage select o.mailbox, ip, user_agent, p.time, e.id, e.dataset, p.event from pending_usage p
    cross join earliest f on (f.origin, f.time) = (p.origin, p.time)
    cross join pending_origin o on o.origin = p.origin
    cross join event e on seq = event where p.time < ${takenBack} ${keepsEarlier};
  drop table earliest;
  drop table first;
  insert into session_link select id, session from pending_link order by 1, 2 on conflict do nothing;
  delete from pending_usage;
  delete from pending_origin;
  delete from pending_link;`

/**
 * Puts what a large import noted of usages and links where it is looked up, sorted: as it comes, each row changes a page of its own,
 * and when these are more than memory holds, an import takes half as long again.
 */
export function takePendingKeys(db: DatabaseSync): void {
  if (!hasPendingKeys(db)) return
  transactionsOn(db).run(() => db.exec(take))
}

/** Whether a large import noted something that is not where it is looked up yet. */
export function hasPendingKeys(db: DatabaseSync): boolean {
  return query(db, 'select 1 from pending_origin union all select 1 from pending_link limit 1').get() !== undefined
}
