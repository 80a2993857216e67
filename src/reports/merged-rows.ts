import type { ScratchRow } from './scratch-columns.ts'

/** Rows of a scratch table that are counts: those of the same keys become one before they are stored. */
export interface MergedRows {
  add(row: ScratchRow): void
  /** Stores what is held. */
  flush(): void
}

/** Where which columns stand. */
export interface MergedColumns {
  /** So many columns tell counts apart; they stand first. */
  readonly keys: number
  readonly sums: readonly number[]
  readonly last: number
}

// Parts that follow each other have much the same logons; all logons of a large case are more than memory should hold.
const mostHeld = 4000

/** Rows come in time order: of all columns but sums and `last`, the first row's value stays. */
export function mergedRows({ keys, sums, last }: MergedColumns, store: (row: ScratchRow) => void): MergedRows {
  const held = new Map<string, (string | number | null)[]>()

  function flush(): void {
    for (const row of held.values()) store(row)
    held.clear()
  }

  return {
    add(row) {
      const key = JSON.stringify(row.slice(0, keys)) // Joined, hostile values could pass for others.
      const known = held.get(key)
      if (known === undefined) {
        if (held.size === mostHeld) flush()
        held.set(key, [...row])
        return
      }
      for (const column of sums) known[column] = Number(known[column]) + Number(row[column])
      known[last] = row[last] as string
    },
    flush,
  }
}
