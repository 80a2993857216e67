import { dayName } from '../../time/time.ts'
import type { Answers } from '../answers.ts'
import type { DayCount } from '../completeness.ts'
import { datasetLabel } from '../datasets.ts'
import { countOf, number } from '../words.ts'
import { type Buckets, bucketsOf, short, stretchName, timeAxis } from './chart.ts'
import { type Html, html, value } from './html.ts'

const width = 1100
const height = 26
const mostStretches = 400
/** Shades, from little to much; by the square root, because one busy day must not hide the quiet ones. */
const shades = 4

/** One strip for each mailbox and dataset: when something was recorded, when nothing. */
export function heatStrips({ activeDays, datasets }: Pick<Answers, 'activeDays' | 'datasets'>): Html | undefined {
  const { rows, total } = activeDays
  if (rows.length === 0) return undefined
  const buckets = bucketsOf(
    rows.map(({ day }) => dayName(day)),
    mostStretches,
  )
  const isOne = datasets.length === 1
  const own = Map.groupBy(rows, ({ mailbox, dataset }) =>
    isOne ? mailbox || 'no mailbox' : `${mailbox || 'no mailbox'}: ${datasetLabel(dataset)}`,
  )
  const strips = [...own].map(([name, days]) => ({ name, counts: countsOf(days, buckets) }))
  const max = Math.max(...strips.flatMap(({ counts }) => counts))
  return html`<div class="block" id="activity-by-day">
<h3>What was recorded when</h3>
<p class="about">One column a ${stretchName(buckets.days)}, darker for more activities.
Hatched: nothing at all was recorded, which may mean no use, or missing evidence.
${total > strips.length ? `The ${strips.length} with the most records of ${number(total)}, services only where there is room.` : undefined}</p>
${legend(max)}
${pattern()}
${strips.map((strip) => stripOf(strip, buckets, max))}
${axis(buckets)}
</div>
`
}

interface Strip {
  readonly name: string
  readonly counts: readonly number[]
}

function countsOf(days: readonly DayCount[], buckets: Buckets): number[] {
  const counts = buckets.starts.map(() => 0)
  for (const { day, count } of days) {
    const i = buckets.indexOf(dayName(day))
    counts[i] = (counts[i] ?? 0) + count
  }
  return counts
}

function stripOf({ name, counts }: Strip, buckets: Buckets, max: number): Html {
  const empty = counts.filter((count) => count === 0).length
  const said = `nothing on ${number(empty)} of ${countOf(counts.length, ...stretchNames(buckets))}`
  const step = width / counts.length
  const rects = runs(counts).map(({ from, to, count }) => {
    const names = from === to ? buckets.labels[from] : `${buckets.labels[from]} to ${buckets.labels[to]}`
    const told = count === 0 ? 'nothing' : countOf(count, 'activity', 'activities')
    const place = html`x="${short(from * step)}" width="${short((to - from + 1) * step)}" height="${height}"`
    return html`<rect class="shade-${shade(count, max)}" ${place}><title>${names}: ${told}</title></rect>`
  })
  return html`<p class="strip-name">${value(name)} <span class="more">${said}</span></p>
<svg class="strip" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${said}">
${rects}
</svg>
`
}

function stretchNames({ days }: Buckets): [string, string] {
  return days === 1 ? ['day', 'days'] : ['stretch', 'stretches']
}

/** Each stretch by itself, but empty ones that follow each other as one. */
function runs(counts: readonly number[]): { from: number; to: number; count: number }[] {
  const found: { from: number; to: number; count: number }[] = []
  for (const [i, count] of counts.entries()) {
    const last = found.at(-1)
    if (last !== undefined && last.count === 0 && count === 0) last.to = i
    else found.push({ from: i, to: i, count })
  }
  return found
}

function shade(count: number, max: number): number {
  return count === 0 ? 0 : Math.ceil(shades * Math.sqrt(count / max))
}

function legend(max: number): Html {
  const keys = Array.from({ length: shades }, (_, i) => {
    return html`<rect class="shade-${i + 1}" x="${i * 18}" width="18" height="14"/>`
  })
  return html`<p class="legend">
<span><svg width="18" height="14" aria-hidden="true"><rect class="shade-0" width="18" height="14"/></svg> nothing</span>
<span>1 <svg width="${18 * shades}" height="14" aria-hidden="true">${keys}</svg> ${number(max)}</span>
</p>`
}

function pattern(): Html {
  return html`<svg class="defs" width="0" height="0" aria-hidden="true"><defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2" height="6"/>
</pattern>
</defs></svg>`
}

function axis(buckets: Buckets): Html {
  const { ticks } = timeAxis(buckets, 0, width)
  return html`<svg class="axis" viewBox="0 0 ${width} 18" aria-hidden="true">
${ticks.map(({ at, text }) => html`<text x="${short(at)}" y="14" text-anchor="middle">${text}</text>`)}
</svg>
`
}
