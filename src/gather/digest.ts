import { type PackedEntries, packEntries } from '../bytes/packed-entries.ts'
import type { Entry } from '../entry.ts'
import { normalizer } from '../normalize/index.ts'
import { newOrigins } from '../origins.ts'
import { type DigestRest, type DigestTask, digestRows, type ReadActivity } from '../sources/files/digest.ts'

// Whoever hands this work to other threads does not load this file: the tables of normalizing take some 30 MB.

export interface DigestResult extends DigestRest {
  readonly entries: PackedEntries
}

/**
 * Reads framed rows and finds what joins them to others: all of gathering that needs neither disk nor order. What one gives has to come into
 * one case, in the order it was given.
 */
export function digester(): (task: DigestTask) => DigestResult {
  const origins = newOrigins()
  return (task) => {
    const { activities, bytes, rest } = digestRows(task)
    const entries = packEntries(keyed(activities), bytes, origins)
    return { entries, ...rest() }
  }
}

function* keyed(activities: Iterable<ReadActivity>): Generator<Entry> {
  for (const activity of activities) yield { ...activity, ...normalizer.keys(activity) }
}
