import type { Scratch } from './scratch.ts'
import { isInferred } from './sureness.ts'

/** Mailboxes that somebody used, or whose account, of which the evidence holds no record of one kind. */
export interface Unrecorded {
  readonly total: number
  /** The first by name: no more than are told. */
  readonly mailboxes: readonly string[]
}

/** A mailbox that the marked intruder used earlier, or later, than the evidence has mail access of anybody's in it. */
export interface PartlyRecorded {
  readonly mailbox: string
  /** From when to when he used it, of what is more than inferred, and from when to when mail access is recorded: ISO 8601, UTC. */
  readonly since: string
  readonly until: string
  readonly first: string
  readonly last: string
}

const named = 10

/** What is done in a mailbox; a sign-in that succeeded may open it. */
const used = `from usage where mailbox like '%_@_%.%' and (category in ('send', 'delete', 'move', 'attachment', 'search', 'read')
  or (category = 'logon' and outcome = 'success'))`

/** Where there are such records: what Outlook displayed is no fact of its own, and SharePoint's searches are of files. */
const kinds = {
  reads: "fact where category = 'read' except select lower(mailbox) from read_item",
  searches:
    "fact where category = 'search' and operation not like '%SharePoint' and operation <> 'SearchQueryPerformed'",
} as const

/** Mailboxes that were used, by the marked intruder where there are marks, and of which no reading, and no search, is recorded of anybody. */
export function unrecorded(scratch: Pick<Scratch, 'query'>, isMarked: boolean): Record<keyof typeof kinds, Unrecorded> {
  const whose = isMarked ? "and marked = 'intruder'" : ''
  const without = (kind: string): Unrecorded => {
    const rows = scratch.query<{ mailbox: string; total: number }>(`select mailbox, count(*) over () as total from (
        select lower(mailbox) as mailbox ${used} ${whose} except select lower(mailbox) from ${kind})
      order by mailbox limit ${named}`)
    return { total: rows[0]?.total ?? 0, mailboxes: rows.map(({ mailbox }) => mailbox) }
  }
  return { reads: without(kinds.reads), searches: without(kinds.searches) }
}

/**
 * Mailboxes that the marked intruder used more than a day before the first, or after the last, mail access that is recorded there of anybody: a licence
 * that came later, or went, looks so. A day without any is every mailbox's.
 */
export function partlyRecorded(scratch: Pick<Scratch, 'query'>): PartlyRecorded[] {
  return scratch.query(`with his as (select lower(mailbox) as mailbox, min(first) as since, max(last) as until ${used}
      and marked = 'intruder' and not ${isInferred} group by 1),
    reads as (select lower(mailbox) as mailbox, min(at) as first, max(at) as last from fact where category = 'read' group by 1)
    select * from his join reads using (mailbox)
    where julianday(first) > julianday(since) + 1 or julianday(last) < julianday(until) - 1 order by mailbox`)
}
