import { foundOrMade } from '../remember.ts'
import type { Row, Saying, Teller } from './row-kinds.ts'
import { toldRows } from './told-rows.ts'

/** A row that stands in the table of others, of the same moment. */
type Sibling = Saying & Pick<Row, 'told'>

interface Table {
  readonly siblings: Sibling[]
  /** Which of them something tells, by the dataset that it is of. */
  readonly tellers: Map<string, (teller: Teller) => readonly Sibling[]>
}

/** What stands beside rows in their tables at the same moments: in one table each is of something else. */
export interface Siblings {
  /** What was found at the moment of a row, before anything else is asked for. */
  add(row: Row, found: Saying): void
  /** Whether of those that tell a row, all records or all rows of one table, some are left over for it. */
  areEnough(row: Row, tellers: readonly Teller[]): boolean
  /** Whether this tells the row, and nothing that stands beside it. */
  isOfNoOther(row: Row, teller: Teller): boolean
}

/** Of rows that are asked for in one slice. */
export function siblingsOf(): Siblings {
  const tables = new Map<string, Table>()
  const tableAt = ({ place }: Row, table: string) =>
    foundOrMade(tables, `${place} ${table}`, (): Table => ({ siblings: [], tellers: new Map() }))

  /** Those of the row's table that something tells: it is asked for each row of it, of which there may be thousands. */
  function toldBeside(row: Row): (teller: Teller) => readonly Sibling[] {
    const { siblings, tellers } = tableAt(row, row.table)
    return foundOrMade(tellers, row.moment.dataset, () => {
      const toldBy = toldRows(siblings.map((one) => ({ ...row, ...one })))
      const known = new Map<Teller, readonly Sibling[]>()
      return (teller) => foundOrMade(known, teller, () => toldBy(teller))
    })
  }

  return {
    add(row, found) {
      tableAt(row, found.table).siblings.push({ ...found, told: row.listed?.(found.record) ?? [] })
    },
    areEnough(row, tellers) {
      const isBeside = besides(row)
      const before = new Set<number>()
      // What is alike tells one list.
      for (const list of new Set(tellers.map(toldBeside(row)))) {
        for (const one of list) {
          if (isBefore(one, row) && isBeside(one)) before.add(one.stored.seq)
          if (before.size >= tellers.length) return false
        }
      }
      return true
    },
    isOfNoOther(row, teller) {
      const isBeside = besides(row)
      return !toldBeside(row)(teller).some((one) => one.stored.seq !== row.stored.seq && isBeside(one))
    },
  }
}

/** Whether what lists mails shares one with a row that does. */
function besides({ told }: Row): (one: Sibling) => boolean {
  const own = new Set(told)
  return (one) => own.size === 0 || one.told.length === 0 || one.told.some((id) => own.has(id))
}

/** Those that say most come first: what tells them tells fewest others. */
function isBefore(a: Saying, b: Saying): boolean {
  return a.size === b.size ? a.stored.id < b.stored.id : a.size > b.size
}
