import type { StoredActivity } from '../case/reader.ts'
import { type Row, type Teller, tableOf } from './row-kinds.ts'
import { leaves } from './says-row.ts'

/** A row that stands in the table of others, of the same moment. */
interface Sibling extends Pick<Row, 'told' | 'truncated' | 'record'> {
  readonly stored: StoredActivity
  /** How much it says. */
  readonly size: number
}

interface Table {
  readonly all: Sibling[]
  /** Those that name no mails. */
  readonly bare: Sibling[]
  readonly byMail: Map<string, Sibling[]>
}

/** What stands beside rows in their tables at the same moments: in one table each is of something else. */
export interface Siblings {
  /** What was found at the moment of a row. */
  add(row: Row, found: Pick<Row, 'stored' | 'record' | 'truncated'>): void
  /** Whether of those that tell a row, all records or all rows of one table, some are left over for it. */
  areEnough(row: Row, tellers: readonly Teller[]): boolean
  /** Whether this tells the row, and nothing that stands beside it. */
  isOfNoOther(row: Row, teller: Teller): boolean
}

// More are not looked at one by one: each then takes one of those that tell the row.
const many = 64

/** Of rows that are asked for in one slice. */
export function siblingsOf(): Siblings {
  const tables = new Map<string, Table>()
  const placeOf = ({ place }: Row, { evidence: { format } }: StoredActivity) => `${place} ${tableOf(format)}`

  function beside(row: Row): readonly Sibling[] {
    const table = tables.get(placeOf(row, row.stored))
    if (table === undefined) return []
    const { told, stored } = row
    const found = told.length === 0 ? table.all : [table.bare, ...told.map((id) => table.byMail.get(id) ?? [])].flat()
    return [...new Set(found)].filter((one) => one.stored.seq !== stored.seq)
  }

  return {
    add(row, { stored, record, truncated }) {
      const place = placeOf(row, stored)
      const told = row.listed?.(record) ?? []
      const { all, bare, byMail } = tables.get(place) ?? { all: [], bare: [], byMail: new Map<string, Sibling[]>() }
      if (all.length === 0) tables.set(place, { all, bare, byMail })
      const sibling = { stored, record, truncated, told, size: leaves(record).length }
      for (const list of told.length === 0 ? [all, bare] : [all]) list.push(sibling)
      for (const id of new Set(told)) {
        const known = byMail.get(id)
        if (known === undefined) byMail.set(id, [sibling])
        else known.push(sibling)
      }
    },
    areEnough(row, tellers) {
      const size = leaves(row.record).length
      const before = beside(row).filter((one) => isBefore(one, { stored: row.stored, size }))
      if (tellers.length > before.length) return true
      const some = before.length > many ? undefined : tellers.slice(0, many)
      return (
        some !== undefined &&
        tellers.length > before.filter((one) => some.some((teller) => tells(teller, row, one))).length
      )
    },
    isOfNoOther(row, teller) {
      const others = beside(row)
      return others.length <= many && !others.some((one) => tells(teller, row, one))
    },
  }
}

function tells(teller: Teller, row: Row, { told, truncated, record, stored }: Sibling): boolean {
  return row.says(teller, { ...row, told, truncated, record, stored }, teller.listed)
}

type Sized = Pick<Sibling, 'stored' | 'size'>

/** Those that say most come first: what tells them tells fewest others. */
function isBefore(a: Sized, b: Sized): boolean {
  return a.size === b.size ? a.stored.id < b.stored.id : a.size > b.size
}
