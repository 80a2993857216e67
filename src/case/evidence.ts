import type { DatabaseSync } from 'node:sqlite'
import type { Counts } from '../counts.ts'
import type { CsvFormat, Format } from '../entry.ts'
import type { Evidence } from '../evidence.ts'
import { query } from '../query.ts'
import { readerName } from '../version.ts'
import { eventsOfEvidence, makeIndexes } from './join-indexes.ts'

/** What is known of a file before its records are read. */
export interface EvidenceFile {
  readonly path: string
  readonly sha256: string
  readonly mailbox: string
  readonly size: number
  readonly format: Format
}

/** Names the cursor and the rejects of one evidence. */
export function streamOf({ path, sha256, mailbox }: Pick<Evidence, 'path' | 'sha256' | 'mailbox'>): string {
  return `file:${sha256}:${mailbox}:${path}`
}

// A file that breaks off has a reject that is no row.
const claims = `(select json_group_array(json_array(results, rows)) from
  (select results, rows from claim where claim.evidence = evidence.id order by results limit 1000)) as claims`
const evidenceRows = `select evidence.*, broken.reason as brokeOff, ${claims}
  from evidence left join (select evidence, min(reason) as reason from reject
    where row is null and event is null and evidence is not null group by evidence) as broken on broken.evidence = evidence.id
  order by id`

/** Every file that was read, or is being read. A row of SQLite's takes four times what is made of it, so no two of these stand at once. */
export function evidencesIn(db: DatabaseSync): Evidence[] {
  return Array.from(query<EvidenceRow>(db, evidenceRows).iterate(), toEvidence)
}

const columns = 'path, sha256, mailbox, size, shape, format, imported, reader'

/** Prepared statements for the files of a case: some have a hundred thousand. */
export function evidenceKeeper(db: DatabaseSync) {
  const select = query<EvidenceRow>(
    db,
    `select *, ${claims} from evidence where path = ? and sha256 = ? and mailbox = ?`,
  )
  const begin = query<EvidenceRow>(db, `insert into evidence (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?) returning *`)
  const findTwin = query<{ id: number }>(
    db,
    'select id from evidence where sha256 = ? and mailbox = ? and complete = 1',
  )
  const findBroken = query<{ reason: string }>(
    db,
    'select reason from reject where evidence = ? and row is null and event is null limit 1',
  )
  const findRead = query(db, 'select 1 from evidence where sha256 = ? and complete = 1 limit 1')
  const findMailboxes = query<{ mailbox: string }>(
    db,
    'select mailbox from evidence where sha256 = ? and complete = 1 group by mailbox order by min(id)',
  )
  const findFormat = query<{ format: string }>(db, 'select format from evidence where id = ?')
  const forget = db.prepare("update evidence set sha256 = 'unknown-' || id where id = ?")
  const finish = db.prepare('update evidence set complete = 1 where id = ?')

  function find({ path, sha256, mailbox }: EvidenceFile): Evidence | undefined {
    const row = select.get(path, sha256, mailbox)
    if (row === undefined) return undefined
    return toEvidence({ ...row, brokeOff: row.rejected > 0 ? (findBroken.get(row.id)?.reason ?? null) : null })
  }

  return {
    find,
    /** The same bytes under another name are the same rows: each gets one more sighting, and none is read again. */
    insert(file: EvidenceFile): Evidence {
      const { path, sha256, mailbox, size, format } = file
      const twin = findTwin.get(sha256, mailbox)
      const told = [format.shape, JSON.stringify(format), new Date().toISOString(), readerName()]
      const evidence = toEvidence(begin.get(path, sha256, mailbox, size, ...told) as EvidenceRow) // It gives what it inserted.
      if (twin === undefined) return evidence
      takeOver(db, evidence, twin.id)
      return find(file) as Evidence
    },
    hasRead: (sha256: string): boolean => findRead.get(sha256) !== undefined,
    mailboxesOf: (sha256: string): string[] => findMailboxes.all(sha256).map(({ mailbox }) => mailbox),
    /** How its rows are read, and were from the first on. */
    formatOf: (id: number): Format => JSON.parse((findFormat.get(id) as { format: string }).format),
    forgetHash: (id: number): void => void forget.run(id),
    complete: (id: number): void => void finish.run(id),
  }
}

/** Gives an evidence the rows and rejects of its twin. */
function takeOver(db: DatabaseSync, evidence: Evidence, twin: number): void {
  makeIndexes(db, [eventsOfEvidence])
  const copies = [
    'insert into further_sighting select :id, row, event from sighting where evidence = :twin',
    `insert into reject (stream, evidence, row, reason, original)
      select :stream, :id, row, reason, original from reject where evidence = :twin`,
    `update evidence set complete = 1, format = t.format, reader = t.reader, read = t.read, duplicate = t.stored + t.duplicate, rejected = t.rejected
      from evidence t where evidence.id = :id and t.id = :twin`,
  ]
  for (const sql of copies) {
    const statement = db.prepare(sql)
    statement.setAllowUnknownNamedParameters(true)
    statement.run({ id: evidence.id, twin, stream: streamOf(evidence) })
  }
}

type EvidenceRow = Pick<Evidence, 'id' | 'path' | 'sha256' | 'mailbox' | 'size' | 'imported' | 'shape'> &
  Counts & {
    readonly format: string
    readonly reader: string
    readonly complete: number
    readonly brokeOff?: string | null
    readonly claims?: string
  }

function toEvidence(row: EvidenceRow): Evidence {
  const { id, path, sha256, mailbox, size, imported, shape, format, claims } = row
  const { read, stored, duplicate, rejected } = row
  return {
    ...{ id, path, sha256, mailbox, size, imported, shape },
    dates: datesIn(format),
    isShown: format.includes('"isShown":true'),
    byOther: row.reader !== readerName(),
    complete: Boolean(row.complete),
    brokeOff: row.brokeOff ?? undefined,
    counts: { read, stored, duplicate, rejected },
    claims: claims === undefined ? [] : JSON.parse(claims),
  }
}

/** Of a hundred thousand files nearly none has such dates: the others' formats are not read. */
function datesIn(format: string): Evidence['dates'] {
  if (!format.includes('"dates":')) return undefined
  const { dates }: Partial<CsvFormat> = JSON.parse(format)
  return dates && (dates.order ?? 'either')
}
