import type { StoredActivity } from '../case/reader.ts'
import { foundOrMade } from '../remember.ts'
import { type Row, type Teller, tableOf } from './row-kinds.ts'
import { leaves } from './says-row.ts'
import { toldRows } from './told-rows.ts'

/** A row that stands in the table of others, of the same moment. */
interface Sibling extends Pick<Row, 'stored' | 'told' | 'truncated' | 'record'> {
  /** How much it says. */
  readonly size: number
}

interface Table {
  readonly siblings: Sibling[]
  /** Which of them something tells, by the dataset that it is of. */
  readonly tellers: Map<string, (teller: Teller) => readonly Sibling[]>
}

/** What stands beside rows in their tables at the same moments: in one table each is of something else. */
export interface Siblings {
  /** What was found at the moment of a row, before anything else is asked for. */
  add(row: Row, found: Pick<Row, 'stored' | 'record' | 'truncated'>): void
  /** Whether of those that tell a row, all records or all rows of one table, some are left over for it. */
  areEnough(row: Row, tellers: readonly Teller[]): boolean
  /** Whether this tells the row, and nothing that stands beside it. */
  isOfNoOther(row: Row, teller: Teller): boolean
}

/** Of rows that are asked for in one slice. */
export function siblingsOf(): Siblings {
  const tables = new Map<string, Table>()
  const tableAt = ({ place }: Row, { evidence: { format } }: StoredActivity) =>
    foundOrMade(tables, `${place} ${tableOf(format)}`, (): Table => ({ siblings: [], tellers: new Map() }))

  /** Those of the row's table that something tells. */
  function toldBy(teller: Teller, row: Row): readonly Sibling[] {
    const { siblings, tellers } = tableAt(row, row.stored)
    return foundOrMade(tellers, row.moment.dataset, () => toldRows(siblings.map((one) => ({ ...row, ...one }))))(teller)
  }

  return {
    add(row, { stored, record, truncated }) {
      const told = row.listed?.(record) ?? []
      tableAt(row, stored).siblings.push({ stored, record, truncated, told, size: leaves(record).length })
    },
    areEnough(row, tellers) {
      const self = { stored: row.stored, size: leaves(row.record).length }
      const isBeside = besides(row)
      const before = new Set<number>()
      // What is alike tells one list.
      for (const list of new Set(tellers.map((teller) => toldBy(teller, row)))) {
        for (const one of list) {
          if (isBefore(one, self) && isBeside(one)) before.add(one.stored.seq)
          if (before.size >= tellers.length) return false
        }
      }
      return true
    },
    isOfNoOther(row, teller) {
      const isBeside = besides(row)
      return !toldBy(teller, row).some((one) => one.stored.seq !== row.stored.seq && isBeside(one))
    },
  }
}

/** Whether what lists mails shares one with a row that does. */
function besides({ told }: Row): (one: Sibling) => boolean {
  const own = new Set(told)
  return (one) => own.size === 0 || one.told.length === 0 || one.told.some((id) => own.has(id))
}

type Sized = Pick<Sibling, 'stored' | 'size'>

/** Those that say most come first: what tells them tells fewest others. */
function isBefore(a: Sized, b: Sized): boolean {
  return a.size === b.size ? a.stored.id < b.stored.id : a.size > b.size
}
