import type { DatabaseSync } from 'node:sqlite'
import { query } from '../query.ts'
import { remember } from '../remember.ts'

/** What records of the case call users whom others name by their id in Entra alone. */
export interface UserNames {
  /** The user principal name, in lower case; nothing where no record tells it. */
  of(id: string): string | undefined
}

const usersKept = 1000

/** Looks names up in one open case, and remembers them. */
export function userNamesOf(db: DatabaseSync): UserNames {
  const find = query<{ name: string }>(db, 'select name from user_name where id = ?')
  return { of: remember(usersKept, (id) => find.get(id)?.name) }
}
