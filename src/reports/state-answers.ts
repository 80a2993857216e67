import type { Listed } from './listed-rows.ts'
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
  /** Of the states, how many let mail out, hide it, or let somebody in. */
  readonly notable: number
}

export interface StateAnswers extends Listed<StateRow> {
  readonly listings: readonly Listing[]
}

/** What files list: those first that let mail out, hide it, or let somebody in. */
export function stateAnswers(scratch: Pick<Scratch, 'query' | 'count'>, limit: number): StateAnswers {
  return {
    total: scratch.count('select 1 from state'),
    rows: scratch.query(`select kind, at, by, mailbox, object, says, forwards, isNotable, file, row, id
      from state order by isNotable desc, kind, mailbox, object, at limit ${limit}`),
    listings: scratch.query(`select kind, file, min(at) as at, min(by) as by, count(*) as states,
      count(distinct mailbox) as mailboxes, sum(isNotable) as notable from state group by kind, file order by at, file limit ${limit}`),
  }
}
