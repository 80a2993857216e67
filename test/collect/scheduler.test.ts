import { setImmediate } from 'node:timers/promises'
import { inspect } from 'node:util'
import { expect, test } from '@jest/globals'
import { scheduleOf, type Task } from '#src/collect/scheduler.ts'
import type { Deps } from '#src/deps.ts'
import { ConfigError, FatalError, RetryableError } from '#src/errors.ts'

test('each task runs at its own interval, from start to start', async () => {
  const world = worldAt(0)
  const tasks = [taskOf(world, 'often', 60_000, 10_000), taskOf(world, 'seldom', 150_000, 0)]

  await world.runFor(300_000, scheduleOf(tasks, world.deps).run)

  expect(world.startsOf('often')).toEqual([0, 60_000, 120_000, 180_000, 240_000])
  expect(world.startsOf('seldom')).toEqual([0, 150_000])
})

test('a task that takes longer than its interval never runs twice at once', async () => {
  const world = worldAt(0)
  let [running, most] = [0, 0]
  const slow: Task = {
    id: 'slow',
    everyMs: 1000,
    async run(signal) {
      running += 1
      most = Math.max(most, running)
      world.starts.push(['slow', world.now()])
      await world.deps.sleep(5000, signal)
      running -= 1
    },
  }

  await world.runFor(20_000, scheduleOf([slow], world.deps).run)

  expect(most).toBe(1)
  expect(world.startsOf('slow')).toEqual([0, 5000, 10_000, 15_000])
})

test('what fails waits longer each time, never quite as long, and its success makes it punctual again', async () => {
  const world = worldAt(0)
  const outcomes = [1, 2, 3].map(() => new RetryableError('HTTP 503'))
  const schedule = scheduleOf([taskOf(world, 'a', 60_000, 0, outcomes)], world.deps)

  await world.runFor(300_000, schedule.run)

  // 30, 60, 120 seconds, half of them at least.
  expect(world.startsOf('a')).toEqual([0, 22_500, 67_500, 157_500, 217_500, 277_500])
  expect(schedule.statuses[0]).toMatchObject({ state: 'waiting', failures: 0, reason: undefined, triedAt: 277_500 })
})

test('a wait has an end', async () => {
  const world = worldAt(0)
  const outcomes = Array.from({ length: 1000 }, () => new RetryableError('HTTP 503'))

  await world.runFor(24 * 3_600_000, scheduleOf([taskOf(world, 'a', 60_000, 0, outcomes)], world.deps).run)

  const starts = world.startsOf('a')
  const waits = starts.slice(1).map((at, i) => at - (starts[i] as number))
  expect(Math.max(...waits)).toBeLessThanOrEqual(15 * 60_000)
  expect(waits.length).toBeGreaterThan(90)
})

test.each([
  ['a role', new FatalError('no role')],
  ['a certificate', new ConfigError('no role')],
])('what nobody but people can put right, such as %s, stops that task alone, loudly', async (_, error) => {
  const world = worldAt(0)
  const tasks = [taskOf(world, 'bad', 60_000, 0, [error]), taskOf(world, 'good', 60_000, 0)]
  const schedule = scheduleOf(tasks, world.deps)

  await world.runFor(200_000, schedule.run)

  expect(world.startsOf('bad')).toEqual([0])
  expect(world.startsOf('good')).toHaveLength(4)
  expect(schedule.statuses[0]).toMatchObject({ state: 'stopped', reason: 'no role' })
  expect(world.logged).toContain('error stopped: somebody must act')
})

