import type { Scratch } from './scratch.ts'
import type { Tally } from './tally.ts'

/** What a case says: counts, and the first rows of each list (the tables hold all of them). */
export interface Answers {
  readonly total: number
  readonly first: string | undefined
  readonly last: string | undefined
  readonly mailboxes: readonly string[]
  readonly categories: Readonly<Record<string, number>>
  readonly unknownOperations: Readonly<Record<string, number>>
  /** `<day> <category>` → how many. */
  readonly days: Readonly<Record<string, number>>
  /** `<mailbox> <hour>` → how many; hours of which nothing was seen are absent. */
  readonly hours: Readonly<Record<string, number>>
  readonly logonTotals: LogonTotals
  /** By address and client; at most the first 1,000. */
  readonly logons: readonly LogonAnswer[]
  readonly readsByAddress: readonly ReadsByAddress[]
  /** All displays and distinct items, whoever's. */
  readonly reads: { readonly displays: number; readonly items: number }
  readonly searches: Listing
  readonly searchesByAddress: readonly {
    readonly ip: string | null
    readonly queries: number
    readonly typed: number
  }[]
  readonly items: Listing
  readonly attachments: Listing
  readonly sent: Listing
  readonly deleted: Listing
}

/** Where somebody logged on from, with which client. */
export interface LogonAnswer {
  readonly ip: string | null
  readonly agent: string | null
  readonly platforms: string
  readonly succeeded: number
  readonly failed: number
  readonly unknown: number
  readonly first: string
  readonly last: string
}

/** All logons; `pairs` of address and client, of which `logons` may list only the first. */
export interface LogonTotals {
  readonly addresses: number
  readonly pairs: number
  readonly succeeded: number
  readonly failed: number
  readonly unknown: number
}

/** Mail read, by the address of the logon it is attributed to. */
export interface ReadsByAddress {
  readonly ip: string | null
  readonly displays: number
  readonly items: number
  /** How many of the displays are attributed by session, which is proof; the rest is inferred. */
  readonly proven: number
}

/** Rows of a table, oldest first, of which there may be more. */
export interface Listing {
  readonly total: number
  readonly rows: readonly Readonly<Record<string, string | number | null>>[]
}

/** How many rows of a list the report shows; its table has all. */
export const listedRows = 1000

/** Counts the answers. */
export function answersOf(scratch: Scratch, tally: Tally): Answers {
  const list = (table: string, columns: string, rest: string): Listing => ({
    total: Number(scratch.query<{ n: number }>(`select count(*) as n from (select 1 from ${table} ${rest})`)[0]?.n),
    rows: scratch.query(`select ${columns} from ${table} ${rest} order by at limit ${listedRows}`),
  })
  const common = 'at, operation, platform, ip, method, session, mailbox, file, row'
  const displayed = `displays > 0 and item <> ''`
  const displays =
    scratch.query<ReadsByAddress>(`select ip, count(*) as displays, count(distinct nullif(item, '')) as items,
    sum(proven) as proven from reading where displayed group by ip order by displays desc`)
  return {
    ...tally,
    unknownOperations: tally.unknown,
    mailboxes: [...new Set(Object.keys(tally.hours).map((key) => key.slice(0, key.lastIndexOf(' '))))],
    logonTotals: scratch.query<LogonTotals>(`select count(distinct ip) as addresses,
      (select count(*) from (select 1 from logon group by ip, agent)) as pairs, coalesce(sum(success), 0) as succeeded,
      coalesce(sum(failure), 0) as failed, coalesce(sum(unknown), 0) as unknown from logon`)[0] as LogonTotals,
    logons: scratch.query(`select ip, agent, group_concat(distinct platform) as platforms, sum(success) as succeeded,
      sum(failure) as failed, sum(unknown) as unknown, min(first) as first, max(last) as last
      from logon group by ip, agent order by first limit ${listedRows}`),
    readsByAddress: displays,
    reads: {
      displays: displays.reduce((sum, row) => sum + row.displays, 0),
      items: Number(scratch.query<{ n: number }>(`select count(*) as n from read_item where ${displayed}`)[0]?.n),
    },
    searches: list('fact', `${common}, detail as query`, `where category = 'search' and detail is not null`),
    searchesByAddress: scratch.query(`select ip, sum(operation = 'SearchResult') as queries,
      sum(operation like 'SearchSuggestion%Display') as typed from fact
      where category = 'search' and detail is not null group by ip order by queries desc, typed desc`),
    items: list('read_item', 'item, subject, sender, displays, proven, at, last, ips', `where ${displayed}`),
    attachments: list('fact', `${common}, detail as action, item, subject, sender`, `where category = 'attachment'`),
    sent: list('fact', `${common}, detail as recipients, item, subject`, `where category = 'send'`),
    deleted: list('fact', `${common}, item, subject, sender`, `where category = 'delete'`),
  }
}
