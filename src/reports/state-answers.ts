import type { Listed } from './listed-rows.ts'
import { queryLists, valuesOf } from './listed-values.ts'
import type { Scratch } from './scratch.ts'
import type { StateRow } from './states.ts'

/** One file that lists one kind of thing. */
export interface Listing {
  readonly kind: string
  readonly file: string
  readonly at: string
  readonly by: 'name' | 'change'
  readonly states: number
  readonly mailboxes: number
  /** Of the states, how many are to be looked at. */
  readonly notable: number
}

/** What one file says is not recorded of the same mailboxes. */
export interface Unrecorded extends Pick<Listing, 'file' | 'at'> {
  readonly text: string
  readonly mailboxes: readonly string[]
  /** Whether nothing is recorded of one of them. */
  readonly isGrave: 0 | 1
}

export interface StateAnswers extends Listed<StateRow> {
  readonly listings: readonly Listing[]
  /** Gravest first: what is recorded of nobody stands before what is recorded of some. */
  readonly unrecorded: readonly Unrecorded[]
}

/** What files list: those first that are to be looked at. */
export function stateAnswers(scratch: Pick<Scratch, 'query' | 'count'>, limit: number): StateAnswers {
  return {
    total: scratch.count('select 1 from state'),
    rows: scratch.query(`select kind, at, by, mailbox, object, says, forwards, isNotable, file, row, id
      from state order by isNotable desc, forwards is null, kind, mailbox, object, at limit ${limit}`),
    listings: scratch.query(`select kind, file, min(at) as at, min(by) as by, count(*) as states,
      count(distinct mailbox) as mailboxes, sum(isNotable) as notable from state group by kind, file order by at, file limit ${limit}`),
    unrecorded: queryLists<Unrecorded>(
      scratch,
      ['mailboxes'],
      `select unrecorded as text, file, at, max(isNotable) as isGrave, ${valuesOf('mailbox')} as mailboxes from state where unrecorded is not null
        group by unrecorded, file, at order by isGrave desc, count(*) desc, at, file limit ${limit}`,
    ),
  }
}
