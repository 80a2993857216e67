import { codeOf, sqliteCodeOf } from './errors.ts'

/** What can be done about a fault of the disk, and whether what was under way then goes on from where it was. */
export interface DiskFault {
  readonly advice: string
  readonly goesOn: boolean
}

const full: DiskFault = { advice: 'make room on the disk of the case', goesOn: true }
const away: DiskFault = { advice: 'see that the disk of the case is there and has room', goesOn: true }
const readOnly: DiskFault = {
  advice: 'let this user write the case, or copy it to where it can be written and name the copy (--case DIR)',
  goesOn: true,
}
// Windows says so of a file that another program has open; of one that must not be written, too.
const held: DiskFault = {
  advice: 'close it in the program that has it open (such as Excel), or let this user write the case',
  goesOn: true,
}
const inTheWay: DiskFault = { advice: 'move away what stands there: it is no folder', goesOn: true }
const damaged: DiskFault = {
  advice:
    'case.sqlite is damaged, or was copied while another hoofprint was writing it, which makes no whole copy: ' +
    'copy it anew, or import the evidence into a new case (--case DIR)',
  goesOn: false,
}

/** SQLite's result codes (sqlite.org/rescode.html) that somebody acts on. */
export const sqliteCodes = {
  ...{ busy: 5, locked: 6, readOnly: 8, ioError: 10, corrupt: 11 },
  ...{ full: 13, cannotOpen: 14, noDatabase: 26 },
} as const

const ofSqlite: Readonly<Record<number, DiskFault>> = {
  [sqliteCodes.full]: full,
  [sqliteCodes.ioError]: away,
  [sqliteCodes.cannotOpen]: away,
  [sqliteCodes.readOnly]: readOnly,
  [sqliteCodes.corrupt]: damaged,
  [sqliteCodes.noDatabase]: damaged,
}

const ofSystem: Readonly<Record<string, DiskFault>> = {
  ENOSPC: full,
  EDQUOT: full,
  EIO: away,
  EROFS: readOnly,
  ENOTDIR: inTheWay,
  EACCES: readOnly,
  EBUSY: held,
  EPERM: held,
}

/** The fault of the disk that an error tells of: neither SQLite nor the system says what to do. Undefined for other errors. */
export function diskFaultOf(error: unknown): DiskFault | undefined {
  const code = sqliteCodeOf(error)
  return code === undefined ? ofSystem[codeOf(error) ?? ''] : ofSqlite[code]
}
