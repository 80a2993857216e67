import { ConfigError, sqliteCodeOf } from '../errors.ts'
import type { Progress } from '../progress.ts'
import { isCurrent, isHeld, openUnlocked, unwritable } from './database.ts'
import { hasAllIndexes, hasJoins } from './join-indexes.ts'
import { openCase } from './store.ts'
import { type CaseView, viewOf } from './view.ts'

/**
 * Opens the case in `folder` for whoever only reads: beside a process that writes it, and where nothing can be written. What was left to
 * readers is done first. Throws `ConfigError` where that cannot be: while another process imports much, and for a case that cannot be written.
 */
export function openView(folder: string, progress?: Progress): CaseView & { close(): void } {
  let db = openUnlocked(folder)
  if (!isCurrent(db, folder) || !hasJoins(db) || !hasAllIndexes(db)) {
    db.close()
    const error = triedTo(() => openCase(folder, { mustExist: true, ...(progress && { progress }) }).close())
    db = openUnlocked(folder)
    if (error !== undefined && !(isHeld(error) && isCurrent(db, folder) && hasJoins(db))) {
      db.close()
      throw explained(error, folder)
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

function explained(error: unknown, folder: string): unknown {
  if (isHeld(error)) {
    return new ConfigError(
      `another hoofprint is importing into ${folder}, and records are joined at its end: wait for it or end it`,
      { cause: error },
    )
  }
  if (!unwritable.includes(sqliteCodeOf(error))) return error
  return new ConfigError(
    `${folder} cannot be written, and was left without what records are joined by: copy it to where it can be, and name the copy`,
    { cause: error },
  )
}
