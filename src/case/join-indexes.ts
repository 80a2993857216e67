import type { DatabaseSync } from 'node:sqlite'
import { inSteps, silent } from '../progress.ts'
import { numberIn } from '../query.ts'
import { hasPendingKeys, takeNextUsages, takePendingKeys } from './pending-keys.ts'

/**
 * What joins look up. Their keys come in no order, and an index that grows in no order rewrites a page for nearly each
 * row; built once after a large import they are sorted instead.
 */
const indexes: Readonly<Record<string, string>> = {
  message_item: 'message (hash)',
  logon_nearest: 'logon (mailbox, platform, session is null, time, id)',
  logon_session: 'logon (session, time, id) where session is not null',
  session_link_session: 'session_link (session, id)',
}

// Where there is none of a kind all events are gone through, in an index that is a fraction of the table.
const datasets = 'event indexed by event_key'

// Two audit records should not have one id, but records that people changed or made up do: they are told apart when they leave.
const ofAudit = {
  name: 'event_by_id',
  needed: `select 1 from ${datasets} where dataset = 'o365.audit' limit 1`,
  columns: "event (id, time) where dataset = 'o365.audit'",
}

// Outlook activities name a mail by an id of their own, all other records by its Internet message id: only a case that
// holds both needs to find the former's mails by the latter's name.
const betweenDatasets = {
  name: 'message_id',
  needed: `select 1 from ${datasets} where dataset <> 'o365.activity' limit 1`,
  columns: 'message (message_id) where message_id <> item',
}

/** Makes the indexes that are not there yet, of which `progress` hears: in a large case each takes its time. */
export function makeIndexes(db: DatabaseSync, wanted: readonly string[], progress = silent): void {
  const missing = wanted.filter((index) => !areThere(db, [nameOf(index)]))
  if (missing.length > 0) inSteps(progress, 'making indexes', missing, (index) => db.exec(`create index ${index}`))
}

/** Finds the events of an evidence: only copying and forgetting ask for them, so most cases never need it. */
export const eventsOfEvidence = 'event_evidence on event (evidence)'

/** Finds the events of a session: only what comes after a delivery, and forgetting, ask for them. */
export const eventsOfSession = 'event_session on event (session, time) where session is not null'

/** Finds what a table has of an event: only replacing it, delivering it again, and forgetting ask for it. */
export const indexByEvent = (table: string) => `${table}_event on ${table} (event)`

/** Finds what delivered documents name. */
export const mentionsOfEvent = indexByEvent('mention')

/** Finds audit records by their id, which some share. */
export const recordsOfId = `${ofAudit.name} on ${ofAudit.columns}`

/** Makes joins find all, and quickly. Nothing to do when they do. */
export function buildJoinIndexes(db: DatabaseSync, progress = silent): void {
  if (hasJoins(db) && hasAllIndexes(db)) return
  const build = (name: string, columns: string) => db.exec(`create index if not exists ${name} on ${columns}`)
  const steps = [
    () => takePendingKeys(db),
    ...Object.entries(indexes).map(
      ([name, columns]) =>
        () =>
          build(name, columns),
    ),
    ...[ofAudit, betweenDatasets].map(({ name, needed, columns }) => () => {
      if (db.prepare(needed).get() !== undefined) build(name, columns)
    }),
    () => db.exec(takeNextUsages),
  ]
  inSteps(progress, 'joining records', steps, (step) => step())
}

/** Whether joins find all, and quickly in a case of one kind of records. */
export function hasJoins(db: DatabaseSync): boolean {
  return !hasPendingKeys(db) && areThere(db, Object.keys(indexes))
}

/** Whether those indexes are there, too, that only some kinds of records ask for. */
export function hasAllIndexes(db: DatabaseSync): boolean {
  return [ofAudit, betweenDatasets].every(
    ({ name, needed }) => areThere(db, [name]) || db.prepare(needed).get() === undefined,
  )
}

/** The name of an index, of how it is made. */
export const nameOf = (index: string): string => index.split(' ')[0] as string

/** Whether all indexes of these names are there. */
export function areThere(db: DatabaseSync, names: readonly string[]): boolean {
  const named = "select count(*) from sqlite_schema where type = 'index' and name in (select value from json_each(?))"
  return numberIn(db, named, JSON.stringify(names)) === names.length
}

/** Leaves the joins to be built again: for the time of a large import. What an earlier one noted has numbers that this one may use. */
export function dropJoinIndexes(db: DatabaseSync): void {
  takePendingKeys(db)
  for (const name of [...Object.keys(indexes), betweenDatasets.name, ofAudit.name])
    db.exec(`drop index if exists ${name}`)
}
