import type { ScratchRow } from './scratch-columns.ts'

/** Rows of a scratch table that are counts: those of the same keys become one before they are stored. */
export interface MergedRows {
  add(row: ScratchRow): void
  /** Stores what is held. */
  flush(): void
}

/** The columns of a table of counts, in their order. */
export interface CountColumns<Row = Readonly<Record<string, unknown>>> {
  /** Their values tell counts apart. */
  readonly keys: readonly (keyof Row & string)[]
  readonly sums: readonly (keyof Row & string)[]
  /** Of `last` the last row's value stays, of all others the first one's. */
  readonly others: readonly (keyof Row & string)[]
}

/** All of them in one list. */
export function allOf<Row>({ keys, sums, others }: CountColumns<Row>): readonly (keyof Row & string)[] {
  return [...keys, ...sums, ...others]
}

// Parts that follow each other have much the same logons; all logons of a large case are more than memory should hold.
const mostHeld = 4000

/** Rows come in time order. */
export function mergedRows(columns: CountColumns, store: (row: ScratchRow) => void): MergedRows {
  const keys = columns.keys.length
  const sums = columns.sums.map((_, i) => keys + i)
  const last = allOf(columns).indexOf('last')
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
