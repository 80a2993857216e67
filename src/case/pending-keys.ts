import type { DatabaseSync } from 'node:sqlite'
import { query } from '../query.ts'
import { transactionsOn } from './transactions.ts'

/** What of two usages of a mailbox from one address with one client stays: the earlier, whatever order files are imported in. */
export const keepsEarlier = `on conflict do update set time = excluded.time, id = excluded.id, dataset = excluded.dataset, event = excluded.event
  where (excluded.time, excluded.id, excluded.dataset) < (time, id, dataset)`

// What usages have in common is grouped once, for two tables. Of two at one time only the events tell which is the first.
const take = `
  create temp table apart as select session, mailbox, ip, user_agent, is_own, min(time) as time from pending_usage
    group by session, mailbox, ip, user_agent, is_own;
  insert into session_usage select distinct session, ip, user_agent from apart where session is not null
    order by 1, 2, 3 on conflict do nothing;
  create temp table first (mailbox, ip, user_agent, time, primary key (mailbox, ip, user_agent)) without rowid;
  insert into first select mailbox, ip, user_agent, min(time) from apart where is_own = 1 and mailbox <> '' group by 1, 2, 3;
  insert into usage select p.mailbox, p.ip, p.user_agent, p.time, e.id, e.dataset, event from pending_usage p
    cross join first f on (f.mailbox, f.ip, f.user_agent) = (p.mailbox, p.ip, p.user_agent) and f.time = p.time
    cross join event e on seq = event where is_own = 1 ${keepsEarlier};
  drop table apart;
  drop table first;
  insert into session_link select distinct id, session from pending_link order by 1, 2 on conflict do nothing;
  delete from pending_usage;
  delete from pending_link;`

/**
 * Puts what a large import noted of usages and links where it is looked up, sorted: as it comes, each row changes a page of its own,
 * and when these are more than memory holds, an import takes half as long again.
 */
export function takePendingKeys(db: DatabaseSync): void {
  const any = 'select 1 from pending_usage union all select 1 from pending_link limit 1'
  if (query(db, any).get() === undefined) return
  transactionsOn(db).run(() => db.exec(take))
}
