import { dayMs, hourMs } from '../../time/time.ts'

const minuteMs = 60_000

/**
 * Sign-ins and message traces are logged with delay and change for a while, and pages say nothing of it: each span of time is read
 * soon after it ended, and again when it is this old. What is less than `leastMs` waits for more.
 */
export const passes = [
  { delayMs: 2 * minuteMs, leastMs: 1 },
  { delayMs: 2 * hourMs, leastMs: hourMs },
  { delayMs: dayMs, leastMs: hourMs },
] as const

/** A span of time, its borders among it. */
export interface Span {
  readonly from: string
  readonly to: string
}

/** Up to where each pass is done when reading begins `lookBackMs` ago: what is old already is read once. */
export function firstRead(now: number, lookBackMs: number): string[] {
  return passes.map(({ delayMs }, pass) => wholeSecond(now - (pass === 0 ? lookBackMs : delayMs)))
}

/** The next span of a pass that is done up to `done`; undefined when it is not time yet. */
export function nextSpan(pass: number, done: string, now: number, longestMs: number): Span | undefined {
  const { delayMs, leastMs } = passes[pass] as (typeof passes)[number]
  const from = Date.parse(done)
  const end = Math.floor((now - delayMs) / 1000) * 1000
  if (end - from < leastMs) return undefined
  return { from: wholeSecond(from), to: wholeSecond(Math.min(from + longestMs, end)) }
}

const shortestMs = 60_000

/** The first half of a span; undefined where that would be too short to be worth it. */
export function firstHalf({ from, to }: Span): Span | undefined {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  return end - start < 2 * shortestMs ? undefined : { from, to: wholeSecond((start + end) / 2) }
}

/** Times of the log have seven decimals; borders of spans have none, so that nothing is rounded across them. */
function wholeSecond(ms: number): string {
  return new Date(Math.floor(ms / 1000) * 1000).toISOString()
}
