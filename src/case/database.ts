import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ConfigError, sqliteCodeOf } from '../errors.ts'
import { numberIn } from '../query.ts'
import { upgradeFunctions, upgrades } from './upgrades.ts'

const schemaVersion = 11
/** How many KB of pages the connection that writes keeps. */
const cacheKb = 8192
// Readers go through a case in order, and what they look up lies all over it: with four times as much they are no faster (measured).
const readerCacheKb = 2048
const schema = new URL('./schema.sql', import.meta.url)

const [databaseName, lockName] = ['case.sqlite', 'lock.sqlite']
/** What SQLite puts beside a database while it is open. */
const besides = ['', '-wal', '-shm', '-journal']

/** The names of the files that a case has in its folder. */
export const caseFiles: readonly string[] = [databaseName, lockName].flatMap((name) => besides.map((end) => name + end))

/**
 * Opens the case's database for reading and writing, one process at a time, and makes it ready with `ready`. Throws `ConfigError` when
 * another one has it, when it is newer than this program or too old for it, and, with `mustExist`, when there is none.
 */
export function openDatabase(
  folder: string,
  mustExist: boolean,
  ready: (db: DatabaseSync) => void,
): { readonly db: DatabaseSync; readonly release: () => void } {
  const path = join(folder, databaseName)
  if (mustExist && !existsSync(path)) throw noCase(folder)
  mkdirSync(folder, { recursive: true })
  const release = lock(folder)
  const db = new DatabaseSync(path)
  try {
    prepare(db, folder, mustExist)
    ready(db)
  } catch (error) {
    db.close()
    release()
    throw error
  }
  return { db, release }
}

const noCase = (folder: string) => new ConfigError(`there is no case in ${folder}: hoofprint import makes one`)

/** The version of a case's schema; 0 of one that is empty still. Throws `ConfigError` for what another program keeps under its name. */
function versionOf(db: DatabaseSync, folder: string): number {
  const version = numberIn(db, 'pragma user_version')
  const own = numberIn(db, `select count(*) from sqlite_schema where type = 'table' and name in ('evidence', 'event')`)
  const isCase = version === 0 ? numberIn(db, 'select count(*) from sqlite_schema') === 0 : own === 2
  if (isCase) return version
  throw new ConfigError(`${join(folder, databaseName)} is no case of Hoofprint's: name another folder with --case DIR`)
}

function prepare(db: DatabaseSync, folder: string, mustExist: boolean): void {
  const version = versionOf(db, folder)
  if (version === 0 && mustExist) throw noCase(folder)
  if (version > schemaVersion) throw new ConfigError(`${folder} was written by a newer Hoofprint: use that one`)
  const missing = Array.from({ length: version === 0 ? 0 : schemaVersion - version }, (_, i) => upgrades[version + i])
  if (missing.includes(undefined)) {
    throw new ConfigError(
      `${folder} was written by an older Hoofprint: import the evidence into a new case (--case DIR)`,
    )
  }
  // 16 KiB pages: records are about 1 KB, and fewer, larger pages cost fewer writes (measured: a quarter less time).
  // Room that retention frees is given back piece by piece, which must be said before the first table.
  db.exec('pragma page_size = 16384; pragma auto_vacuum = incremental; pragma journal_mode = wal')
  db.exec('pragma synchronous = normal')
  db.exec(`pragma cache_size = -${cacheKb}; pragma wal_autocheckpoint = 4000; pragma busy_timeout = 10000`)
  const steps = version === 0 ? [readFileSync(schema, 'utf8')] : missing
  if (missing.length > 0) {
    for (const [name, of] of Object.entries(upgradeFunctions))
      db.function(name, { deterministic: true }, (text) => of(String(text)))
  }
  if (steps.length > 0) db.exec(`begin; ${steps.join('')}; pragma user_version = ${schemaVersion}; commit`)
}

/** Opens the case's database for reading, beside the process that writes it. */
export function openForReading(folder: string): DatabaseSync {
  const db = new DatabaseSync(join(folder, databaseName), { readOnly: true })
  db.exec(`pragma cache_size = -${readerCacheKb}; pragma busy_timeout = 10000`)
  return db
}

/** By SQLite's result code: another connection has what is wanted. All else is not another's doing. */
const held: readonly (number | undefined)[] = [5, 6]

/** Holds a lock that the operating system takes back when the process ends, however it ends. */
function lock(folder: string): () => void {
  const db = new DatabaseSync(join(folder, lockName))
  try {
    db.exec('pragma busy_timeout = 1000; begin exclusive')
  } catch (cause) {
    db.close()
    if (!held.includes(sqliteCodeOf(cause))) throw cause
    throw new ConfigError(`another hoofprint is working on the case ${folder}: wait for it or end it`, { cause })
  }
  return () => db.close()
}
