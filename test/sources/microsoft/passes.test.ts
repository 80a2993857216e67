import { expect, test } from '@jest/globals'
import { nextSpan } from '#src/sources/microsoft/passes.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const done = '2026-03-10T00:00:00.000Z'
const now = (sinceMs: number) => Date.parse(done) + 2 * hourMs + sinceMs

test('a later pass waits for an hour, and reads it in spans as short as the service needs', () => {
  expect(nextSpan(1, done, now(hourMs - 1000), minuteMs)).toBeUndefined()
  expect(nextSpan(1, done, now(hourMs), minuteMs)).toEqual({ from: done, to: '2026-03-10T00:01:00.000Z' })
})
