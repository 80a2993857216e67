import { ConfigError } from '../errors.ts'
import { isBusy, isCurrent, openForMarking } from './database.ts'
import { changeMarks, knowsSession, type MarkBook, marksIn, originsIn } from './marks.ts'
import { openCase } from './store.ts'
import { transactionsOn } from './transactions.ts'

/**
 * Opens the marks of the case in `folder`, beside whoever writes the case: a change is one short transaction on a table that nobody else
 * writes, and whoever delivers looks at the marks each time. Throws `ConfigError` where there is no case.
 */
export function openMarkBook(folder: string): MarkBook & { close(): void } {
  let db = openForMarking(folder)
  if (!isCurrent(db, folder)) {
    db.close()
    openCase(folder, { mustExist: true, joinsLater: true }).close()
    db = openForMarking(folder)
  }
  const transactions = transactionsOn(db)
  return {
    marks: () => marksIn(db),
    changeMarks(set, cleared) {
      try {
        transactions.run(() => changeMarks(db, set, cleared))
      } catch (error) {
        if (!isBusy(error)) throw error
        throw new ConfigError('another hoofprint is storing just now: the same command again marks it', {
          cause: error,
        })
      }
    },
    knowsSession: (session) => knowsSession(db, session),
    origins: () => originsIn(db),
    close: () => db.close(),
  }
}
