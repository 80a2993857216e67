import { queryLists } from '../listed-values.ts'
import type { Scratch } from '../scratch.ts'
import { countOf, few, nounTo, number } from '../words.ts'

interface SharedAddress {
  readonly ip: string
  readonly activities: number
  readonly shared: number
  readonly sessions: number
  readonly others: readonly string[]
}

const told = 8
const namedAddresses = 3
const isHis = "(marked is 'intruder' and certainty is 'record')"

/** Addresses of the marked intruder's from which sessions were used that others' addresses used too: his, in a stolen session, or as much their owner's. */
export function sharedAddressTexts(scratch: Pick<Scratch, 'query'>): string[] {
  const rows = queryLists<SharedAddress>(
    scratch,
    ['others'],
    `with elsewhere as (select distinct session, ip from usage where session is not null and ip is not null and not ${isHis}),
      shared as (select ip, session, sum(count) as n from usage where ${isHis} and ip is not null
        and session in (select session from elsewhere) group by ip, session having n > 0),
      told as materialized (select ip, sum(n) as shared, count(*) as sessions from shared group by ip order by shared desc, ip limit ${told})
    select told.*,
      (select sum(count) from usage where usage.ip = told.ip and ${isHis}) as activities,
      (select json_group_array(distinct elsewhere.ip) from elsewhere
        where session in (select session from shared as own where own.ip = told.ip)) as others
    from told order by shared desc, ip`,
  )
  return rows.map(
    ({ ip, activities, shared, sessions, others }) =>
      `${number(shared)} of the ${countOf(activities, 'activity', 'activities')} from ${ip} that ${nounTo(activities, 'counts', 'count')} as the marked intruder’s ${nounTo(shared, 'is', 'are')} of ${countOf(sessions, 'session')} that ${sessions === 1 ? 'was' : 'were'} used from elsewhere too (${few(others, namedAddresses)}): a stolen session looks so, and so does an address that its owner uses as well, as of a VPN. Where both used it, mark the intruder’s sessions, not the address.`,
  )
}
