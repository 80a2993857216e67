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
  readonly rejects: Listed<ReportedReject>
  /** Files that stood among evidence and are none that is known. */
  readonly skipped: Listed<ReportedSkip>
  /** What a service had and could not be had; those that were had later are left out. */
  readonly gaps?: readonly ReportedGap[]
  /** What says where addresses are; their licences want to be told. */
  readonly databases?: readonly ReportedDatabase[]
  /** The files beside the report, by what they hold, e.g. `search-activity` → `case-search-activity.tsv`. */
  readonly tables: Readonly<Record<string, string>>
}

/** A file that was read; `read` is the sum of the other three counts. */
export interface ReportedEvidence {
  readonly path: string
  readonly sha256: string
  /** In bytes. */
  readonly size: number
  /** When its reading began, ISO 8601 in UTC. */
  readonly imported: string
  readonly shape: string
  /** What its dates with slashes have first; `either` where no row tells, undefined where it has none. */
  readonly dates?: 'day' | 'month' | 'either' | undefined
  /** Whether its times may be of the time zone of whoever saved it. */
  readonly isShown?: boolean
  readonly complete: boolean
  /** Why its text ends before its end, where it does. */
  readonly brokeOff?: string | undefined
  readonly counts: {
    readonly read: number
    readonly stored: number
    readonly duplicate: number
    readonly rejected: number
  }
  /** How many rows say that their search had so many results, or what `claimed` has a number for. */
  readonly claims?: readonly (readonly [results: number, rows: number])[]
}

/** A file that was looked at and left out. */
export interface ReportedSkip {
  readonly path: string
  readonly reason: string
}

/** Something that a service had and that could not be had. */
export interface ReportedGap {
  readonly stream: string
  readonly name: string
  readonly from: string
  readonly to: string
  readonly reason: string
  /** Whether it is lost for good; else it is tried again. */
  readonly final: boolean
}

/** A database of places or networks. */
export interface ReportedDatabase {
  readonly name: string
  readonly tells: string
  readonly date: string
  readonly licence: string | undefined
  readonly attribution: string | undefined
}

/** What could not be stored, and why. */
export interface ReportedReject {
  readonly path: string | undefined
  readonly row: number | undefined
  readonly reason: string
  readonly original: Uint8Array | undefined
}
