import { codeOf, sqliteCodeOf } from './errors.ts'

/** What can be done about a fault of the disk, and whether what was under way then goes on from where it was. */
export interface DiskFault {
  readonly advice: string
  readonly goesOn: boolean
}

const full: DiskFault = { advice: 'make room on the disk of the case', goesOn: true }
const away: DiskFault = {
  advice: 'see that the disk of the case is there, has room and can be written',
  goesOn: true,
}
const damaged: DiskFault = {
  advice: 'case.sqlite is damaged: import the evidence into a new case (--case DIR)',
  goesOn: false,
}

/** By SQLite's result code (sqlite.org/rescode.html): full, I/O error, read-only, cannot open; corrupt, no database. */
const ofSqlite: Readonly<Record<number, DiskFault>> = {
  ...{ 13: full, 10: away, 8: away, 14: away },
  ...{ 11: damaged, 26: damaged },
}

const ofSystem: Readonly<Record<string, DiskFault>> = {
  ENOSPC: full,
  EDQUOT: full,
  EROFS: away,
  EACCES: away,
  EIO: away,
}

/** The fault of the disk that an error tells of: neither SQLite nor the system says what to do. Undefined for other errors. */
export function diskFaultOf(error: unknown): DiskFault | undefined {
  const code = sqliteCodeOf(error)
  return code === undefined ? ofSystem[codeOf(error) ?? ''] : ofSqlite[code]
}
