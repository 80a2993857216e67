import type { Deps } from '../../deps.ts'

/** Keeps requests that share a quota apart. */
export interface Pace {
  /** Resolves when the next request may go. */
  turn(signal: AbortSignal): Promise<void>
  /** The service had enough: nobody asks for `holdMs`, and then all more slowly. */
  slowDown(holdMs: number): void
  /** The service answered: back towards the usual pace, little by little. */
  speedUp(): void
}

const slowest = 64
const recovery = 0.95

/** Lets `perMinute` requests go in a minute, evenly, and fewer after the service complained. */
export function pace(perMinute: number, deps: Pick<Deps, 'now' | 'sleep'>): Pace {
  const usualMs = 60_000 / perMinute
  let apartMs = usualMs
  let nextAt = 0
  let seenAt = 0

  /** Our clock. When it was put back, what was to come comes as much earlier: nobody waits until it shows that time again. */
  function clock(): number {
    const now = deps.now().getTime()
    nextAt -= Math.max(0, seenAt - now)
    seenAt = now
    return now
  }

  return {
    async turn(signal) {
      const now = clock()
      const at = Math.max(now, nextAt)
      nextAt = at + apartMs
      if (at > now) await deps.sleep(at - now, signal)
    },
    slowDown(holdMs) {
      apartMs = Math.min(usualMs * slowest, apartMs * 2)
      nextAt = Math.max(nextAt, clock() + holdMs)
    },
    speedUp() {
      apartMs = Math.max(usualMs, apartMs * recovery)
    },
  }
}
