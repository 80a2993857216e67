import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { listQuery } from '../query.ts'

/**
 * What changes with all that reports are made from. Events, claims and the rows of rejects come and change only with an evidence, whose counts
 * tell; they go only with retention, and then there are fewer.
 */
const told = [
  `select id, path, sha256, mailbox, complete, read, stored, duplicate, rejected from evidence order by id`,
  'select count(*), min(seq), max(seq) from event',
  'select kind, value, actor, at from mark order by kind, value',
  'select id, stream, reason from reject order by id',
  'select path, reason from skipped order by path',
  'select stream, name, since, until, reason, final, closed from gap order by stream, name',
]

/** Names what the case holds, as far as reports show it: as long as it is the same, they would be. */
export function stateOf(db: DatabaseSync): string {
  const hash = createHash('sha256')
  for (const sql of told) {
    hash.update(`${sql}\n`)
    for (const row of listQuery(db, sql).iterate()) hash.update(`${JSON.stringify(row)}\n`)
  }
  return hash.digest('hex')
}
