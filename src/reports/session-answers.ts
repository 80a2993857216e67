import type { Listed } from './listed-rows.ts'
import { eachWithLists, valuesOf } from './listed-values.ts'
import type { Scratch } from './scratch.ts'
import { intrudersFirst } from './sureness.ts'
import { number } from './words.ts'

/** One session: who used it, from where, when, and for what. */
export interface SessionAnswer {
  readonly session: string
  readonly users: readonly string[]
  readonly mailboxes: readonly string[]
  readonly first: string
  readonly last: string
  /** The addresses that its records name; more than one is worth a look. */
  readonly addresses: readonly string[]
  readonly countries: readonly string[]
  readonly agents: readonly string[]
  readonly applications: readonly string[]
  readonly datasets: readonly string[]
  /** How its records are known to be of it: they name it (`record`), a token of it, or are the sign-in of one that does. */
  readonly knownBy: readonly string[]
  readonly records: number
  readonly categories: Readonly<Record<string, number>>
  /** Of its logons, how many failed, and of how many nobody knows or they were stopped to ask for more: it may be no session at all. */
  readonly failedLogons: number
  readonly unknownLogons: number
  /** Whose its records are by the marks of the case: of both means that one of them used the other's session. */
  readonly actors: Readonly<Record<string, number>>
  /** How many of the intruder's are only inferred to be his: in a session that was used from elsewhere too they may be its owner's. */
  readonly inferred: number
  /** The first of its records, by `event.id`. */
  readonly id: string
}

const lists = {
  users: 'user',
  mailboxes: 'mailbox',
  addresses: 'ip',
  countries: 'country',
  agents: 'agent',
  applications: 'platform',
  datasets: 'dataset',
  knownBy: 'knownBy',
} as const

/** Which sessions are asked for: no more than `limit`, of all or of those that meet `where` with its values. */
interface Asked {
  readonly limit: number
  readonly where?: string
  readonly values?: readonly string[]
  /** Whether those in which the marked intruder did something are within the limit before others; in any case those of logons alone come last. */
  readonly intruderFirst?: boolean
}

/** Of sessions that were used from more than one address, or network of IPv6, for `where`. */
export const fromSeveralAddresses =
  'session in (select session from usage where ip is not null group by session having count(distinct network_of(ip)) > 1)'

/** Sessions in the order in which they began. */
export function sessionAnswers(scratch: Pick<Scratch, 'query' | 'each'>, asked: Asked): Listed<SessionAnswer> {
  const { total, rows } = eachSession(scratch, asked)
  return { total, rows: [...rows] }
}

/** The same one by one: a hundred thousand are more than memory should hold. */
export function eachSession(
  scratch: Pick<Scratch, 'query' | 'each'>,
  { limit, where, values = [], intruderFirst = false }: Asked,
): { readonly total: number; readonly rows: Iterable<SessionAnswer> } {
  const isWanted =
    where === undefined
      ? 'session is not null'
      : `session in (select session from usage where session is not null and (${where}))`
  const arrays = Object.entries(lists).map(([name, column]) => `${valuesOf(column, "<> ''")} as ${name}`)
  const counted = (
    column: string,
  ) => `(select json_group_object(name, n) from (select coalesce(${column}, 'unknown') as name,
    sum(count) as n from usage where usage.session = found.session group by name having n > 0 order by name))`
  const logons = (outcome: string) =>
    `coalesce(sum(count) filter (where category = 'logon' and outcome = '${outcome}'), 0)`
  // Lists are made of those alone that are shown: a case may have a hundred thousand sessions.
  const begun = `select session, min(first) as first from usage where ${isWanted}
    group by session order by ${intruderFirst ? `${intrudersFirst}, ` : ''}max(category <> 'logon' and count > 0) desc,
    first, session limit ${limit}`
  const found = `select session, begun.first as first, max(last) as last, sum(count) as records, ${arrays.join(', ')},
    ${logons('failure')} as failedLogons, ${logons('unknown')} as unknownLogons
    from (${begun}) as begun cross join usage using (session) group by session order by begun.first, session`
  const rows = eachWithLists<SessionAnswer>(
    scratch,
    [...(Object.keys(lists) as (keyof typeof lists)[]), 'categories', 'actors'],
    `select found.*, ${counted('category')} as categories, ${counted('marked')} as actors,
      (select coalesce(sum(count), 0) from usage where session = found.session and marked = 'intruder' and certainty = 'inferred') as inferred,
      (select id from usage where usage.session = found.session order by first limit 1) as id from (${found}) as found`,
    ...values,
  )
  const [all] = scratch.query<{ n: number }>(
    `select count(distinct session) as n from usage where ${isWanted}`,
    ...values,
  )
  return { total: all?.n ?? 0, rows }
}

/** What was done in it: `logon 4 (2 failed and 1 neither), read 12`, or by other names of the categories. A logon that failed shall not pass for one. */
export function doneText(
  { categories, failedLogons, unknownLogons }: Pick<SessionAnswer, 'categories' | 'failedLogons' | 'unknownLogons'>,
  labels: Readonly<Record<string, string>> = {},
): string {
  const vain = [
    ...(failedLogons === 0 ? [] : [`${number(failedLogons)} failed`]),
    ...(unknownLogons === 0 ? [] : [`${number(unknownLogons)} neither`]),
  ]
  const ofLogons = vain.length === 0 ? '' : ` (${vain.join(' and ')})`
  return Object.entries(categories)
    .map(([name, count]) => `${labels[name] ?? name} ${number(count)}${name === 'logon' ? ofLogons : ''}`)
    .join(', ')
}
