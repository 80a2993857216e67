import { isCurrent, openForReading } from './database.ts'
import { areThere, hasAllIndexes, hasJoins, nameOf } from './join-indexes.ts'
import { indexesForMonths } from './retention.ts'

/**
 * Whether the case in `folder` lacks what opening it for collecting makes: of one that an earlier version wrote that may take minutes. False where
 * there is none, and for what cannot be opened: whoever opens it says why.
 */
export function needsPreparing(folder: string, isDelivered: boolean): boolean {
  try {
    const db = openForReading(folder)
    try {
      if (!isCurrent(db, folder) || !hasJoins(db) || !hasAllIndexes(db)) return true
      return isDelivered && !areThere(db, indexesForMonths(db).map(nameOf))
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}
