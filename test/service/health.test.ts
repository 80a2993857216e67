import { expect, test } from '@jest/globals'
import { healthOf } from '#src/service/health.ts'
import type { StreamStatus } from '#src/service/status.ts'

const minute = 60_000
const hour = 60 * minute
const startedAt = Date.parse('2026-03-10T12:00:00.000Z')
const now = startedAt + 100 * hour

test('a stream that comes to its end is well, and says how far it is', () => {
  const { healthy, streams } = healthOf([status()], startedAt, now)

  expect(healthy).toBe(true)
  expect(streams[0]).toMatchObject({ lagSeconds: 120, lastSuccess: '2026-03-14T15:59:00.000Z', reason: undefined })
})

test.each<[string, Partial<StreamStatus>, RegExp]>([
  ['is stopped', { state: 'stopped', reason: 'no role' }, /^stopped until somebody acts: no role$/],
  [
    'fails for too long',
    { succeededAt: now - 66 * minute, reason: 'HTTP 503' },
    /^no success since 2026-.*: HTTP 503$/,
  ],
  [
    'never ends',
    { succeededAt: undefined, state: 'running' },
    /^no success since 2026-03-10T12.*: it does not come to an end$/,
  ],
  [
    'fails each time after it saved how far it was',
    { state: 'failing', failures: 40, reason: 'HTTP 503', succeededAt: now - 66 * minute, progressAt: now - minute },
    /^no success since 2026-.*: HTTP 503$/,
  ],
  [
    'waited for a search that says nothing any more',
    {
      ...{ state: 'failing', failures: 1, reason: 'HTTP 503', succeededAt: undefined },
      ...{ triedAt: now - 3 * hour, progressAt: now - 66 * minute },
    },
    /^no success since 2026-.*: HTTP 503$/,
  ],
  ['is silent for too long', { lastRecordAt: now - 73 * hour }, /^no record since 2026-/],
  ['has never given a record', { lastRecordAt: undefined }, /^no record since 2026-03-10T12/],
])('a stream that %s is not, and why', (_, wrong, reason) => {
  const { healthy, reasons } = healthOf([status(), status({ ...wrong, id: 'other' })], startedAt, now)

  expect(healthy).toBe(false)
  expect(reasons).toEqual([{ stream: 'other', reason: expect.stringMatching(reason) }])
})

test.each<[string, Partial<StreamStatus>]>([
  ['fails since a moment ago', { state: 'failing', failures: 3, reason: 'HTTP 503', succeededAt: now - 50 * minute }],
  ['takes long and goes on', { succeededAt: undefined, state: 'running', progressAt: now - minute }],
  [
    'fails now and then while it catches up',
    { succeededAt: undefined, state: 'failing', failures: 1, progressAt: now - minute, storedAt: now - minute },
  ],
  [
    'was off for days and has not asked yet',
    { succeededAt: startedAt - hour, lastRecordAt: startedAt - 99 * hour, progressAt: now },
  ],
  [
    'waits for a search, which failed once before',
    {
      ...{ succeededAt: undefined, state: 'failing', failures: 1 },
      ...{ triedAt: now - 3 * hour, progressAt: now - minute },
    },
  ],
  ['runs once a day', { everyMs: 24 * hour, succeededAt: now - 24 * hour }],
  ['may be silent', { silentAfterMs: Number.POSITIVE_INFINITY, lastRecordAt: undefined }],
])('a stream that %s is well', (_, right) => {
  expect(healthOf([status(right)], startedAt, now).reasons).toEqual([])
})

test('after a start there is time before silence and failure count', () => {
  const fresh = { succeededAt: now - 900 * hour, lastRecordAt: undefined, watchedSince: now }

  expect(healthOf([status(fresh)], now, now + 30 * minute).healthy).toBe(true)
})

function status(given: Partial<StreamStatus> = {}): StreamStatus {
  return {
    id: 'stream',
    everyMs: 5 * minute,
    state: 'waiting',
    failures: 0,
    reason: undefined,
    triedAt: now - minute,
    doneUntil: now - 2 * minute,
    succeededAt: now - minute,
    failingAfterMs: hour,
    silentAfterMs: 72 * hour,
    watchedSince: startedAt,
    lastRecordAt: now - hour,
    progressAt: undefined,
    storedAt: undefined,
    contents: 0,
    counts: { read: 0, stored: 0, duplicate: 0, rejected: 0 },
    ...given,
  }
}
