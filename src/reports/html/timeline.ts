import type { CategoryName } from '../../document.ts'
import type { Answers, CaseReport } from '../answers.ts'
import { background, categoryLabels, foreground } from './categories.ts'
import { type Buckets, bucketsOf, chart, stretchName } from './chart.ts'
import { type Column, counts, values } from './columns.ts'
import { type Html, html } from './html.ts'
import { table } from './table.ts'

/** Bars beyond which a bar is more than a day. */
const mostBars = 120

/** When which kind of thing was done: as bars, and as a table. */
export function timeline({ answers }: CaseReport): Html {
  const buckets = bucketsOf(
    Object.keys(answers.days).map((key) => key.slice(0, 10)),
    mostBars,
  )
  const timed = { buckets, counted: countsOf(answers, buckets) }
  const { counted } = timed
  const stretch = stretchName(buckets.days)
  const rows = buckets.labels
    .map((label, i) => ({ label, i }))
    .filter(({ i }) => names.some((name) => counted[name][i]))
  const columns: Column<{ label: string; i: number }>[] = [
    values(buckets.days === 1 ? 'Day' : 'Days', 'time', ({ label }) => label),
    ...names
      .filter((name) => hasAny(counted[name]))
      .map((name) => counts<{ i: number }>(categoryLabels[name], ({ i }) => counted[name][i] ?? 0)),
  ]
  return html`<section id="timeline" aria-labelledby="timeline-title">
<h2 id="timeline-title">Timeline</h2>
<p class="about">One bar a ${stretch}, UTC. Counted are activities, not what the figures above count of them: one of mail access may be of many mails, and
key strokes of a search and all that is recorded of one alert are several. Deliveries and what is no part of an answer are drawn apart, on a scale of their own.</p>
${rows.length === 0 ? undefined : [bars(foreground, timed, 300), bars(background, timed, 150)]}
${table({
  id: 'activities-by-day',
  title: `Activities, by ${stretch}`,
  columns,
  rows,
  total: rows.length,
  nothing: 'There are no activities in this evidence.',
})}
</section>
`
}

type Counted = Readonly<Record<CategoryName, number[]>>

interface Timed {
  readonly buckets: Buckets
  readonly counted: Counted
}

const names = [...foreground, ...background]

function countsOf({ days }: Answers, buckets: Buckets): Counted {
  const counted = Object.fromEntries(names.map((name) => [name, buckets.starts.map(() => 0)])) as Counted
  for (const [key, count] of Object.entries(days)) {
    const row = counted[names.find((name) => name === key.slice(11)) ?? 'other']
    const i = buckets.indexOf(key.slice(0, 10))
    row[i] = (row[i] ?? 0) + count
  }
  return counted
}

function bars(shown: readonly CategoryName[], { counted, buckets }: Timed, height: number): Html {
  const present = shown.filter((name) => hasAny(counted[name]))
  if (present.length === 0) return html``
  const series = present.map((key) => ({ key, label: categoryLabels[key], counts: counted[key] }))
  const label = `${present.map((key) => categoryLabels[key]).join(', ')} over time; the table below has the figures`
  return html`<p class="legend">
${series.map(({ key, label }) => html`<span>${swatch(key)} ${label}</span>\n`)}</p>
${chart({ buckets, series, label, height })}`
}

/** What never happened needs no column and no colour. */
function hasAny(counts: readonly number[]): boolean {
  return counts.some((count) => count > 0)
}

function swatch(key: CategoryName): Html {
  return html`<svg width="12" height="12" aria-hidden="true"><rect class="fill-${key}" width="12" height="12"/></svg>`
}
