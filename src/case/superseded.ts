import type { DatabaseSync } from 'node:sqlite'
import { query } from '../query.ts'

/** Prefix of the streams under which documents are delivered, one for each place they go to. */
export const publishing = 'publish:'

/** Remembers what an event told before a fuller copy takes its place. Costs nothing as long as nothing was ever delivered. */
export function supersededKeeper(db: DatabaseSync) {
  const delivering = query(db, `select 1 from cursor where stream glob '${publishing}*' limit 1`)
  const keeps = [
    'insert into superseded (event) values (?)',
    `insert into superseded (event, mailbox, platform, session, time)
      select event, mailbox, platform, session, time from logon where event = ?`,
    'insert into superseded (event, item) select event, item from message where event = ?',
    `insert into superseded (event, item)
      select event, message_id from message where event = ? and message_id is not null`,
  ].map((sql) => db.prepare(sql))

  return {
    isNeeded: () => delivering.get() !== undefined,
    keep(seq: number): void {
      for (const statement of keeps) statement.run(seq)
    },
  }
}
