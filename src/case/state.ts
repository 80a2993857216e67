import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

/** All that reports are made from; whatever changes an event changes the counts of an evidence, or how many events there are. */
const told = [
  `select id, path, sha256, mailbox, complete, read, stored, duplicate, rejected from evidence order by id`,
  'select count(*), min(seq), max(seq) from event',
  'select kind, value, actor from mark order by kind, value',
  'select id, stream, reason from reject order by id',
  'select stream, name, since, until, reason, final, closed from gap order by stream, name',
]

/** Names what the case holds, as far as reports show it: as long as it is the same, they would be. */
export function stateOf(db: DatabaseSync): string {
  const hash = createHash('sha256')
  for (const sql of told) {
    const rows = db.prepare(sql)
    rows.setReturnArrays(true)
    hash.update(`${sql}\n`)
    for (const row of rows.iterate()) hash.update(`${JSON.stringify(row)}\n`)
  }
  return hash.digest('hex')
}
