import { StatementSync } from 'node:sqlite'

const ways = ['all', 'get', 'run', 'iterate'] as const

/** Counts how often this thread asks SQLite for something, until `end` is called. */
export function countStatements() {
  let count = 0
  const originals = ways.map((way) => ({ way, original: StatementSync.prototype[way] }))
  for (const { way, original } of originals) {
    const counting = function (this: StatementSync, ...values: unknown[]): unknown {
      count += 1
      return Reflect.apply(original, this, values)
    }
    Object.assign(StatementSync.prototype, { [way]: counting })
  }
  return {
    /** How many since it was last asked. */
    since(): number {
      const taken = count
      count = 0
      return taken
    },
    end(): void {
      for (const { way, original } of originals) Object.assign(StatementSync.prototype, { [way]: original })
    },
  }
}
