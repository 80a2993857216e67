import { scaleLinear, scaleUtc } from 'd3-scale'
import { number } from '../words.ts'
import { type Buckets, dayMs } from './buckets.ts'
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
  const sums = buckets.starts.map((_, i) => series.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0))
  const y = scaleLinear([0, Math.max(1, ...sums)], [height - under, 8]).nice(4)
  const { x, ticks } = timeAxis(buckets, left, width)
  const bars = buckets.starts.map((start, i) => {
    if (sums[i] === 0) return undefined
    const step = x(start + buckets.days) - x(start)
    const place = { x: x(start), width: Math.max(step - Math.min(2, step / 4), 0.5) }
    return bar(series, i, place, y, buckets.labels[i] ?? '')
  })
  const lines = y.ticks(4).filter(Number.isInteger)
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${lines.map((tick) => html`<line class="grid" x1="${left}" x2="${width}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${left - 8}" y="${y(tick) + 4}" text-anchor="end">${number(tick)}</text>`)}
${bars}
${ticks.map((tick) => html`<text x="${short(tick.at)}" y="${height - 6}" text-anchor="${tick.anchor}">${tick.text}</text>`)}
</svg>
`
}

/** Where days stand between two edges, and which of them are named. */
export function timeAxis({ starts, days }: Buckets, from: number, to: number) {
  const first = starts[0] ?? 0
  const end = (starts.at(-1) ?? 0) + days
  const scale = scaleUtc([first * dayMs, end * dayMs], [from, to])
  const ticks = scale
    .ticks(8)
    .filter((date) => date.getTime() % dayMs === 0)
    .map((date) => {
      const at = scale(date)
      const anchor = at < from + 40 ? 'start' : at > to - 40 ? 'end' : 'middle'
      return { at, anchor, text: date.toISOString().replace(/T.*/, '') }
    })
  return { x: (day: number) => scale(day * dayMs), ticks }
}

/** A coordinate in few digits. */
export function short(coordinate: number): string {
  return String(Math.round(coordinate * 100) / 100)
}

function bar(
  series: Stacks['series'],
  i: number,
  place: { readonly x: number; readonly width: number },
  y: (count: number) => number,
  name: string,
): Html {
  let below = 0
  const told: string[] = []
  const parts = series.map(({ key, label, counts }) => {
    const count = counts[i] ?? 0
    if (count === 0) return undefined
    told.push(`${label} ${number(count)}`)
    const top = y(below + count)
    const height = y(below) - top
    below += count
    return html`<rect class="fill-${key}" x="${short(place.x)}" y="${short(top)}" width="${short(place.width)}" height="${short(height)}"/>`
  })
  return html`<g><title>${name}: ${told.join(', ')}</title>${parts}</g>`
}
