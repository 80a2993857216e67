import type { Rejection } from './activity.ts'
import { type Entry, type PackedEntries, packEntries } from './entry.ts'
import { normalizer } from './normalize/index.ts'
import { type Digest, type DigestTask, digestRows } from './sources/files/digest.ts'

// Whoever hands this work to other threads does not load this file: the tables of normalizing take some 30 MB.

export interface DigestResult {
  readonly entries: PackedEntries
  readonly rejected: readonly Rejection[]
  readonly claims: Digest['claims']
}

/** Reads framed rows and finds what joins them to others: all of gathering that needs neither disk nor order. */
export function digest(task: DigestTask): DigestResult {
  const { activities, rejected, claims } = digestRows(task)
  const entries = activities.map((activity): Entry => ({ ...activity, ...normalizer.keys(activity) }))
  return { entries: packEntries(entries), rejected, claims }
}
