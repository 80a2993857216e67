import { isCurrent, openForMarking } from './database.ts'
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
    changeMarks: (set, cleared) => transactions.run(() => changeMarks(db, set, cleared)),
    knowsSession: (session) => knowsSession(db, session),
    origins: () => originsIn(db),
    close: () => db.close(),
  }
}
