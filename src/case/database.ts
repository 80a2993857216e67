import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { sqliteCodes } from '../disk-faults.ts'
import { ConfigError, sqliteCodeOf } from '../errors.ts'
import { inSteps, type Progress, silent } from '../progress.ts'
import { numberIn } from '../query.ts'
import { makeCaseFolder } from './case-folder.ts'
import { transactionsOn } from './transactions.ts'
import { upgradeFunctions, upgrades } from './upgrades.ts'

const schemaVersion = 19
/** How many KB of pages the connection that writes keeps. */
const cacheKb = 8192
// Readers go through a case in order, and what they look up lies all over it: with four times as much they are no faster (measured).
const readerCacheKb = 2048
/** How much is written to the log before it goes into the database, where all that was written to one page goes once. */
const logBytes = 64 * 2 ** 20
const schema = new URL('./schema.sql', import.meta.url)

const [databaseName, lockName] = ['case.sqlite', 'lock.sqlite']
/** What SQLite puts beside a database while it is open. */
const besides = ['', '-wal', '-shm', '-journal']

/** The names of the files that a case has in its folder. */
export const caseFiles: readonly string[] = [databaseName, lockName].flatMap((name) => besides.map((end) => name + end))

/**
 * Bytes of a page of a case that is made now. `large` is for much at a time: records are about 1 KB, and fewer, larger pages cost an import fewer
 * writes (measured: a quarter less time). `small` is for little at a time, for months: keys of joins come in no order, so each new one and each
 * that goes writes a page of its own. They write a third, and the case is a fifth larger.
 */
const pageBytes = { large: 16_384, small: 4096 } as const
export type Pages = keyof typeof pageBytes

export interface DatabaseOptions {
  /** Whether to refuse where there is no case; else one is made. */
  readonly mustExist?: boolean
  readonly pages?: Pages
  /** Sees a case of an older version brought up to date, and its joins built. */
  readonly progress?: Progress
}

/**
 * Opens the case's database for reading and writing, one process at a time, and makes it ready with `ready`. Throws `ConfigError` when
 * another one has it, when it is newer than this program or too old for it, and, with `mustExist`, when there is none.
 */
export function openDatabase(
  folder: string,
  { mustExist = false, pages = 'large', progress = silent }: DatabaseOptions,
  ready: (db: DatabaseSync) => void,
): { readonly db: DatabaseSync; readonly release: () => void } {
  const path = mustExist ? existing(folder) : join(folder, databaseName)
  if (!mustExist) makeCaseFolder(folder)
  const release = lock(folder)
  const db = openFile(path)
  try {
    prepare(db, folder, { mustExist, pages, progress })
    ready(db)
  } catch (error) {
    db.close()
    release()
    throw error
  }
  return { db, release }
}

const noCase = (folder: string) =>
  new ConfigError(
    basename(folder) === databaseName && existsSync(folder)
      ? `${folder} is a case's database, and a case is a folder: --case ${dirname(folder)}`
      : `there is no case in ${folder}: hoofprint import makes one, --case DIR names another`,
  )

function existing(folder: string): string {
  const path = join(folder, databaseName)
  if (existsSync(path)) return path
  throw noCase(folder)
}

/** The version of a case's schema; 0 of one that is empty still. Throws `ConfigError` for what another program keeps under its name. */
function versionOf(db: DatabaseSync, folder: string): number {
  const version = numberIn(db, 'pragma user_version')
  const own = numberIn(db, `select count(*) from sqlite_schema where type = 'table' and name in ('evidence', 'event')`)
  const isCase = version === 0 ? numberIn(db, 'select count(*) from sqlite_schema') === 0 : own === 2
  if (isCase && version <= schemaVersion) return version
  if (isCase) throw new ConfigError(`${folder} was written by a newer Hoofprint: use that one`)
  throw new ConfigError(`${join(folder, databaseName)} is no case of Hoofprint's: name another folder with --case DIR`)
}

/** What makes a case of this version one of today's, step by step. Throws `ConfigError` where that is too long ago. */
function stepsFrom(version: number, folder: string): string[] {
  const steps = version === 0 ? [] : Array.from({ length: schemaVersion - version }, (_, i) => upgrades[version + i])
  const known = steps.filter((step) => step !== undefined)
  if (known.length === steps.length) return known
  throw new ConfigError(`${folder} was written by an older Hoofprint: import the evidence into a new case (--case DIR)`)
}

function prepare(db: DatabaseSync, folder: string, { mustExist, pages, progress }: Required<DatabaseOptions>): void {
  db.exec('pragma busy_timeout = 10000') // Somebody may be marking, of which the lock knows nothing.
  const version = versionOf(db, folder)
  if (version === 0 && mustExist) throw noCase(folder)
  const missing = stepsFrom(version, folder)
  // Room that retention frees is given back piece by piece, which must be said before the first table.
  db.exec(`pragma page_size = ${pageBytes[pages]}; pragma auto_vacuum = incremental; pragma journal_mode = wal`)
  db.exec('pragma synchronous = normal')
  const logPages = Math.floor(logBytes / numberIn(db, 'pragma page_size'))
  db.exec(`pragma cache_size = -${cacheKb}; pragma wal_autocheckpoint = ${logPages}`)
  // Beside who reads for long the log grows, and else would stay as large for as long as this process lives: a collector's, months.
  db.exec(`pragma journal_size_limit = ${2 * logBytes}`)
  if (version === 0) write(db, schemaVersion - 1, [readFileSync(schema, 'utf8')], silent)
  if (missing.length === 0) return
  for (const [name, of] of Object.entries(upgradeFunctions))
    db.function(name, { deterministic: true }, (text) => of(String(text)))
  write(db, version, missing, progress)
}