test('what seems to need people is tried again all the same, rarely, and told once: one odd answer may have looked so', async () => {
  const world = worldAt(0)
  const odd = Array.from({ length: 4 }, () => new FatalError('no role'))
  const schedule = scheduleOf([taskOf(world, 'bad', 60_000, 0, odd)], world.deps)

  await world.runFor(2 * 3_600_000, schedule.run)

  const waits = world.startsOf('bad').map((at, i, all) => at - (all[i - 1] ?? 0))
  expect(waits.slice(1, 5).every((wait) => wait >= 7.5 * 60_000 && wait <= 15 * 60_000)).toBe(true)
  expect(schedule.statuses[0]).toMatchObject({ state: 'waiting', failures: 0, reason: undefined })
  expect(world.logged.filter((line) => line.includes('somebody must act'))).toHaveLength(1)
})

test('what a task fails at is told when it begins, when it changes and when it has passed, not at each attempt', async () => {
  const world = worldAt(0)
  const told: string[] = []
  const tell = (fields: object, message: string) =>
    void told.push(`${message} ${inspect(fields, { breakLength: 999 })}`)
  const deps = { ...world.deps, log: { info: tell, warn: tell, error: tell } }
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  const outcomes = [503, 503, 503, 429].map((status) => new RetryableError(`HTTP ${status}`))
  const bug = new TypeError('x is undefined')
  const schedule = scheduleOf([taskOf(world, 'a', 60_000, 0, [...outcomes, full, full, bug, bug])], deps)

  await world.runFor(24 * 3_600_000, schedule.run)

  expect(told).toEqual([
    expect.stringMatching(/^failed, it .*HTTP 503/),
    expect.stringMatching(/^failed, it .*HTTP 429/),
    expect.stringMatching(/^failed, it .*make room/),
    expect.stringMatching(/^failed unexpectedly/),
    expect.stringMatching(/^goes on.*failures: 8/),
  ])
})

test('what is stopped or fails is so while it is tried again, too, and what is well runs', async () => {
  const world = worldAt(0)
  const seen: unknown[] = []
  const outcomes = [new FatalError('no role'), new RetryableError('HTTP 503')]
  const task = taskOf(world, 'a', 60_000, 0, outcomes)
  const run = (signal: AbortSignal) => {
    seen.push(schedule.statuses[0]?.state)
    return task.run(signal)
  }
  const schedule = scheduleOf([{ ...task, run }], world.deps)

  await world.runFor(20 * 60_000, schedule.run)

  expect(seen.slice(0, 4)).toEqual(['running', 'stopped', 'failing', 'running'])
})

test('what is read seldom is tried again no more often than it is read', async () => {
  const world = worldAt(0)
  const outcomes = Array.from({ length: 100 }, () => new RetryableError('HTTP 503'))

  await world.runFor(24 * 3_600_000, scheduleOf([taskOf(world, 'a', 3_600_000, 0, outcomes)], world.deps).run)

  const [last = 0, end = 0] = world.startsOf('a').slice(-2)
  expect(end - last).toBe(0.75 * 3_600_000)
})

test('what is asked to stop has not come to its end', async () => {
  const world = worldAt(0)
  const stop = new AbortController()
  const task: Task = { id: 'a', everyMs: 1000, run: async () => stop.abort() }

  expect(await scheduleOf([task], world.deps).once(stop.signal)).toBe(false)
})

test('a bug is told as one, and tried again like any failure', async () => {
  const world = worldAt(0)
  const schedule = scheduleOf([taskOf(world, 'a', 60_000, 0, [new TypeError('x is undefined')])], world.deps)

  await world.runFor(100_000, schedule.run)

  expect(world.startsOf('a')).toHaveLength(3)
  expect(world.logged).toEqual([
    'error failed unexpectedly, it is tried again',
    'info goes on: what it failed at has passed',
  ])
})

test("of a full disk it is told what to do, and tried again; a damaged case is somebody's to act", async () => {
  const world = worldAt(0)
  const sqlite = (errcode: number, message: string) =>
    Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode })
  const full = taskOf(world, 'a', 60_000, 0, [sqlite(13, 'database or disk is full')])
  const damaged = taskOf(world, 'b', 60_000, 0, [sqlite(11, 'database disk image is malformed')])
  const schedule = scheduleOf([full, damaged], world.deps)

  await world.runFor(10_000, schedule.run)

  const [first, second] = schedule.statuses
  expect(first).toMatchObject({
    state: 'failing',
    reason: 'database or disk is full: make room on the disk of the case',
  })
  expect(second).toMatchObject({ state: 'stopped', reason: expect.stringMatching(/case\.sqlite is damaged/) })
  expect(world.logged).toEqual(['error failed, it is tried again', 'error stopped: somebody must act'])
})

