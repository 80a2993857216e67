import { expect, test } from '@jest/globals'
import type { TaskStatus } from '#src/collect/scheduler.ts'
import { type Watched, watch } from '#src/collect/watch.ts'

const task: TaskStatus = {
  ...{ id: 'publish', everyMs: 1000, state: 'failing', failures: 3, reason: 'HTTP 503' },
  triedAt: undefined,
}

test('what never comes to its end is known for how long, however often all begins anew', () => {
  const begin = programAt()

  const first = begin(1000).status(task)
  const second = begin(9000).status(task)

  expect([first, second].map(({ watchedSince, doneUntil }) => [watchedSince, doneUntil])).toEqual([
    [1000, undefined],
    [1000, undefined],
  ])
})

test('what was known already is progress, and nothing new; what was stored or delivered is both', () => {
  const [content, delivery] = [programAt()(1000), programAt()(1000)]
  const times = (watched: Watched) => {
    const { progressAt, storedAt } = watched.status(task)
    return [progressAt, storedAt]
  }

  content.onStored({ read: 3, stored: 0, duplicate: 3, rejected: 0 })
  const known = times(content)
  content.onStored({ read: 3, stored: 1, duplicate: 2, rejected: 0 })
  delivery.onDelivered()

  expect([known, times(content), times(delivery)]).toEqual([
    [1000, undefined],
    [1000, 1000],
    [1000, 1000],
  ])
  expect(content.status(task)).toMatchObject({ contents: 2, counts: { read: 6, stored: 1 } })
})

test('what cannot be noted has not come to its end', () => {
  const store = {
    cursor: () => ({ watchedSince: 1 }),
    saveCursor: () => {
      throw new Error('disk is full')
    },
  }
  const watched = watch({ source: { id: 'retention' }, silentAfterMs: 1 }, 1, {
    store,
    deps: { now: () => new Date(9000) },
  })

  expect(() => watched.onDone(8000)).toThrow('disk is full')
  expect(watched.status(task)).toMatchObject({ succeededAt: undefined, doneUntil: undefined })
})

test('after a restart it is known when it last came to its end', () => {
  const begin = programAt()
  begin(1000).onDone(900)

  expect(begin(9000).status(task)).toMatchObject({ watchedSince: 1000, doneUntil: 900, succeededAt: 1000 })
})

test('a clock that was ahead keeps no alarm silent: what it noted counts as of when it is found', () => {
  const year = 365 * 24 * 3_600_000
  const before = programAt()
  const ahead = before(year)
  ahead.onStored({ read: 1, stored: 1, duplicate: 0, rejected: 0 })
  ahead.onDone(year)
  const begunAnew = before(5000)

  for (const found of [begunAnew, before.later(ahead, 5000)]) found.status(task)

  const times = ['doneUntil', 'succeededAt', 'lastRecordAt', 'watchedSince'] as const
  const statuses = [begunAnew, ahead].map((found) => before.later(found, 9000).status(task))
  expect(statuses.map((status) => times.map((time) => status[time]))).toEqual([
    Array(4).fill(5000),
    Array(4).fill(5000),
  ])
})

test('what a clock that was ahead noted counts as of when it was first found, however often all begins anew', () => {
  const begin = programAt()
  begin(50_000).onDone(50_000)
  begin(5000)

  expect(begin(9000).status(task)).toMatchObject({ watchedSince: 5000, doneUntil: 5000, succeededAt: 5000 })
})

/** A program that is begun at some time, again and again on one case. */
function programAt() {
  const cursors = new Map<string, unknown>()
  const store = {
    cursor: (place: string) => cursors.get(place),
    saveCursor: (place: string, cursor: unknown) => void cursors.set(place, cursor),
  }
  let now = 0
  const begin = (ms: number) => {
    now = ms
    const own = { source: { id: 'publish' }, silentAfterMs: Number.POSITIVE_INFINITY }
    return watch(own, 60_000, { store, deps: { now: () => new Date(now) } })
  }
  const later = (watched: Watched, ms: number) => {
    now = ms
    return watched
  }
  return Object.assign(begin, { later })
}
