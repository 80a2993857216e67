import { setImmediate } from 'node:timers/promises'
import { inspect } from 'node:util'
import type { Deps } from '#src/deps.ts'

/** A clock that sleeping moves: a week takes milliseconds. */
export interface Clock {
  now(): number
  pass(ms: number): void
  readonly deps: Deps
  /** Everything that was logged, as text. */
  readonly logged: string[]
}

/** A clock that stands at `start` until somebody sleeps. Its `random` is a fixed sequence. */
export function clockAt(start: string): Clock {
  let now = Date.parse(start)
  const logged: string[] = []
  const note = (fields: object, message: string) => void logged.push(`${message} ${inspect(fields, { depth: 9 })}`)
  return {
    now: () => now,
    pass: (ms) => {
      now += ms
    },
    logged,
    deps: {
      now: () => new Date(now),
      sleep: async (ms, signal) => {
        signal.throwIfAborted()
        now += ms
        await setImmediate()
      },
      random: seeded(1),
      log: { info: note, warn: note, error: note },
    },
  }
}

/** Numbers that look random, the same each time. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
