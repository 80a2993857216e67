import type { DatabaseSync } from 'node:sqlite'

/** The one way to write several things to a case so that all of them are there after a crash, or none. */
export interface Transactions {
  /** Does all of `work` or, when it throws, nothing. */
  run<Result>(work: () => Result): Result
  /**
   * The same, but with `together` such works in one transaction: each still leaves all or nothing, and a crash may take
   * the last of them together. What they wrote is safe when `settle` has returned.
   */
  runWithOthers<Result>(together: number, work: () => Result): Result
  settle(): void
}

/** Transactions on one connection. */
export function transactionsOn(db: DatabaseSync): Transactions {
  let works = 0

  function settle(): void {
    if (works > 0) db.exec('commit')
    works = 0
  }

  function runWithOthers<Result>(together: number, work: () => Result): Result {
    if (works === 0) db.exec('begin immediate')
    works += 1
    try {
      const result = work()
      if (works >= together) settle()
      return result
    } catch (error) {
      works = 0
      db.exec('rollback') // Of a failed transaction nothing is left that could be told apart.
      throw error
    }
  }

  return {
    run(work) {
      settle()
      return runWithOthers(1, work)
    },
    runWithOthers,
    settle,
  }
}
