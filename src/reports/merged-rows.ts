import { foundOrMade } from '../remember.ts'
import type { CountTable } from './count-tables.ts'

/** Rows of a table of counts, in time order: those of the same keys become one before they are stored. No more than `mostHeld` are held. */
export function mergedRows<Cell>(
  table: Pick<CountTable, 'keys' | 'near' | 'sums' | 'others'>,
  store: (row: readonly Cell[]) => void,
  mostHeld = Number.POSITIVE_INFINITY,
) {
  const [names, sums] = [Object.keys(table.keys), Object.keys(table.sums).length]
  const [keys, all] = [names.length, names.length + sums]
  const near = table.near.map((name) => names.indexOf(name))
  const last = Object.keys(table.others).indexOf('last')
  const alike = new Map<string, Cell[][]>()
  let held: Cell[][] = []

  function flush(): void {
    for (const row of held) store(row)
    held = []
    alike.clear()
  }

  function isSame(a: readonly Cell[], b: readonly Cell[]): boolean {
    for (let i = 0; i < keys; i += 1) if (a[i] !== b[i]) return false
    return true
  }

  return {
    /** Takes a row, which is no longer the caller's. */
    add(row: Cell[]): void {
      let place = ''
      for (const i of near) place += `${row[i]}\n`
      const known = alike.get(place)?.find((other) => isSame(other, row))
      if (known === undefined) {
        if (held.length === mostHeld) flush()
        foundOrMade(alike, place, () => []).push(row)
        held.push(row)
        return
      }
      for (let i = keys; i < all; i += 1) known[i] = (Number(known[i]) + Number(row[i])) as Cell
      if (last !== -1) known[all + last] = row[all + last] as Cell
    },
    /** Stores what is held. */
    flush,
  }
}
