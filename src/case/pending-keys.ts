import type { DatabaseSync } from 'node:sqlite'
import { query } from '../query.ts'
import { transactionsOn } from './transactions.ts'

/** What of two usages of a mailbox from one address with one client stays: the earlier, whatever order files are imported in. */
export const keepsEarlier = `on conflict do update set time = excluded.time, id = excluded.id, dataset = excluded.dataset, event = excluded.event
  where (excluded.time, excluded.id, excluded.dataset) < (time, id, dataset)`

const take = `
  insert into session_usage select distinct session, ip, user_agent from pending_usage where session is not null
    order by 1, 2, 3 on conflict do nothing;
  insert into usage select mailbox, ip, user_agent, p.time, id, dataset, event from
    (select mailbox, ip, user_agent, time, event, rank() over (partition by mailbox, ip, user_agent order by time) as place
      from pending_usage where is_own = 1 and mailbox <> '') p
    cross join (select seq, id, dataset from event) on seq = event where place = 1 ${keepsEarlier};
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
