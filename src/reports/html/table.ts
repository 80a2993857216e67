import type { Answers } from '../answers.ts'
import { listedRows } from '../listed-rows.ts'
import { sum } from '../sum.ts'
import { hasMarks } from '../tally.ts'
import { number } from '../words.ts'
import type { Column, Perhaps } from './columns.ts'
import { type Html, html, type Part } from './html.ts'

/** One section of the page. */
export interface Section {
  readonly id: string
  readonly title: string
  /** What a row proves, and what it does not. */
  readonly proves?: string | Html
  /** Said in one line instead of all when there is nothing to show. */
  readonly nothing?: string | undefined
}

/** What absence means, everywhere. */
export const noProof = 'That is not proof that there was none.'

/** A heading and what stands under it; where there is nothing, one line. */
export function section({ id, title, proves, nothing }: Section, body: () => Part): Html {
  if (nothing !== undefined) {
    return html`<section id="${id}" class="empty" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2> <p class="nothing">${nothing}</p>
</section>
`
  }
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${proves === undefined ? undefined : html`<p class="proves">${proves}</p>`}
${body()}
</section>
`
}

/** A table and what is said around it. */
export interface Table<Row> {
  readonly id: string
  readonly title: string
  readonly about?: string | undefined
  readonly columns: readonly Perhaps<Row>[]
  readonly rows: readonly Row[]
  /** How many rows there would be if all were listed. Where it is not given, as many rows as there is room for may not be all. */
  readonly total?: number
  /** The file beside the report that has all of them. */
  readonly file?: string | undefined
  /** How its rows are told, where they are no activities. */
  readonly each?: string
  /** What is said instead of a table without rows; there is none where this says nothing. */
  readonly nothing?: string
  /** Rows that stand back: shown on demand, always printed. */
  readonly subdued?: { readonly name: string; readonly is: (row: Row) => boolean }
}

/** What a list holds that is too long. */
export function listedFirst(answers: Pick<Answers, 'actors'>, before?: string): string {
  const first = hasMarks(answers) ? 'What the marked intruder did, the' : 'The'
  return `${first} first in time of what people did${before === undefined ? '' : ` (${before} before all else)`}, and what Microsoft’s services did as far as there is room.`
}

/** More rows than a screen has room for: a browser need not lay them out before they come into sight. */
const longRows = 60

/** A table that can be read, sorted and searched; without script it is whole and plain. */
export function table<Row>(parts: Table<Row>): Html | undefined {
  const { id, title, about, nothing } = parts
  if (parts.rows.length === 0 && nothing === undefined) return undefined
  const rows = parts.rows.slice(0, listedRows)
  const isCounted = parts.total !== undefined || parts.rows.length !== listedRows
  const total = parts.total ?? parts.rows.length
  return html`<div class="block" id="${id}">
<h3 id="${id}-title">${title} <span class="total">${number(total)}${isCounted ? undefined : ' or more'}</span></h3>
${about === undefined || rows.length === 0 ? undefined : html`<p class="about">${about}</p>`}
${isCounted ? rest(rows.length, total, parts) : perhaps(rows.length, parts.file)}
${rows.length === 0 ? html`<p class="nothing">${nothing}</p>` : grid({ ...parts, rows })}
</div>
`
}

function rest(
  listed: number,
  total: number,
  { file, each = 'Activity by activity' }: Pick<Table<never>, 'file' | 'each'>,
): Html | undefined {
  if (file === undefined) {
    return listed < total ? html`<p class="rest">${number(listed)} of ${number(total)} are listed.</p>` : undefined
  }
  const link = html`<a href="${linkTo(file)}">${file}</a>`
  return listed < total
    ? html`<p class="rest">${number(listed)} of ${number(total)} are listed; all are in ${link}.</p>`
    : html`<p class="rest">${each}, with more columns: ${link}.</p>`
}

/** What is said where as many rows as there is room for may not be all. */
function perhaps(listed: number, file: string | undefined): Html {
  const where = file === undefined ? undefined : html`; all activities are in <a href="${linkTo(file)}">${file}</a>`
  return html`<p class="rest">The first ${number(listed)} are listed, and there may be more${where}.</p>`
}

/** A file beside the report: nothing in its name can make it anything else. */
function linkTo(file: string): string {
  return `./${file.toWellFormed().split('/').map(encodeURIComponent).join('/')}`
}

/** How many rows of a table stand on paper where nothing is chosen, beside the marked intruder's: as many as the style sheet leaves. */
const printedRows = 100

/** What is said on paper where rows are left out there. */
function cut(listed: number, file: string | undefined): Html | undefined {
  if (listed <= printedRows) return undefined
  const where = file === undefined ? 'the page itself' : file
  return html`<p class="printed cut">On paper stand the first ${number(printedRows)} rows and all of the marked intruder’s; what is chosen or searched for before printing is printed whole, and ${where} has the rest.</p>`
}

function grid<Row>({ id, columns: all, rows, subdued, file }: Table<Row>): Html {
  const columns = all.filter((column) => column !== false)
  const classes = columns.map(({ kind }) => (kind === 'number' ? html`<td class="number">` : html`<td>`))
  const lines = rows.map((row) => {
    const start = subdued?.is(row) ? html`<tr class="subdued">` : html`<tr>`
    return [start, columns.map(({ cell }, i) => [classes[i], cell(row), html`</td>`]), html`</tr>\n`]
  })
  const name = html`aria-labelledby="${id}-title"`
  const hides = subdued === undefined ? undefined : html` data-subdued="${subdued.name}"`
  return html`${cut(rows.length, file)}<div class="scroll${rows.length > longRows ? ' long' : undefined}" tabindex="0" role="region" ${name}>
<table${hides} ${name}>
<colgroup>${columns.map(({ kind }) => html`<col class="${kind}" width="${onPaper(kind, columns)}%">`)}</colgroup>
<thead><tr>${columns.map(({ head, kind }) => html`<th scope="col" class="${kind}">${head}</th>`)}</tr></thead>
<tbody>
${lines}</tbody>
</table>
</div>`
}

/** How much room a kind of column takes beside others on a page, which cannot be scrolled. */
const weights: Readonly<Record<Column<never>['kind'], number>> = {
  ...{ text: 13, wide: 29, mailbox: 14, address: 11, time: 12.4 },
  ...{ short: 9, number: 7, actor: 6.6, narrow: 6 },
}

/** A column's share of the width of a printed page, in percent: where many stand, each gets less, and none gets nothing. */
function onPaper(kind: Column<never>['kind'], columns: readonly { readonly kind: Column<never>['kind'] }[]): string {
  const all = sum(columns, (column) => weights[column.kind])
  return ((100 * weights[kind]) / all).toFixed(2)
}
