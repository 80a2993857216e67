import type { DatabaseNote } from '../database-note.ts'
import type { Evidence, Forgotten, RejectedRow, SkippedFile, StoredGap } from '../evidence.ts'
import type { DatedMark } from '../marks.ts'
import type { Answers } from './answers.ts'
import type { Listed } from './listed-rows.ts'

/** All that a report shows of a case: plain data. */
export interface CaseReport {
  readonly title: string
  /** ISO 8601, UTC. */
  readonly writtenAt: string
  /** What investigators marked, and when. */
  readonly marks?: readonly DatedMark[]
  readonly answers: Answers
  readonly evidence: readonly ReportedEvidence[]
  readonly rejects: Listed<Omit<RejectedRow, 'stream'>>
  /** Files that stood among evidence and are none that is known. */
  readonly skipped: Listed<SkippedFile>
  /** What a service had and could not be had; those that were had later are left out. */
  readonly gaps?: readonly Omit<StoredGap, 'firstSeen' | 'closed'>[]
  /** What was deleted from the case since it was delivered. */
  readonly forgotten?: Forgotten
  /** What says where addresses are; their licences want to be told. */
  readonly databases?: readonly DatabaseNote[]
  /** The files beside the report, by what they hold, e.g. `search-activity` → `case-search-activity.tsv`. */
  readonly tables: Readonly<Record<string, string>>
}

/** A file that was read; what most files have nothing of may be left out. */
export type ReportedEvidence = Omit<Evidence, 'id' | 'mailbox' | Rare> & Partial<Pick<Evidence, Rare>>
type Rare = 'dates' | 'isShown' | 'brokeOff' | 'claims'
