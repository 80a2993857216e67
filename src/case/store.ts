import type { Rejection } from '../activity.ts'
import { noEntries, type PackedEntries } from '../bytes/packed-entries.ts'
import { added, type Counts, noCounts } from '../counts.ts'
import type { Format } from '../entry.ts'
import type { Evidence } from '../evidence.ts'
import type { Progress } from '../progress.ts'
import { query } from '../query.ts'
import { type Collection, collectionOf } from './collection.ts'
import { type DatabaseOptions, openDatabase } from './database.ts'
import { type Delivery, deliveryOf } from './delivery.ts'
import { entryWriter } from './entry-writer.ts'
import { type EvidenceFile, evidenceKeeper, streamOf } from './evidence.ts'
import { buildJoinIndexes, dropJoinIndexes } from './join-indexes.ts'
import { changeMarks, knowsSession, type MarkBook } from './marks.ts'
import { type Retention, retentionOf } from './retention.ts'
import { transactionsOn, wholeTransaction } from './transactions.ts'
import { type CaseView, viewOf } from './view.ts'

export { streamOf }

/** Some rows of one evidence, and up to where it is safe once they are stored. */
export interface EntryBatch {
  readonly entries: PackedEntries
  readonly rejected: readonly Rejection[]
  /** How many rows say that their search had so many results; -1: that it did not end. */
  readonly claims?: readonly (readonly [results: number, rows: number])[]
  readonly cursor: unknown
}

/** One case on disk, open for writing. */
export interface CaseStore extends CaseView, Omit<MarkBook, 'origins'> {
  /** Finds the evidence by path, content and mailbox, or begins it. Content known under another path is taken over whole. */
  beginEvidence(file: EvidenceFile): Evidence
  /** How the rows of an evidence are read: as its first ones were, whatever is known of it now. */
  formatOf(evidence: Evidence): Format
  /** Whether these bytes were read to their end, wherever they stood and for whatever mailbox. */
  hasRead(sha256: string): boolean
  /** For whose mailboxes these bytes were read to their end. */
  mailboxesOf(sha256: string): string[]
  /** Stores batches and the cursor of the last one in one transaction: after a crash all of it is there, or none. */
  write(evidence: Evidence, ...batches: EntryBatch[]): Counts
  /** The same with the last batches: says that all of it was read but what was lost, of which each counts as read and rejected. */
  completeEvidence(evidence: Evidence, lost: readonly Rejection[], ...last: EntryBatch[]): Counts
  /** Says that what was read is not surely what has the SHA-256 of this evidence: whoever brings that has it read from its beginning. */
  forgetHash(evidence: Evidence): void
  /**
   * Tells that much will be written: what only readers need is put off until `buildJoins`, or the next opening, and some works share a
   * transaction, which a crash or a failure takes together: until `isSettled` nobody should tell that they are stored.
   */
  beginBulk(): void
  /** The same of many files that are little together: their works share transactions, and nothing is put off. */
  beginSharing(): void
  /** Ends either: all that was stored is safe. */
  endBulk(): void
  /** Ends a bulk and makes ready what readers join records by. It takes as long as the case is large, or no time where nothing was put off. */
  buildJoins(progress?: Progress): void
  isSettled(): boolean
  /** Keeps a whole file that could not be read, with the reason. A later success, or a look at the same place, takes it back. */
  rejectFile(path: string, reason: string): void
  /** Notes a file that stood among evidence and is none that is known. A later success, or a look at the same place, takes it back. */
  skipFile(path: string, reason: string): void
  /** Forgets which files were skipped, or could not be read, at a path and below it: they are looked at anew. */
  forgetUnread(path: string): void
  /** The books of what one place has got of this case. */
  delivery(sink: string): Delivery
  cursor(stream: string): unknown
  saveCursor(stream: string, cursor: unknown): void
  readonly collection: Collection
  readonly retention: Retention
  close(): void
}

// Each transaction writes the pages that it touched to the log: with many rows in it, half as much is written. So one holds 32 MB, or a
// thousand works on small files, each of which else writes the same ten pages again for a row or two.
const bytesOfShare = 2 ** 15
const sizeOf = (batches: readonly EntryBatch[]) =>
  batches.reduce((sum, { entries }) => sum + entries.contents.length, 0)

export interface OpenOptions extends DatabaseOptions {
  /** Whether what bulk imports put off waits for `buildJoins`: until then nothing may be read or written but in another bulk. */
  readonly joinsLater?: boolean
}

