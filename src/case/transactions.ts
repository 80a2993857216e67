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
  /** Whether all that was written is safe. */
  isSettled(): boolean
}

/** Transactions on one connection. */
export function transactionsOn(db: DatabaseSync): Transactions {
  let works = 0

  function settle(): void {
    if (works === 0) return
    works = 0
    try {
      db.exec('commit')
    } catch (error) {
      rollBack()
      throw error
    }
  }

  /** On some errors, such as a full disk, SQLite has done so itself. */
  function rollBack(): void {
    works = 0
    if (db.isTransaction) db.exec('rollback')
  }

  function runWithOthers<Result>(together: number, work: () => Result): Result {
    if (works === 0) db.exec('begin immediate')
    works += 1
    let result: Result
    try {
      result = work()
    } catch (error) {
      rollBack() // Of a failed transaction nothing is left that could be told apart.
      throw error
    }
    if (works >= together) settle()
    return result
  }

  return {
    run(work) {
      settle()
      return runWithOthers(1, work)
    },
    runWithOthers,
    settle,
    isSettled: () => works === 0,
  }
}
