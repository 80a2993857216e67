import type { Deps, Log } from '../deps.ts'
import { hourMs } from '../time/time.ts'

/** A log in which a warning of one cause, at one thing, stands once an hour: a service that is away for a week gives the same one thousands of times. */
export function calmLog({ log, now }: Pick<Deps, 'log' | 'now'>): Log {
  const told = new Map<string, number>()

  function isNews(said: string): boolean {
    const at = now().getTime()
    // The clock may have been put back.
    for (const [earlier, when] of told) if (Math.abs(at - when) >= hourMs) told.delete(earlier)
    if (told.has(said)) return false
    told.set(said, at)
    return true
  }

  return {
    info: (fields, message) => log.info(fields, message),
    warn(fields, message) {
      const same = JSON.stringify([message, { ...fields, ...eachTimeOthers }])
      if (!('cause' in fields) || isNews(same)) log.warn(fields, message)
    },
    error: (fields, message) => log.error(fields, message),
  }
}

const eachTimeOthers = { attempt: 0, waitMs: 0, documents: 0 }
