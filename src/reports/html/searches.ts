import type { Answers } from '../answers.ts'
import type { CaseReport } from '../case-report.ts'
import {
  atColumn,
  attributionColumns,
  type Column,
  counts,
  type ListedRow,
  operationColumn,
  platformColumn,
  sourceColumn,
  values,
} from './columns.ts'
import { type Html, html } from './html.ts'
import { table } from './table.ts'

/** What was searched for, and from where. */
export function searches({ answers, evidence, tables }: CaseReport): Html {
  const nothing = 'No search is in this evidence. That is not proof that there was none.'
  return html`<section id="searches" aria-labelledby="searches-title">
<h2 id="searches-title">Searches</h2>
${table({
  id: 'searches-by-address',
  title: 'By address',
  columns: addressColumns,
  rows: answers.searchesByAddress,
  nothing,
})}
${table({
  id: 'searches-by-time',
  title: 'By time',
  about: 'Outlook also records what had been typed so far, letter by letter.',
  columns: [...searchColumns, sourceColumn(evidence)],
  rows: answers.searches.rows,
  total: answers.searches.total,
  file: tables['search-activity'],
  subdued: { name: 'searches typed letter by letter', is: isTyped },
  nothing,
})}
</section>
`
}

const addressColumns: readonly Column<Answers['searchesByAddress'][number]>[] = [
  values('Logon address', 'address', ({ ip }) => ip),
  counts('Searches with results', ({ queries }) => queries),
  counts('Letter by letter', ({ typed }) => typed),
]

const searchColumns: readonly Column<ListedRow>[] = [
  atColumn,
  values('Searched for', 'text', (row) => row['query']),
  ...attributionColumns,
  platformColumn,
  operationColumn,
]

/** SearchSuggestionDisplay or SearchSuggestionsDisplay: both spellings are met. */
function isTyped({ operation }: ListedRow): boolean {
  return typeof operation === 'string' && /^SearchSuggestions?Display$/.test(operation)
}
