import type { DatabaseSync } from 'node:sqlite'

/** The one way to write several things to a case so that all of them are there after a crash, or none. */
export interface Transactions {
  /** Does all of `work` or, when it throws, nothing. */
  run<Result>(work: () => Result): Result
  /**
   * The same, but with others in one transaction, until their shares fill it (`wholeTransaction`): each still leaves all or nothing, and a
   * crash may take the last of them together. What they wrote is safe when `settle` has returned.
   */
  runWithOthers<Result>(share: number, work: () => Result): Result
  settle(): void
  /** Whether all that was written is safe. */
  isSettled(): boolean
}

/** The shares of a transaction that is full. */
export const wholeTransaction = 1024

/** Transactions on one connection. */
export function transactionsOn(db: DatabaseSync): Transactions {
  let shares = 0

  function settle(): void {
    if (shares === 0) return
    shares = 0
    try {
      db.exec('commit')
    } catch (error) {
      rollBack()
      throw error
    }
  }

  /** On some errors, such as a full disk, SQLite has done so itself. */
  function rollBack(): void {
    shares = 0
    if (db.isTransaction) db.exec('rollback')
  }

  function runWithOthers<Result>(share: number, work: () => Result): Result {
    if (shares === 0) db.exec('begin immediate')
    shares += share
    let result: Result
    try {
      result = work()
    } catch (error) {
      rollBack() // Of a failed transaction nothing is left that could be told apart.
      throw error
    }
    if (shares >= wholeTransaction) settle()
    return result
  }

  return {
    run(work) {
      settle()
      return runWithOthers(wholeTransaction, work)
    },
    runWithOthers,
    settle,
    isSettled: () => shares === 0,
  }
}
