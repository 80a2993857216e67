import { dayMs } from '../../time/time.ts'

/** A span of time at which content became available: `from <= contentCreated < to`, in milliseconds since the epoch. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** The service answers windows of at most 24 hours; longer ones it may answer in part. */
const longestMs = dayMs

/** How long the service keeps content. */
export const keptMs = 7 * dayMs

/** It refuses windows that begin earlier; five minutes are for the way there. */
export const retentionMs = keptMs - 5 * 60_000

/** Whole seconds, for the service takes no fractions, each window beginning where the one before ends. */
export function windows(from: number, to: number): Window[] {
  const [first, end] = [Math.floor(from / 1000) * 1000, Math.ceil(to / 1000) * 1000]
  const starts = Array.from(
    { length: Math.max(0, Math.ceil((end - first) / longestMs)) },
    (_, i) => first + i * longestMs,
  )
  return starts.map((start) => ({ from: start, to: Math.min(end, start + longestMs) }))
}

/** As the service wants times: UTC without zone and fraction. */
export function toQueryTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19)
}
