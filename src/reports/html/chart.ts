import { scaleLinear, scaleUtc } from 'd3-scale'
import { dayMs, dayName } from '../../time/time.ts'
import { sum } from '../sum.ts'
import { number } from '../words.ts'
import { type Html, html } from './html.ts'

/** What is drawn: how much of each series in each stretch of time. */
export interface Stacks {
  readonly buckets: Buckets
  /** Class of the colour, name, and one count for each stretch. */
  readonly series: readonly { readonly key: string; readonly label: string; readonly counts: readonly number[] }[]
  readonly label: string
  readonly height: number
}

const width = 1100
const left = 56
const under = 24

/** Stacked bars over time; each tells its figures when pointed at. */
export function chart({ buckets, series, label, height }: Stacks): Html {
  const sums = buckets.starts.map((_, i) => sum(series, ({ counts }) => counts[i] ?? 0))
  const y = scaleLinear([0, Math.max(1, ...sums)], [height - under, 8]).nice(4)
  const { x, ticks } = timeAxis(buckets, left, width)
  const bars = buckets.starts.map((start, i) => {
    if (sums[i] === 0) return undefined
    const step = x(start + buckets.days) - x(start)
    const told = series
      .filter(({ counts }) => counts[i])
      .map(({ label, counts }) => `${label} ${number(counts[i] ?? 0)}`)
    const place = { x: short(x(start)), width: short(Math.max(step - Math.min(2, step / 4), 0.5)), y }
    return html`<g><title>${buckets.labels[i]}: ${told.join(', ')}</title>${bar(series, i, place)}</g>`
  })
  const lines = y.ticks(4).filter(Number.isInteger)
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${lines.map((tick) => [
  html`<line class="grid" x1="${left}" x2="${width}" y1="${short(y(tick))}" y2="${short(y(tick))}"/>`,
  html`<text x="${left - 8}" y="${short(y(tick) + 4)}" text-anchor="end">${number(tick)}</text>`,
])}
${bars}
${ticks.map((tick) => html`<text x="${short(tick.at)}" y="${height - 6}" text-anchor="middle">${tick.text}</text>`)}
</svg>
`
}

/** Where days stand between two edges, and which of them are named. */
export function timeAxis({ starts, days }: Buckets, from: number, to: number) {
  const first = starts[0] ?? 0
  const end = (starts.at(-1) ?? 0) + days
  const isInside = (at: number) => at > from + 40 && at < to - 40
  const scale = scaleUtc([first * dayMs, end * dayMs], [from, to])
  const named = scale.ticks(8).filter((date) => date.getTime() % dayMs === 0 && isInside(scale(date)))
  const ticks = named.map((date) => ({ at: scale(date), text: date.toISOString().replace(/T.*/, '') }))
  return { x: (day: number) => scale(day * dayMs), ticks }
}

/** A coordinate in few digits. */
export function short(coordinate: number): string {
  return String(Math.round(coordinate * 100) / 100)
}

/** Where a bar stands; `y` is the height of a count. */
interface Place {
  readonly x: string
  readonly width: string
  readonly y: (count: number) => number
}

function bar(series: Stacks['series'], i: number, { x, width, y }: Place): Html[] {
  const parts: Html[] = []
  let below = 0
  for (const { key, counts } of series) {
    const count = counts[i] ?? 0
    const top = y(below + count)
    const height = short(y(below) - top)
    if (count > 0)
      parts.push(html`<rect class="fill-${key}" x="${x}" y="${short(top)}" width="${width}" height="${height}"/>`)
    below += count
  }
  return parts
}

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