test('asked to stop, it ends at once, and a task under way is no failure', async () => {
  const world = worldAt(0)
  const schedule = scheduleOf([taskOf(world, 'a', 1000, 10_000_000), taskOf(world, 'b', 10_000_000, 0)], world.deps)

  await world.runFor(5000, schedule.run)

  expect(world.now()).toBe(5000)
  expect(schedule.statuses.map(({ failures }) => failures)).toEqual([0, 0])
  expect(world.logged).toEqual([])
})

test('a clock that is put back while a task runs makes nobody wait for longer than its interval', async () => {
  const world = worldAt(0)
  const dayMs = 24 * 3_600_000
  const waits: number[] = []
  let clock = dayMs
  const stop = new AbortController()
  const task: Task = {
    id: 'a',
    everyMs: 60_000,
    async run() {
      clock -= dayMs
    },
  }
  const deps = {
    ...world.deps,
    now: () => new Date(clock),
    async sleep(ms: number) {
      waits.push(ms)
      stop.abort()
    },
  }

  await scheduleOf([task], deps).run(stop.signal)

  expect(waits).toEqual([60_000])
})

test('once is once for each, whatever becomes of the others', async () => {
  const world = worldAt(0)
  const tasks = [taskOf(world, 'a', 1000, 0, [new RetryableError('no')]), taskOf(world, 'b', 1000, 0)]

  const succeeded = await scheduleOf(tasks, world.deps).once(new AbortController().signal)

  expect(succeeded).toBe(false)
  expect(world.starts.map(([id]) => id)).toEqual(['a', 'b'])
})

type World = ReturnType<typeof worldAt>

/** A task that takes `tookMs`, and fails with each of `outcomes` in turn. */
function taskOf(world: World, id: string, everyMs: number, tookMs: number, outcomes: Error[] = []): Task {
  return {
    id,
    everyMs,
    async run(signal) {
      world.starts.push([id, world.now()])
      if (tookMs > 0) await world.deps.sleep(tookMs, signal)
      const outcome = outcomes.shift()
      if (outcome !== undefined) throw outcome
    },
  }
}

/** A clock on which several may sleep: it jumps to whoever wakes next once all are asleep. */
function worldAt(start: number) {
  let now = start
  const sleepers: { readonly at: number; wake(): void }[] = []
  const starts: [id: string, at: number][] = []
  const logged: string[] = []
  const log = (level: string) => (_: object, message: string) => void logged.push(`${level} ${message}`)
  const deps: Pick<Deps, 'now' | 'sleep' | 'random' | 'log'> = {
    now: () => new Date(now),
    random: () => 0.5,
    log: { info: log('info'), warn: () => {}, error: log('error') },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        sleepers.push({ at: now + ms, wake: resolve })
        signal.addEventListener('abort', () => reject(signal.reason))
      }),
  }

  /** Lets it run until that time has passed, then says stop and waits for the end. */
  async function runFor(ms: number, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const stop = new AbortController()
    const ended = run(stop.signal)
    for (;;) {
      await setImmediate()
      sleepers.sort((a, b) => b.at - a.at)
      const next = sleepers.at(-1)
      if (next === undefined || next.at >= start + ms) break
      sleepers.pop()
      now = next.at
      next.wake()
    }
    now = start + ms
    stop.abort(new Error('stopped'))
    await ended
  }

  const startsOf = (id: string) => starts.filter(([of]) => of === id).map(([, at]) => at)
  return { deps, starts, startsOf, logged, now: () => now, runFor }
}
