import { z } from 'zod'
import { dayMs } from '../../time/time.ts'
import { Time } from '../microsoft/cursors.ts'

const Span = z.strictObject({ from: Time, to: Time })
export type Span = z.output<typeof Span>

/** A search that is under way. */
const Search = Span.extend({
  /** Its display name: by it a search is found again whose submission was answered to nobody. */
  name: z.string().min(1).max(300),
  id: z.string().min(1).max(300).optional(),
  /** When it was asked for: what an earlier version asked for does not say. */
  askedAt: Time.optional(),
  /** How often the service failed at it. */
  failures: z.int().min(0),
  /** How often in a row the same page of its results could not be had. */
  stumbles: z.int().min(0).default(0),
  /** How many records each reading of its results found. */
  counts: z.array(z.int().min(0)).max(3),
  /** The page that is read next, where it is, and how many records those before it had. */
  page: z.int().min(1),
  url: z.url().optional(),
  records: z.int().min(0),
})
export type Search = z.output<typeof Search>

/** What may not have been complete when it was searched, and from when on it is searched again. */
const Late = Span.extend({ at: Time, isBegun: z.boolean() })
export type Late = z.output<typeof Late>

export const maxLeft = 1000

export const Cursor = z.strictObject({
  /** What is not searched yet. */
  todo: z.array(Span).max(10_000),
  search: Search.optional(),
  late: Late.optional(),
  /** What a search could not give, and from when on it is searched once more. */
  left: z
    .array(Span.extend({ at: Time }))
    .max(maxLeft)
    .optional(),
})
export type Cursor = z.output<typeof Cursor>

/** The span in pieces of at most `days`, earliest first. */
export function spansOf(from: number, to: number, days: number): Span[] {
  const longestMs = days * dayMs
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / longestMs)) }, (_, i) => {
    const start = from + i * longestMs
    return { from: iso(start), to: iso(Math.min(to, start + longestMs)) }
  })
}

/**
 * Microsoft promises no time after which records are found: 80 of 100 were after an hour, 95 after a day, 99.8 after two (microsoft/coe-starter-kit#9190), a
 * Set-InboxRule after 53 hours (MicrosoftDocs/microsoft-365-docs#1258). The rest is not waited for: a week is long.
 */
export const latenessMs = 3 * dayMs

/** What of a span is searched too early to be complete; undefined where nothing is. */
export function lateOf({ from, to }: Span, now: number): Late | undefined {
  const until = Date.parse(to)
  const begin = Math.max(Date.parse(from), now - latenessMs)
  return begin < until ? { from: iso(begin), to, at: iso(until + latenessMs), isBegun: false } : undefined
}

const shortestMs = 120_000

/** Both halves; undefined when the span is too short to be worth it. */
export function halvesOf({ from, to }: Span): [Span, Span] | undefined {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  if (end - start < shortestMs) return undefined
  const middle = iso(Math.floor((start + end) / 2000) * 1000)
  return [
    { from, to: middle },
    { from: middle, to },
  ]
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
