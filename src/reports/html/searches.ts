import type { SearchesByAddress } from '../answers.ts'
import type { CaseReport } from '../case-report.ts'
import {
  atColumn,
  attributionColumn,
  type Column,
  counts,
  type ListedRow,
  mailboxColumn,
  operationColumn,
  platformColumn,
  sourceColumn,
  values,
} from './columns.ts'
import { type Html, html } from './html.ts'
import { noProof, section } from './section.ts'
import { table } from './table.ts'

/** What was searched for, and from where. */
export function searches(report: CaseReport): Html {
  const { answers, evidence, tables } = report
  const proves = html`A row proves that this was asked for: not what was found, nor that any of it was read. That there
is no row proves nothing: searches of a mailbox are audited only where it was told to (AuditOwner: SearchQueryInitiated).`
  return section(
    { id: 'searches', title: 'Searches', proves, nothing: nothingOf(report) },
    () =>
      html`${[
        table({
          id: 'searches-by-address',
          title: 'By address',
          columns: [...mailboxColumn<SearchesByAddress>(report), ...addressColumns],
          rows: answers.searchesByAddress,
          nothing: '',
        }),
        table({
          id: 'searches-by-time',
          title: 'By time',
          ...(answers.searches.rows.some(isTyped) && { about, subdued: { name: typedName, is: isTyped } }),
          columns: [atColumn, ...mailboxColumn<ListedRow>(report), ...searchColumns, sourceColumn(evidence)],
          rows: answers.searches.rows,
          total: answers.searches.total,
          file: tables['search-activity'],
          nothing: '',
        }),
      ]}`,
  )
}

const about = 'Outlook also records what had been typed so far, letter by letter.'
const typedName = 'searches typed letter by letter'

function nothingOf({ answers }: CaseReport): string | undefined {
  if (answers.searches.total > 0) return undefined
  const isAudit = answers.datasets.some(({ dataset }) => dataset === 'o365.audit')
  const hint = ' Searches of a mailbox are audited only where it was told to (AuditOwner: SearchQueryInitiated).'
  return `No search is in this evidence. ${noProof}${isAudit ? hint : ''}`
}

const addressColumns: readonly Column<SearchesByAddress>[] = [
  values('Address', 'address', ({ ip }) => ip),
  counts('Searches', ({ queries }) => queries),
  counts('Letter by letter', ({ typed }) => typed),
]

const searchColumns: readonly Column<ListedRow>[] = [
  values('Searched for', 'text', (row) => row['query']),
  attributionColumn,
  platformColumn,
  operationColumn,
]

/** SearchSuggestionDisplay or SearchSuggestionsDisplay: both spellings are met. */
function isTyped({ operation }: ListedRow): boolean {
  return typeof operation === 'string' && /^SearchSuggestions?Display$/.test(operation)
}
