import type { Deps } from '../deps.ts'
import { diskFaultOf } from '../disk-faults.ts'
import { ConfigError, FatalError, messageOf, RetryableError } from '../errors.ts'

/** Something done again and again. */
export interface Task {
  readonly id: string
  /** From one start to the next. */
  readonly everyMs: number
  run(signal: AbortSignal): Promise<void>
}

/** How a task is doing. */
export interface TaskStatus {
  readonly id: string
  readonly everyMs: number
  /** `failing`: it is tried again; `stopped`: somebody must act, and it is tried again all the same, but rarely. */
  state: 'waiting' | 'running' | 'failing' | 'stopped'
  failures: number
  reason: string | undefined
  /** When the last attempt began. */
  triedAt: number | undefined
}

export interface Schedule {
  readonly statuses: readonly TaskStatus[]
  /** Runs each task at its own interval, never twice at once, until the signal says stop. What one fails at stops no other. */
  run(signal: AbortSignal): Promise<void>
  /** Runs each once, side by side; says whether all came to their end. */
  once(signal: AbortSignal): Promise<boolean>
}

const firstWaitMs = 30_000
const longestWaitMs = 15 * 60_000

/** A schedule of tasks; nothing runs yet. */
export function scheduleOf(tasks: readonly Task[], deps: Pick<Deps, 'now' | 'sleep' | 'random' | 'log'>): Schedule {
  const now = () => deps.now().getTime()
  const known = tasks.map((task) => ({ task, status: statusOf(task) }))

  async function attempt(task: Task, status: TaskStatus, signal: AbortSignal): Promise<void> {
    const { reason: told, failures: failed } = status
    if (status.state === 'waiting') status.state = 'running'
    status.triedAt = now()
    try {
      await task.run(signal)
      if (failed > 0) deps.log.info({ task: task.id, failures: failed }, 'goes on: what it failed at has passed')
      Object.assign(status, { state: 'waiting', failures: 0, reason: undefined })
    } catch (error) {
      if (signal.aborted) return
      status.failures += 1
      const fault = diskFaultOf(error)
      status.reason = [messageOf(error), fault?.advice].filter(Boolean).join(': ')
      status.state = isHopeless(error) ? 'stopped' : 'failing'
      const { failures, reason } = status
      if (reason === told) return // Once is enough: each quarter of an hour for a week it would hide what is new.
      if (status.state === 'stopped') deps.log.error({ task: task.id, reason }, 'stopped: somebody must act')
      else if (fault !== undefined) deps.log.error({ task: task.id, failures, reason }, 'failed, it is tried again')
      else if (error instanceof RetryableError)
        deps.log.warn({ task: task.id, failures, reason }, 'failed, it is tried again')
      else deps.log.error({ task: task.id, failures, err: error }, 'failed unexpectedly, it is tried again')
    }
  }

  async function repeat(task: Task, status: TaskStatus, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const startedAt = now()
      await attempt(task, status, signal)
      // Not longer than that: the clock may have been put back meanwhile, as it is after a start.
      const untilNext = Math.min(startedAt + task.everyMs - now(), task.everyMs)
      const waitMs = status.failures > 0 ? backOffMs(task, status, deps.random()) : untilNext
      await deps.sleep(Math.max(0, waitMs), signal).catch(unlessStopped(signal))
    }
  }

  return {
    statuses: known.map(({ status }) => status),
    run: async (signal) => void (await Promise.all(known.map(({ task, status }) => repeat(task, status, signal)))),
    async once(signal) {
      await Promise.all(known.map(({ task, status }) => attempt(task, status, signal)))
      return !signal.aborted && known.every(({ status }) => status.failures === 0)
    },
  }
}

function statusOf({ id, everyMs }: Task): TaskStatus {
  return { id, everyMs, state: 'waiting', failures: 0, reason: undefined, triedAt: undefined }
}

function isHopeless(error: unknown): boolean {
  return error instanceof FatalError || error instanceof ConfigError || diskFaultOf(error)?.goesOn === false
}

/**
 * Twice as long each time, and never quite the same, so that what failed together does not come back together. What seems to need somebody
 * waits the longest: one odd answer may look so, and a service keeps what it has for days only.
 */
function backOffMs({ everyMs }: Task, { state, failures }: TaskStatus, random: number): number {
  const first = Math.min(everyMs, firstWaitMs)
  const longest = Math.max(everyMs, longestWaitMs)
  const waitMs = state === 'stopped' ? longest : Math.min(longest, first * 2 ** (failures - 1))
  return waitMs * (0.5 + random / 2)
}

function unlessStopped(signal: AbortSignal) {
  return (error: unknown) => {
    if (!signal.aborted) throw error
  }
}
