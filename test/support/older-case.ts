import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** What a later version brought, newest first: taken away from a case of today, it is one of the version named. */
const undone: readonly (readonly [version: number, sql: string])[] = [
  [18, 'alter table evidence drop column reader'],
  [
    17,
    `drop table other_copy; drop index if exists event_coarse;
    update event set fullness = fullness / 65536 - iif(dataset = 'azure.signinlogs' and session is not null, 10000, 0)`,
  ],
  [16, 'alter table gap drop column searched'],
  [15, 'drop index if exists event_split_second'],
  [13, 'alter table mark drop column at'],
  [12, 'drop table user_name'],
  [10, 'drop table skipped; drop table ended_session'],
]

/** Makes a closed case what a version left; what its upgrade is to change is said as SQL. */
export function leftByVersion(version: number, folder: string, ...sql: readonly string[]): void {
  const db = new DatabaseSync(join(folder, 'case.sqlite'))
  const undoing = undone.filter(([last]) => last >= version).map(([, undo]) => undo)
  for (const step of [...sql, ...undoing, `pragma user_version = ${version}`]) db.exec(step)
  db.close()
}
