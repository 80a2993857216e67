import { DatabaseSync } from 'node:sqlite'
import type { ScratchRow } from './fact.ts'
import { type ScratchTable, scratchTables } from './render-part.ts'
import { sumUpSearches } from './search-steps.ts'

/** What the reports are counted from, on disk, so that memory stays flat however large the case. */
export interface Scratch {
  /** Adds the rows of a part, which has them in a piece for each table. */
  add(pieces: ReadonlyMap<string, Buffer>): void
  /** Sums up readings by mailbox and item in `read_item`, and searches in `search`, when all have been added. */
  sumUp(): void
  query<Row>(sql: string, ...values: (string | number)[]): Row[]
  /** The same row by row, for what may be more than memory holds. */
  each<Row>(sql: string, ...values: (string | number)[]): Iterable<Row>
  /** Where the lines of readings are, item by item, in the order of first reading. */
  readings(): Generator<PlacedReading>
  close(): void
}

/** Where one line stands in the table of readings, counted from behind its header. */
export interface PlacedReading {
  /** Which item of which mailbox it is: counted in the order of first reading. */
  readonly block: number
  readonly item: string
  readonly start: number
  readonly bytes: number
}

/** Opens a scratch database that vanishes when it is closed, or when the process ends. */
export function openScratch(): Scratch {
  const db = new DatabaseSync('') // SQLite: no name means a temporary file, deleted on closing.
  db.exec(
    'pragma page_size = 16384; pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -4096; begin',
  )
  const tables = Object.entries(scratchTables) as [ScratchTable, readonly string[]][]
  const fillers = tables.map(([table, columns]) => filler(db, table, columns))

  return {
    add(pieces) {
      for (const fill of fillers) fill(pieces)
    },
    sumUp() {
      sumUpSearches(db)
      db.exec('create index usage_session on usage (session, first) where session is not null')
      db.exec(`create table read_item as select mailbox, item, min(rowid) as first, max(access) as access,
      sum(displayed) as displays, sum(displayed and method is 'session') as proven,
      sum(displayed and method is 'recorded') as recorded, max(subject) as subject, max(sender) as sender,
      min(case when displayed then at end) as at, max(case when displayed then at end) as last,
      group_concat(distinct case when displayed then ip end) as ips from reading group by item, mailbox;
      create index fact_category on fact (category)`)
    },
    each: <Row>(sql: string, ...values: (string | number)[]) =>
      db.prepare(sql).iterate(...values) as Iterable<unknown> as Iterable<Row>,
    query: <Row>(sql: string, ...values: (string | number)[]) => db.prepare(sql).all(...values) as Row[],
    *readings() {
      const lines = db.prepare(`select first, item, start, bytes from reading cross join read_item using (item, mailbox)
        order by first, reading.rowid`)
      lines.setReturnArrays(true) // Hundreds of thousands: as objects they cost a third more.
      for (const row of lines.iterate()) {
        const [block, item, start, bytes] = row as unknown as [number, string, number, number]
        yield { block, item, start, bytes }
      }
    },
    close: () => db.close(),
  }
}

/** Makes a scratch table, and gives what fills it from a part. Readings also get the place of their line among all of them. */
function filler(db: DatabaseSync, table: ScratchTable, columns: readonly string[]) {
  const all = table === 'reading' ? [...columns, 'start'] : columns
  db.exec(`create table ${table} (${all.join(', ')})`)
  const insert = db.prepare(`insert into ${table} values (${all.map(() => '?').join(', ')})`)
  const bytes = columns.indexOf('bytes')
  let start = 0
  return (pieces: ReadonlyMap<string, Buffer>) => {
    const rows = pieces.get(table)?.toString('utf8', 1) ?? '' // Before the first row is a comma, too.
    for (const row of JSON.parse(`[${rows}]`) as ScratchRow[]) {
      if (table === 'reading') {
        insert.run(...row, start)
        start += Number(row[bytes])
      } else insert.run(...row)
    }
  }
}
