import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { networkOf } from '../bytes/address-bytes.ts'
import { numberIn, query } from '../query.ts'
import { type CountTable, countTables } from './count-tables.ts'
import { mergedRows } from './merged-rows.ts'
import { type ScratchTable, scratchTables } from './render-part.ts'
import { sumUpSearches } from './search-steps.ts'
import { intruderFirst } from './sureness.ts'

/** What the reports are counted from, on disk, so that memory stays flat however large the case. */
export interface Scratch {
  /** Adds the rows of a part, which has them in a piece for each table. */
  add(pieces: ReadonlyMap<string, Buffer>): void
  /**
   * Sums up readings by mailbox and item in `read_item`, and searches in `search`, when all have been added. Whose readings they are is counted
   * only where something is marked: it takes a tenth of the time.
   */
  sumUp(isMarked: boolean): void
  query<Row extends object>(sql: string, ...values: (string | number)[]): Row[]
  /** The same row by row, for what may be more than memory holds. */
  each<Row extends object>(sql: string, ...values: (string | number)[]): Iterable<Row>
  /** How many rows a query has. */
  count(sql: string, ...values: (string | number)[]): number
  close(): void
}

/**
 * Opens a scratch database that vanishes when it is closed. One at a `path` can be read by others when it is summed up;
 * what a killed run left there is overwritten. Without a path it is gone when the process is.
 */
export function openScratch(path = ''): Scratch {
  const remove = () => path !== '' && rmSync(path, { force: true })
  remove()
  const db = new DatabaseSync(path) // SQLite: no name means a temporary file, deleted on closing.
  db.exec(
    'pragma page_size = 16384; pragma journal_mode = memory; pragma synchronous = off; pragma cache_size = -4096; begin',
  )
  db.function('network_of', { deterministic: true }, (ip) => networkOf(String(ip)))
  const tables = Object.entries(scratchTables) as [ScratchTable, readonly string[]][]
  const fillers = tables.map(([table, columns]) => ({ table, ...filler(db, table, columns) }))

  return {
    add(pieces) {
      for (const { table, add } of fillers) {
        const rows = pieces.get(table)
        if (rows !== undefined) add(JSON.parse(rows.toString()))
      }
    },
    sumUp(isMarked) {
      for (const { flush } of fillers) flush()
      sumUpSearches(db)
      db.exec(furtherOfAlerts)
      db.exec('create index usage_session on usage (session, first) where session is not null')
      db.exec('create index trace_recipient on trace (recipient)')
      db.exec('create index application_id on application (application)')
      const readBy = (actor: string) => (isMarked ? `sum(displayed and marked is '${actor}')` : '0')
      db.exec(`create table read_item as select mailbox, item, min(rowid) as first, max(access) as access,
      sum(displayed) as displays, sum(displayed and method is 'session') as proven,
      sum(displayed and method is 'recorded') as recorded, sum(displayed and method is 'service') as services,
      ${isMarked ? `min(iif(displayed, ${intruderFirst}, 2))` : '2'} as whose, ${readBy('intruder')} as intruder, ${readBy('owner')} as owner,
      max(subject) as subject, max(sender) as sender,
      min(case when displayed then at end) as at, max(case when displayed then at end) as last,
      group_concat(distinct case when displayed then ip end) as ips,
      json_group_array(distinct actor) filter (where displayed and actor is not null) as others from reading group by item, mailbox;
      create index fact_category on fact (category);
      commit`)
    },
    each: <Row extends object>(sql: string, ...values: (string | number)[]) => query<Row>(db, sql).iterate(...values),
    query: <Row extends object>(sql: string, ...values: (string | number)[]) => query<Row>(db, sql).all(...values),
    count: (sql, ...values) => numberIn(db, `select count(*) from (${sql})`, ...values),
    close() {
      db.close()
      remove()
    },
  }
}

/** Takes away what tells of an alert again: what it names and how it is changed has records of its own, and one alert is one. */
const furtherOfAlerts = `delete from fact where category = 'alert' and alert is not null and rowid not in (
  select first_value(rowid) over (partition by lower(alert) order by lower(operation) <> 'alerttriggered', rowid) from fact
  where category = 'alert' and alert is not null)`

/** The tables whose rows are merged once more: parts that follow each other have much the same logons. */
const merged: Partial<Record<ScratchTable, CountTable>> = {
  application: countTables.application,
  logon: countTables.logon,
}
/** All logons of a large case are more than memory should hold. */
const mostHeld = 4000

type Row = (string | number | null)[]

/** Makes a scratch table, and what fills it. Readings also get the place of their line among all of them. */
function filler(db: DatabaseSync, table: ScratchTable, columns: readonly string[]) {
  const all = table === 'reading' ? [...columns, 'start'] : columns
  db.exec(`create table ${table} (${all.join(', ')})`)
  const insert = db.prepare(`insert into ${table} values (${all.map(() => '?').join(', ')})`)
  const store = (row: Readonly<Row>) => void insert.run(...row)
  const bytes = columns.indexOf('bytes')
  let start = 0
  const place = (row: Row) => {
    insert.run(...row, start)
    start += Number(row[bytes])
  }
  const rows = merged[table] && mergedRows(merged[table], store, mostHeld)
  const add = table === 'reading' ? place : (rows?.add ?? store)
  return {
    add(some: readonly Row[]) {
      for (const row of some) add(row)
    },
    /** Stores what is still held. */
    flush: () => rows?.flush(),
  }
}
