import type { RejectedRow, SkippedFile } from '../../evidence.ts'
import type { CaseReport, ReportedEvidence } from '../answers.ts'
import type { DatasetAnswer } from '../completeness.ts'
import type { CoverageFact } from '../coverage/check.ts'
import { isWhole } from '../coverage/files.ts'
import { coverageFacts } from '../coverage.ts'
import { datasetLabel } from '../datasets.ts'
import { listedRows } from '../listed-rows.ts'
import { sum } from '../sum.ts'
import { countOf, number } from '../words.ts'
import { type Column, counts, times, values } from './columns.ts'
import { heatStrips } from './heat-strips.ts'
import { type Html, html, value } from './html.ts'
import { table } from './table.ts'

const severityNames = { gap: 'Gap', warning: 'Caution', info: 'Note' } as const

/** How complete the evidence is: stands before the findings, because it limits them. */
export function evidence(report: CaseReport): Html {
  const { answers, rejects, skipped, tables } = report
  const unknown = Object.entries(answers.unknownOperations).toSorted(([, a], [, b]) => b - a)
  return html`<section id="evidence" aria-labelledby="evidence-title">
<h2 id="evidence-title">How complete the evidence is</h2>
<ul class="coverage">
${[...Map.groupBy(coverageFacts(report), ({ kind }) => kind).values()].map(factItems)}</ul>
${table({
  id: 'evidence-files',
  title: 'Evidence files',
  about: sums(report.evidence),
  columns: fileColumns,
  rows: report.evidence.slice(0, listedRows).map((file, i) => ({ ...file, number: i + 1 })),
  total: report.evidence.length,
  nothing: 'No evidence file was read.',
})}
${table({
  id: 'datasets',
  title: 'Kinds of records',
  columns: datasetColumns,
  rows: answers.datasets,
  nothing: 'There are no records.',
})}
${heatStrips(answers)}
${table({
  id: 'rejects',
  title: 'Set aside: could not be understood',
  about: 'None of these is in any count. The original is shown as it was read, cut where it is long.',
  columns: rejectColumns,
  ...rejects,
  nothing: 'Everything that was read was understood.',
})}
${table({
  id: 'skipped',
  title: 'Left out: no export that is known',
  about: 'These files stood among the evidence. Nothing of them is in any count.',
  columns: skippedColumns,
  ...skipped,
  nothing: 'All files were exports that are known.',
})}
${table({
  id: 'unknown-operations',
  title: 'Unknown operations',
  about: 'Kept and counted as "other". What they mean has to be judged by hand.',
  columns: unknownColumns,
  rows: unknown,
  total: unknown.length,
  file: unknown.length === 0 ? undefined : tables['other-activity'],
  nothing: 'Every operation in the evidence is known.',
})}
${databaseNotes(report)}</section>
`
}

function databaseNotes({ databases = [] }: CaseReport): Html {
  if (databases.length === 0) return html``
  const told = databases.map(({ name, tells, date, licence, attribution }) => {
    const terms = [attribution, licence].filter((text) => text !== undefined).join(', ')
    return html`<li>${`${tells}: ${name} of ${date}`}${terms === '' ? '' : ` (${terms})`}</li>`
  })
  return html`<div class="block"><h3>Where addresses are</h3>
<ul>${told}</ul></div>
`
}

/** Facts of one kind that stand one below the other; the rest of more opens below the last of them. */
const shown = 3

function factItems(facts: readonly CoverageFact[]): Html {
  const rest = facts.slice(shown)
  const last = facts[shown - 1]
  if (last === undefined || rest.length < 2) return html`${facts.map((fact) => factItem(fact))}`
  const more = html`<details><summary>${number(rest.length)} more like this</summary>
<ul>${rest.map(({ text }) => html`<li>${value(text, longFact)}</li>\n`)}</ul></details>`
  return html`${facts.slice(0, shown - 1).map((fact) => factItem(fact))}${factItem(last, more)}`
}

function factItem({ severity, text }: CoverageFact, more?: Html): Html {
  return html`<li class="${severity}"><b>${severityNames[severity]}</b> <div>${value(text, longFact)}${more}</div></li>
`
}

const datasetColumns: readonly Column<DatasetAnswer>[] = [
  values('Records', 'text', ({ dataset }) => datasetLabel(dataset)),
  counts('Activities', ({ count }) => count),
  times('First hour', ({ first }) => new Date(first).toISOString()),
  times('Last hour', ({ last }) => new Date(last).toISOString()),
]

const fileColumns: readonly Column<ReportedEvidence & { readonly number: number }>[] = [
  values('No.', 'narrow', (file) => file.number),
  values('File', 'wide', ({ path }) => path),
  values('Shape', 'short', ({ shape }) => shape),
  counts('Rows', ({ counts: { read } }) => read),
  counts('Stored', ({ counts: { stored } }) => stored),
  counts('Duplicate', ({ counts: { duplicate } }) => duplicate),
  counts('Rejected', ({ counts: { rejected } }) => rejected),
  {
    head: 'Read to the end',
    kind: 'short',
    cell: (file) => (isWhole(file) ? html`yes` : html`<strong class="bad">no</strong>`),
  },
  counts('Bytes', ({ size }) => size),
  times('Read', ({ imported }) => imported),
  values('SHA-256', 'wide', ({ sha256 }) => sha256),
]

const rejectColumns: readonly Column<Omit<RejectedRow, 'stream'>>[] = [
  values('File', 'short', ({ path }) => path),
  values('Row', 'number', ({ row }) => row),
  values('Reason', 'text', ({ reason }) => reason),
  {
    head: 'Original',
    kind: 'text',
    cell: ({ original }) => html`<code>${value(decoded(original), longOriginal)}</code>`,
  },
]

const skippedColumns: readonly Column<SkippedFile>[] = [
  values('File', 'text', ({ path }) => path),
  values('Reason', 'text', ({ reason }) => reason),
]

const unknownColumns: readonly Column<[string, number]>[] = [
  values('Operation', 'text', ([operation]) => operation),
  counts('Activities', ([, count]) => count),
]

const longOriginal = 1500
/** Paths and mailboxes stand in facts, and a fact cut short could say the opposite. */
const longFact = 10_000

/** The beginning as text; it need not be UTF-8, nor text at all. */
function decoded(original: Uint8Array | undefined): string | undefined {
  return original === undefined ? undefined : new TextDecoder().decode(original.subarray(0, 4096))
}

function sums(files: readonly ReportedEvidence[]): string {
  const all = (name: keyof ReportedEvidence['counts']) => sum(files, ({ counts }) => counts[name])
  const read = `${countOf(all('read'), 'row')} read in ${countOf(files.length, 'file')}`
  const fates = (['stored', 'duplicate', 'rejected'] as const).map((name) => `${number(all(name))} ${name}`)
  return `${read} = ${fates.join(' + ')}. Duplicate: already known from another row.`
}
