import { z } from 'zod'
import type { CaseStore } from '../case/store.ts'
import { added, type Counts, noCounts } from '../counts.ts'
import type { Deps } from '../deps.ts'
import type { StreamStatus } from '../service/status.ts'
import type { Stream } from '../sources/index.ts'
import type { TaskStatus } from './scheduler.ts'

/** Hears how a stream is doing, and remembers it beyond a restart. */
export interface Watched {
  onStored(counts: Counts): void
  onProgress(): void
  onDelivered(): void
  /** A reading that began at `startedAt` has come to its end. */
  onDone(startedAt: number): void
  status(task: TaskStatus): StreamStatus
}

const Time = z.number().optional()
const Saved = z.object({ watchedSince: Time, doneUntil: Time, succeededAt: Time, lastRecordAt: Time })
type Times = z.output<typeof Saved> & { progressAt?: number; storedAt?: number }

/** Watches a stream from where the case left off. */
export function watch(
  { source, silentAfterMs }: Pick<Stream, 'silentAfterMs'> & { readonly source: Pick<Stream['source'], 'id'> },
  failingAfterMs: number,
  { store, deps }: { readonly store: Pick<CaseStore, 'cursor' | 'saveCursor'>; readonly deps: Pick<Deps, 'now'> },
): Watched {
  const place = `status:${source.id}`
  const now = () => deps.now().getTime()
  const earlier = Saved.parse(store.cursor(place) ?? {})
  const times: Times & { watchedSince: number } = { ...earlier, watchedSince: earlier.watchedSince ?? now() }
  const save = (saved: Times) => store.saveCursor(place, saved)
  // At once, so that what never comes to its end is known for how long, however often this begins anew.
  if (setBack() || earlier.watchedSince === undefined) save(times)
  let contents = 0
  let counts = noCounts

  /** No time is one to come: noted by a clock that was ahead, it would keep every alarm silent until then. Says whether one was. */
  function setBack(): boolean {
    const latest = now()
    const toCome = Object.entries(times).filter(([, time]) => time !== undefined && time > latest)
    Object.assign(times, Object.fromEntries(toCome.map(([name]) => [name, latest])))
    return toCome.length > 0
  }

  return {
    onStored(more) {
      contents += 1
      counts = added(counts, more)
      times.progressAt = now()
      if (more.read > 0) times.lastRecordAt = times.progressAt
      if (more.stored > 0) times.storedAt = times.progressAt
    },
    onProgress() {
      times.progressAt = now()
    },
    onDelivered() {
      times.progressAt = now()
      times.storedAt = times.progressAt
    },
    onDone(startedAt) {
      const at = now()
      const done = { doneUntil: Math.min(startedAt, at), succeededAt: at }
      setBack()
      save({ ...times, ...done }) // On a full disk it fails, and so does then what was to be done.
      Object.assign(times, done)
    },
    status(task) {
      setBack()
      const { watchedSince, doneUntil, succeededAt, lastRecordAt, progressAt, storedAt } = times
      return {
        ...task,
        doneUntil,
        succeededAt,
        failingAfterMs,
        silentAfterMs,
        watchedSince,
        lastRecordAt,
        progressAt,
        storedAt,
        contents,
        counts,
      }
    },
  }
}
