import type { Scratch } from './scratch.ts'

/** Mailboxes that somebody used, or whose account, of which the evidence holds no record of one kind. */
export interface Unrecorded {
  readonly total: number
  /** The first by name: no more than are told. */
  readonly mailboxes: readonly string[]
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