/** Opens the case in `folder`. */
export function openCase(folder: string, options: OpenOptions = {}): CaseStore {
  const { joinsLater = false, progress } = options
  const { db, release } = openDatabase(folder, options, (db) => {
    if (!joinsLater) buildJoinIndexes(db, progress)
  })
  const writeEntries = entryWriter(db)
  const transactions = transactionsOn(db)
  let isBulk = false
  let isShared = false
  const run = (sql: string) => {
    const statement = db.prepare(sql)
    return (...values: (string | number | null)[]) => statement.run(...values)
  }
  const addCounts = run(`update evidence set read = read + ?, stored = stored + ?, duplicate = duplicate + ?,
    rejected = rejected + ? where id = ?`)
  const setCursor = run('insert into cursor values (?, ?) on conflict do update set value = excluded.value')
  const dropCursor = run('delete from cursor where stream = ?')
  const rejectFile = run(`insert into reject (stream, reason) values (?, ?)
    on conflict do update set reason = excluded.reason`)
  const takeBackReject = run('delete from reject where stream = ? and evidence is null and event is null')
  const skipFile = run(
    'insert into skipped (path, reason) values (?, ?) on conflict do update set reason = excluded.reason',
  )
  const takeBackSkipped = run('delete from skipped where path = ?')
  // In an archive names have slashes on Windows too, and the root of a drive ends with its backslash.
  const isAtOrBelow = (path: string) =>
    String.raw`(${path} = ?1 or (substr(${path}, 1, length(?2)) = ?2 and substr(${path}, length(?2) + 1, 1) in ('/', '\')))`
  const forgetSkipped = run(`delete from skipped where ${isAtOrBelow('path')}`)
  const forgetRejected = run(`delete from reject where evidence is null and event is null and ${isAtOrBelow('stream')}`)
  const addClaim = run('insert into claim values (?, ?, ?) on conflict do update set rows = rows + excluded.rows')
  const evidences = evidenceKeeper(db)
  const findCursor = query<{ value: string }>(db, 'select value from cursor where stream = ?')
  const withOthers = <Result>(work: () => Result, bytes = 0) =>
    transactions.runWithOthers(isShared ? 1 + Math.floor(bytes / bytesOfShare) : wholeTransaction, work)
  const writeBatches = (evidence: Evidence, batches: readonly EntryBatch[]): Counts => {
    const stream = streamOf(evidence)
    const written = batches.map(({ entries, rejected, claims = [] }) => {
      for (const [results, rows] of claims) addClaim(evidence.id, results, rows)
      return writeEntries(evidence.id, stream, entries, rejected, isBulk)
    })
    const counts = written.reduce(added, noCounts)
    addCounts(counts.read, counts.stored, counts.duplicate, counts.rejected, evidence.id)
    const cursor = batches.at(-1)?.cursor
    if (cursor !== undefined) setCursor(stream, JSON.stringify(cursor))
    return counts
  }
  const endBulk = () => {
    transactions.settle()
    isBulk = false
    isShared = false
  }
  const saveCursor = (stream: string, cursor: unknown) => void setCursor(stream, JSON.stringify(cursor))

  return {
    ...viewOf(db),
    beginEvidence: (file) =>
      withOthers(() => {
        takeBackReject(file.path)
        takeBackSkipped(file.path)
        return evidences.find(file) ?? evidences.insert(file)
      }),
    formatOf: ({ id }) => evidences.formatOf(id),
    hasRead: evidences.hasRead,
    mailboxesOf: evidences.mailboxesOf,
    write: (evidence, ...batches) => withOthers(() => writeBatches(evidence, batches), sizeOf(batches)),
    completeEvidence: (evidence, lost, ...last) =>
      withOthers(() => {
        const end = { entries: noEntries, rejected: lost, cursor: undefined }
        const counts = writeBatches(evidence, [...last, end])
        evidences.complete(evidence.id)
        dropCursor(streamOf(evidence))
        return counts
      }, sizeOf(last)),
    forgetHash: (evidence) =>
      withOthers(() => {
        evidences.forgetHash(evidence.id)
        dropCursor(streamOf(evidence))
      }),
    beginBulk() {
      dropJoinIndexes(db)
      isBulk = true
      isShared = true
    },
    beginSharing() {
      isShared = true
    },
    endBulk,
    buildJoins(progress) {
      endBulk()
      buildJoinIndexes(db, progress)
      db.exec('pragma shrink_memory') // Who reads next has a cache of its own.
    },
    isSettled: transactions.isSettled,
    rejectFile(path, reason) {
      takeBackSkipped(path)
      rejectFile(path, reason)
    },
    skipFile: (path, reason) => void skipFile(path, reason),
    forgetUnread(path) {
      for (const forget of [forgetSkipped, forgetRejected]) forget(path, path.replace(/[\\/]+$/, ''))
    },
    delivery: (sink) => deliveryOf(db, sink, transactions.run),
    changeMarks: (set, cleared) => transactions.run(() => changeMarks(db, set, cleared)),
    knowsSession: (session) => knowsSession(db, session),
    cursor(stream) {
      const row = findCursor.get(stream)
      return row === undefined ? undefined : JSON.parse(row.value)
    },
    saveCursor,
    collection: collectionOf(db, transactions.run, saveCursor),
    retention: retentionOf(db, transactions.run),
    close() {
      try {
        transactions.settle()
        db.exec('pragma optimize; pragma wal_checkpoint(truncate)')
      } finally {
        db.close()
        release()
      }
    },
  }
}
