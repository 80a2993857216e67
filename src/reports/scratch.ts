import { DatabaseSync } from 'node:sqlite'
import { factColumns, logonColumns, readingColumns, type ScratchRow } from './fact.ts'
import type { ReportPart } from './render-part.ts'

/** What the reports are counted from, on disk, so that memory stays flat however large the case. */
export interface Scratch {
  add(part: Pick<ReportPart, 'facts' | 'logons' | 'readings'>): void
  query<Row>(sql: string, ...values: (string | number)[]): Row[]
  /** The lines of readings, item by item, in the order of first reading. */
  readings(): Generator<{ readonly item: string; readonly line: string }>
  close(): void
}

/** Opens a scratch database that vanishes when it is closed, or when the process ends. */
export function openScratch(): Scratch {
  const db = new DatabaseSync('') // SQLite: no name means a temporary file, deleted on closing.
  db.exec('pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -4096')
  const filler = (table: string, columns: readonly string[]) => {
    db.exec(`create table ${table} (${columns.join(', ')})`)
    const insert = db.prepare(`insert into ${table} values (${columns.map(() => '?').join(', ')})`)
    return (rows: readonly ScratchRow[]) => {
      for (const row of rows) insert.run(...row)
    }
  }
  const addFacts = filler('fact', factColumns)
  const addLogons = filler('logon', logonColumns)
  const addReadings = filler('reading', readingColumns)

  return {
    add({ facts, logons, readings }) {
      db.exec('begin')
      addFacts(facts)
      addLogons(logons)
      addReadings(readings)
      db.exec('commit')
    },
    query: <Row>(sql: string, ...values: (string | number)[]) => db.prepare(sql).all(...values) as Row[],
    *readings() {
      const sql = `select reading.item, line from reading
        join (select item, min(rowid) as first from reading group by item) as met on met.item = reading.item
        order by first, reading.rowid`
      for (const row of db.prepare(sql).iterate()) yield row as { item: string; line: string }
    },
    close: () => db.close(),
  }
}
