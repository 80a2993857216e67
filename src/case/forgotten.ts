import type { DatabaseSync } from 'node:sqlite'
import type { Forgotten } from '../evidence.ts'
import { numberIn, query } from '../query.ts'

/** What retention has deleted from the case; undefined where it has all that it ever had. */
export function forgottenIn(db: DatabaseSync): Forgotten | undefined {
  const upTo = numberIn(db, "select cast(value as integer) from cursor where stream = 'retention'")
  if (upTo === 0) return undefined
  // Numbers are given one after the other, never twice, and nothing else deletes.
  const events = numberIn(db, 'select max(seq) - count(*) from event')
  const first = query<{ imported: string }>(db, oldestKept).get(upTo)
  return events === 0 || first === undefined ? undefined : { events, before: first.imported }
}

const oldestKept = `select imported from evidence
  where id = (select evidence from event where seq > ? order by seq limit 1)`
