import { queryLists } from './listed-values.ts'
import type { Scratch } from './scratch.ts'

/** What is nobody's by the marks, and comes from where the marked intruder was by his sessions: the records name another session, or none. */
export interface UnmarkedBeside {
  readonly activities: number
  /** Mails that were read so, each once. */
  readonly mails: number
  /** From where, and in whose accounts as far as records name any, those first that the fewest use: no more than are told. */
  readonly addresses: readonly { readonly ip: string; readonly activities: number; readonly users: readonly string[] }[]
  readonly addressTotal: number
}

const named = 5

/** Whose account it was, in SQL. */
const user = 'coalesce(user, lower(mailbox))'

/** Addresses that are not marked, and the intruder's by a marked session, in SQL. What is only inferred is as much its owner's. */
const his = `select ip from usage where marked is 'intruder' and ip is not null group by ip
  having max(certainty is 'session') and not max(certainty is 'record')`
const beside = `from usage where marked is null and category not in ('delivery', 'alert') and ip in (${his})`

/** Looks for what a mark of sessions alone leaves out. */
export function unmarkedBeside(scratch: Pick<Scratch, 'query' | 'count'>): UnmarkedBeside {
  const [all] = scratch.query<{ activities: number }>(`select coalesce(sum(count), 0) as activities ${beside}`)
  const { activities } = all ?? { activities: 0 }
  if (activities === 0) return { activities, mails: 0, addresses: [], addressTotal: 0 }
  const byAddress = `${beside} group by ip having sum(count) > 0`
  return {
    activities,
    mails: scratch.count(
      `select 1 from reading where displayed and marked is null and item <> '' and ip in (${his}) group by mailbox, item`,
    ),
    addresses: queryLists(
      scratch,
      ['users'],
      `select ip, sum(count) as activities, json_group_array(distinct ${user}) filter (where ${user} <> '') as users ${byAddress}
        order by json_array_length(users), activities desc, ip limit ${named}`,
    ),
    addressTotal: scratch.count(`select 1 ${byAddress}`),
  }
}
