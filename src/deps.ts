import { setTimeout as sleep } from 'node:timers/promises'

/** The outside world, passed in so that a test can pass another one. */
export interface Deps {
  readonly now: () => Date
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** At least 0, below 1. */
  readonly random: () => number
  readonly log: Log
}

export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** The real clock and a given log. */
export function realDeps(log: Log): Deps {
  return { now: () => new Date(), sleep: (ms, signal) => sleep(ms, undefined, { signal }), random: Math.random, log }
}
