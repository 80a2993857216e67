import { ConfigError, codeOf, messageOf, sqliteCodeOf } from '../errors.ts'

/** A command that has said what went wrong, and ends with exit code 1. */
export class Failed extends Error {
  override name = 'Failed' as const
}

/** 2 for a wrong command line or configuration, 1 for everything else that stops. */
export function exitCodeOf(error: unknown): 1 | 2 {
  return error instanceof ConfigError || (error instanceof Error && error.name === 'CLIError') ? 2 : 1
}

const makeRoom = 'make room on the disk of the case: the same command goes on from where it was'
const seeToDisk =
  'see that the disk of the case is there, has room and can be written: the same command goes on from where it was'
const beginAnew = 'case.sqlite is damaged: import the evidence into a new case (--case DIR)'

/** By SQLite's result code: full, I/O error, read-only, cannot open; corrupt, no database. */
const ofSqlite: Readonly<Record<number, string>> = {
  ...{ 13: makeRoom, 10: seeToDisk, 8: seeToDisk, 14: seeToDisk },
  ...{ 11: beginAnew, 26: beginAnew },
}

const ofSystem: Readonly<Record<string, string>> = {
  ENOSPC: makeRoom,
  EDQUOT: makeRoom,
  EROFS: seeToDisk,
  EACCES: seeToDisk,
  EIO: seeToDisk,
}

/** What went wrong, and what can be done where that is the disk's fault: neither SQLite nor the system says it. */
export function saidOf(error: unknown): string {
  const code = sqliteCodeOf(error)
  const advice = code === undefined ? ofSystem[codeOf(error) ?? ''] : ofSqlite[code]
  return advice === undefined ? messageOf(error) : `${messageOf(error)}: ${advice}`
}
