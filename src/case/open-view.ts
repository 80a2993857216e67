import type { DatabaseSync } from 'node:sqlite'
import { sqliteCodes } from '../disk-faults.ts'
import { ConfigError, sqliteCodeOf } from '../errors.ts'
import type { Progress } from '../progress.ts'
import { isCurrent, isHeld, openForReading, openUnlocked, unwritable } from './database.ts'
import { areThere, hasAllIndexes, hasJoins, nameOf } from './join-indexes.ts'
import { indexesForMonths } from './retention.ts'
import { openCase } from './store.ts'
import { type CaseView, viewOf } from './view.ts'

/**
 * Opens the case in `folder` for whoever only reads: beside a process that writes it, and where nothing can be written. What was left to
 * readers is done first. Throws `ConfigError` where that cannot be: while another process imports much, and for a case that cannot be written.
 */
export function openView(folder: string, progress?: Progress): CaseView & { close(): void } {
  let db = openUnlocked(folder)
  if (!isReady(db, folder)) {
    db.close()
    const error = triedTo(() => openCase(folder, { mustExist: true, ...(progress && { progress }) }).close())
    db = openUnlocked(folder)
    const isOlder = !isCurrent(db, folder)
    if (error !== undefined && !(isHeld(error) && !isOlder && hasJoins(db))) {
      db.close()
      throw explained(error, folder, isOlder)
    }
  }
  return { ...viewOf(db), close: () => db.close() }
}

function triedTo(work: () => void): unknown {
  try {
    work()
    return undefined
  } catch (error) {
    return error
  }
}

function explained(error: unknown, folder: string, isOlder: boolean): unknown {
  if (isHeld(error)) {
    if (isOlder) return error
    return new ConfigError(
      `another hoofprint is importing into ${folder}, and records are joined at its end: wait for it or end it`,
      { cause: error },
    )
  }
  const code = sqliteCodeOf(error)
  if (!unwritable.includes(code) || code === sqliteCodes.full) return error
  const why = isOlder ? 'is as an older Hoofprint wrote it' : 'was left without what records are joined by'
  return new ConfigError(`${folder} cannot be written, and ${why}: copy it to where it can be, and name the copy`, {
    cause: error,
  })
}

/**
 * Whether the case in `folder` lacks what opening it for collecting makes: of one that an earlier version wrote that may take minutes. False where
 * there is none, and for what cannot be opened: whoever opens it says why.
 */
export function needsPreparing(folder: string, isDelivered: boolean): boolean {
  try {
    const db = openForReading(folder)
    try {
      return !isReady(db, folder) || (isDelivered && !areThere(db, indexesForMonths(db).map(nameOf)))
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}

/** Whether readers find it as this program leaves it. */
function isReady(db: DatabaseSync, folder: string): boolean {
  return isCurrent(db, folder) && hasJoins(db) && hasAllIndexes(db)
}
