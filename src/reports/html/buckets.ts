/** Equal stretches of days that cover a time, few enough to draw. */
export interface Buckets {
  /** How many days each has. */
  readonly days: number
  /** Their first days, as days since 1970. */
  readonly starts: readonly number[]
  /** `2018-06-20`, or `2018-06-18 to 2018-06-24`. */
  readonly labels: readonly string[]
  /** Which of them a day such as `2018-06-20` is in. */
  indexOf(day: string): number
}

export const dayMs = 86_400_000

/** A day, a week, then whatever keeps the number of stretches drawable, up to what a wrong clock can say. */
const sizes = [1, 7, 28, 91, 364, 3640, 36_400]

/** 1970-01-05 was a Monday: weeks begin there. */
const monday = 4

/** Divides the time from the first to the last of some days into at most `most` stretches. */
export function bucketsOf(days: readonly string[], most: number): Buckets {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const day of days) {
    const number = dayNumber(day)
    if (number < first) first = number
    if (number > last) last = number
  }
  const size = sizes.find((candidate) => last - first < candidate * (most - 1)) ?? (sizes.at(-1) as number)
  const align = (day: number) => (size === 1 ? day : Math.floor((day - monday) / size) * size + monday)
  const start = align(first)
  const length = days.length === 0 ? 0 : (align(last) - start) / size + 1
  const starts = Array.from({ length }, (_, i) => start + i * size)
  return {
    days: size,
    starts,
    labels: starts.map((day) => (size === 1 ? dayName(day) : `${dayName(day)} to ${dayName(day + size - 1)}`)),
    indexOf: (day) => (align(dayNumber(day)) - start) / size,
  }
}

/** How long a stretch is, in words. */
export function stretchName(days: number): string {
  if (days === 1) return 'day'
  return days === 7 ? 'week' : `${days} days`
}

function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs)
}

/** The day that is so many days after 1970 began. */
export function dayName(day: number): string {
  return new Date(day * dayMs).toISOString().replace(/T.*/, '')
}