/** Each step makes the next version of the case, whole or not at all: killed meanwhile, the case is of the last one, and is gone on with from there. */
function write(db: DatabaseSync, from: number, steps: readonly string[], progress: Progress): void {
  const transactions = transactionsOn(db)
  inSteps(progress, 'bringing the case up to date', steps, (step, i) =>
    transactions.run(() => {
      db.exec(step)
      db.exec(`pragma user_version = ${from + i + 1}`)
    }),
  )
}

/** Whether the case is as this program writes it. Throws `ConfigError` where it is none, and where a newer one wrote it. */
export function isCurrent(db: DatabaseSync, folder: string): boolean {
  const version = versionOf(db, folder)
  if (version === 0) throw noCase(folder)
  return version === schemaVersion
}

/**
 * Whether the case in `folder` is to be brought up to date first; undefined where there is none yet. Throws `ConfigError` where it is none, and where its
 * version is too old for this program, or newer.
 */
export function isOlderCase(folder: string): boolean | undefined {
  if (!existsSync(join(folder, databaseName))) return undefined
  const db = openUnlocked(folder)
  try {
    const version = versionOf(db, folder)
    return version === 0 ? undefined : stepsFrom(version, folder).length > 0
  } finally {
    db.close()
  }
}

/** Opens the case's database for reading, beside the process that writes it. */
export function openForReading(folder: string): DatabaseSync {
  return openedAsItIs(folder, { readOnly: true })
}

/** Opens the case's database without its lock, for a short transaction beside the process that writes it. */
export function openForMarking(folder: string): DatabaseSync {
  const db = opened(existing(folder), { readOnly: false })
  db.exec(`pragma busy_timeout = ${markingWaitsMs}`)
  return db
}

// What an import stores at its end may take so long.
const markingWaitsMs = 60_000

/** The same for reading, without a trace: the last who closes it takes away what SQLite puts beside a database, which takes who may write. */
export function openUnlocked(folder: string): DatabaseSync {
  existing(folder)
  const db = openedAsItIs(folder, { readOnly: false })
  db.exec('pragma query_only = on')
  return db
}

const { busy, locked, readOnly, ioError, full, cannotOpen } = sqliteCodes

/** By SQLite's result code: what is said where something cannot be written. */
export const unwritable: readonly (number | undefined)[] = [readOnly, ioError, full, cannotOpen]

/** Readers too have to write beside a database, unless they are told that nobody changes it: then it is read where nothing can be written. */
function openedAsItIs(folder: string, options: { readonly readOnly: boolean }): DatabaseSync {
  const path = join(folder, databaseName)
  try {
    return opened(path, options)
  } catch (error) {
    if (!unwritable.includes(sqliteCodeOf(error))) throw error
    if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
      if (sqliteCodeOf(error) === full) throw error
      throw new ConfigError(
        `${folder} cannot be written, and what was stored last is in ${databaseName}-wal still: copy both to where they can be, and name the copy`,
        { cause: error },
      )
    }
    return opened(unchanging(pathToFileURL(path)), { readOnly: true })
  }
}

/** Names a database for SQLite as one that nobody changes. SQLite takes no machine in a URL: a share of Windows is a path with two slashes. */
export function unchanging({ host, pathname }: URL): URL {
  return new URL(`file://${host === '' ? '' : `//${host}`}${pathname}?immutable=1`)
}

function opened(place: string | URL, options: { readonly readOnly: boolean }): DatabaseSync {
  const db = openFile(place, options)
  try {
    db.exec(`pragma cache_size = -${readerCacheKb}; pragma busy_timeout = 10000`)
    numberIn(db, 'pragma user_version') // Only reading tells whether it can be read.
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** By SQLite's result code: another connection has what is wanted. All else is not another's doing. */
const held: readonly (number | undefined)[] = [busy, locked]

/** Whether another connection has what was wanted. */
export function isBusy(error: unknown): boolean {
  return held.includes(sqliteCodeOf(error))
}

/** Whether somebody else is working on the case. */
export function isHeld(error: unknown): boolean {
  return error instanceof ConfigError && isBusy(error.cause)
}

/** Holds a lock that the operating system takes back when the process ends, however it ends. */
function lock(folder: string): () => void {
  const db = openFile(join(folder, lockName))
  try {
    db.exec('pragma busy_timeout = 1000; begin exclusive')
  } catch (cause) {
    db.close()
    if (!held.includes(sqliteCodeOf(cause))) throw cause
    throw new ConfigError(`another hoofprint is working on the case ${folder}${besideIt(folder)}`, { cause })
  }
  return () => db.close()
}

/** What can be done while another process has the case. */
function besideIt(folder: string): string {
  return isOlderCase(folder) === true
    ? ', which is as an older version wrote it: wait if that is just bringing it up to date, end it if it is of that version (a collector, too), for until then this one can do nothing with it'
    : ': wait for it or end it (hoofprint answer, sessions and mark work beside it)'
}

// Of 512 bytes that SQLite allows (SQLITE_MAX_PATHNAME) some are for what stands beside a database.
const longestPath = 500

/** Opens a database. SQLite says no more than that it cannot: throws what the system says, and `ConfigError` for a path that is too long. */
function openFile(place: string | URL, options: { readonly readOnly?: boolean } = {}): DatabaseSync {
  try {
    return new DatabaseSync(place, options)
  } catch (cause) {
    if (sqliteCodeOf(cause) !== cannotOpen || typeof place !== 'string') throw cause
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
