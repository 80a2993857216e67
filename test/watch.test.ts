import { expect, test } from '@jest/globals'
import type { TaskStatus } from '#src/scheduler.ts'
import { watch } from '#src/watch.ts'

const task: TaskStatus = {
  ...{ id: 'publish', everyMs: 1000, state: 'failing', failures: 3, reason: 'HTTP 503' },
  ...{ doneUntil: undefined, succeededAt: undefined },
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

test('after a restart it is known when it last came to its end', () => {
  const begin = programAt()
  begin(1000).onDone(900)

  expect(begin(9000).status(task)).toMatchObject({ watchedSince: 1000, doneUntil: 900, succeededAt: 1000 })
})

/** A program that is begun at some time, again and again on one case. */
function programAt() {
  const cursors = new Map<string, unknown>()
  const store = {
    cursor: (place: string) => cursors.get(place),
    saveCursor: (place: string, cursor: unknown) => void cursors.set(place, cursor),
  }
  return (ms: number) => {
    const own = { source: { id: 'publish' }, silentAfterMs: Number.POSITIVE_INFINITY }
    return watch(own, 60_000, { store, deps: { now: () => new Date(ms) } })
  }
}
