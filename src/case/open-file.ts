import { accessSync, constants, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sqliteCodes } from '../disk-faults.ts'
import { ConfigError, sqliteCodeOf } from '../errors.ts'

// Of 512 bytes that SQLite allows (SQLITE_MAX_PATHNAME) some are for what stands beside a database.
const longestPath = 500

/** Opens a database. SQLite says no more than that it cannot: throws what the system says, and `ConfigError` for a path that is too long. */
export function openFile(place: string | URL, options: { readonly readOnly?: boolean } = {}): DatabaseSync {
  try {
    return new DatabaseSync(place, options)
  } catch (cause) {
    if (sqliteCodeOf(cause) !== sqliteCodes.cannotOpen || typeof place !== 'string') throw cause
    if (Buffer.byteLength(resolve(place)) > longestPath) {
      throw new ConfigError(`the path of the case is too long for SQLite: name a shorter one with --case DIR`, {
        cause,
      })
    }
    // Not by opening it: closing that would take back the locks that this process has on it.
    if (existsSync(place)) accessSync(place, constants.R_OK)
    throw cause
  }
}
