import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Behind, Evidence, Forgotten, RejectedRow, SkippedFile } from '../evidence.ts'
import type { DatedMark, Mark } from '../marks.ts'
import { listQuery, numberIn, query } from '../query.ts'
import { alteredIn } from './altered.ts'
import { behind, behindIn } from './behind.ts'
import { type Collection, lacksIn } from './collection.ts'
import { evidencesIn } from './evidence.ts'
import { forgottenIn } from './forgotten.ts'
import { datedMarksIn, marksIn } from './marks.ts'

/** What a case tells of itself beside its events. */
export interface CaseView {
  evidences(): Evidence[]
  /** The first that were rejected: whole files, and then rows. */
  rejects(limit: number): RejectedRow[]
  countRejects(): number
  /** How many documents were refused, wherever they were to go, and still are. */
  countRefused(): number
  /** The files that were skipped: how many, and the first of them. */
  skipped(limit: number): { readonly total: number; readonly rows: SkippedFile[] }
  /** What it had and has no more. */
  forgotten(): Forgotten | undefined
  /** What a collector has not read to its end. */
  behind(): Behind[]
  /** How many rows something else took away, or added. */
  altered(): number
  /** Whom investigators hold for the intruder or the owner. */
  marks(): Mark[]
  /** The same with since when. */
  datedMarks(): DatedMark[]
  /** Names what the case holds, as far as reports show it: as long as it is the same, they would be. */
  state(): string
  readonly collection: Pick<Collection, 'lacks'>
}

/** The view of an open case. */
export function viewOf(db: DatabaseSync): CaseView {
  return {
    evidences: () => evidencesIn(db),
    rejects(limit) {
      const files = query<RejectRow>(db, rejectedFiles).all(limit)
      return [...files, ...query<RejectRow>(db, rejectedRows).all(limit - files.length)].map(toReject)
    },
    countRejects: () => numberIn(db, 'select count(*) from reject'),
    countRefused: () => numberIn(db, 'select count(*) from reject where event is not null'),
    skipped: (limit) => ({
      total: numberIn(db, 'select count(*) from skipped'),
      rows: query<SkippedFile>(db, 'select path, reason from skipped order by path limit ?').all(limit),
    }),
    forgotten: () => forgottenIn(db),
    behind: () => behindIn(db),
    altered: () => alteredIn(db),
    marks: () => marksIn(db),
    datedMarks: () => datedMarksIn(db),
    state: () => stateOf(db),
    collection: { lacks: (limit) => lacksIn(db, limit) },
  }
}

const rejectedFiles = `select stream, stream as path, row, reason, original from reject
  where evidence is null and event is null order by stream limit ?`
const rejectedRows = `select stream, path, row, reason, original from reject left join evidence on evidence.id = evidence
  where evidence is not null or event is not null order by reject.id limit ?`

type RejectRow = Readonly<Record<'stream' | 'reason', string>> & {
  readonly [Name in 'path' | 'row' | 'original']: NonNullable<RejectedRow[Name]> | null
}

function toReject({ stream, path, row, reason, original }: RejectRow): RejectedRow {
  return { stream, path: path ?? undefined, row: row ?? undefined, reason, original: original ?? undefined }
}

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
  'select stream, name, since, until, reason, final, closed, searched from gap order by stream, name',
  behind,
]

/** Names what the case holds, as far as reports show it: as long as it is the same, they would be. */
function stateOf(db: DatabaseSync): string {
  const hash = createHash('sha256')
  for (const sql of told) {
    hash.update(`${sql}\n`)
    for (const row of listQuery(db, sql).iterate()) hash.update(`${JSON.stringify(row)}\n`)
  }
  return hash.digest('hex')
}
