import { z } from 'zod'
import type { CaseStore, Counts } from './case/store.ts'
import type { Deps } from './deps.ts'
import type { TaskStatus } from './scheduler.ts'
import type { StreamStatus } from './service/status.ts'
import type { Stream } from './sources/index.ts'

/** Hears how a stream is doing, and remembers it beyond a restart. */
export interface Watched {
  onStored(counts: Counts): void
  onProgress(): void
  /** A reading that began at `startedAt` has come to its end. */
  onDone(startedAt: number): void
  status(task: TaskStatus): StreamStatus
}

const Time = z.number()
const Saved = z
  .object({ watchedSince: Time, doneUntil: Time, succeededAt: Time, lastRecordAt: Time.optional() })
  .partial()
type Saved = z.output<typeof Saved>

/** Watches a stream from where the case left off. */
export function watch(
  { source, silentAfterMs }: Pick<Stream, 'silentAfterMs'> & { readonly source: Pick<Stream['source'], 'id'> },
  failingAfterMs: number,
  { store, deps }: { readonly store: Pick<CaseStore, 'cursor' | 'saveCursor'>; readonly deps: Pick<Deps, 'now'> },
): Watched {
  const place = `status:${source.id}`
  const now = () => deps.now().getTime()
  const earlier: Saved = Saved.parse(store.cursor(place) ?? {})
  const watchedSince = earlier.watchedSince ?? now()
  // At once, so that what never comes to its end is known for how long, however often this begins anew.
  if (earlier.watchedSince === undefined) store.saveCursor(place, { ...earlier, watchedSince })
  let { lastRecordAt } = earlier
  let progressAt: number | undefined
  let contents = 0
  let counts: Counts = { read: 0, stored: 0, duplicate: 0, rejected: 0 }

  return {
    onStored(added) {
      contents += 1
      counts = sum(counts, added)
      progressAt = now()
      if (added.read > 0) lastRecordAt = progressAt
    },
    onProgress() {
      progressAt = now()
    },
    onDone(startedAt) {
      const saved: Saved = { watchedSince, doneUntil: startedAt, succeededAt: now() }
      store.saveCursor(place, { ...saved, ...(lastRecordAt !== undefined && { lastRecordAt }) })
    },
    status: (task) => ({
      ...task,
      doneUntil: task.doneUntil ?? earlier.doneUntil,
      succeededAt: task.succeededAt ?? earlier.succeededAt,
      ...{ failingAfterMs, silentAfterMs, watchedSince, lastRecordAt, progressAt, contents, counts },
    }),
  }
}

function sum(a: Counts, b: Counts): Counts {
  return {
    read: a.read + b.read,
    stored: a.stored + b.stored,
    duplicate: a.duplicate + b.duplicate,
    rejected: a.rejected + b.rejected,
  }
}
