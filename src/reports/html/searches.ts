import type { Answers, CaseReport, SearchesByAddress } from '../answers.ts'
import { hasAudit } from '../coverage/absent.ts'
import { isTypedRow } from '../search-steps.ts'
import { countOf, number } from '../words.ts'
import {
  atColumn,
  attributionColumn,
  counts,
  type ListedRow,
  mailboxColumn,
  operationColumn,
  type Perhaps,
  platformColumn,
  sourceColumn,
  values,
  whoseColumn,
} from './columns.ts'
import { type Html, html, value } from './html.ts'
import { noProof, section, table } from './table.ts'

/** What was searched for, and from where. */
export function searches(report: CaseReport): Html {
  const { answers, evidence, tables } = report
  const hasTyped = answers.searches.rows.some((row) => Number(row['typed']) > 0 || isTypedRow(row))
  const proves = html`A row proves that this was asked for: not what was found, nor that any of it was read. That there
is no row proves nothing: searches of a mailbox are audited only where it was told to (AuditOwner: SearchQueryInitiated).`
  return section({ id: 'searches', title: 'Searches', proves, nothing: nothingOf(report) }, () => [
    table({
      id: 'searches-by-address',
      title: 'By address',
      columns: [whoseColumn(report), mailboxColumn(report), ...addressColumns(answers)],
      rows: answers.searchesByAddress,
    }),
    table({
      id: 'searches-by-time',
      title: 'By time',
      about: `${hasTyped ? aboutTyped : ''}Read within ten minutes: mails read by the same session, else from the same address in the same mailbox; after another search they count for both.`,
      columns: [
        atColumn,
        whoseColumn(report),
        mailboxColumn(report),
        ...searchColumns(hasTyped, answers.searches.rows.some(isThrough)),
        sourceColumn(
          evidence,
          answers.searches.rows.map(({ file }) => file),
        ),
      ],
      ...answers.searches,
      file: tables['search-activity'],
      ...(answers.searches.rows.some(isTypedRow) && {
        subdued: { name: 'texts typed and never searched for', is: isTypedRow },
      }),
    }),
  ])
}

function nothingOf({ answers }: CaseReport): string | undefined {
  if (answers.searches.total > 0) return undefined
  const hint = ' Searches of a mailbox are audited only where it was told to (AuditOwner: SearchQueryInitiated).'
  return `No search is in this evidence. ${noProof}${hasAudit(answers) ? hint : ''}`
}

const addressColumns = ({ searchTotals }: Answers): readonly Perhaps<SearchesByAddress>[] => [
  values('Address', 'address', ({ ip }) => ip),
  counts('Searches', ({ queries }) => queries),
  searchTotals.typed > 0 && counts('Key strokes', ({ typed }) => typed),
]

const aboutTyped =
  'Outlook also records what had been typed so far: key strokes that led to a search are counted with it, others stand by themselves. '

/** Whether it was a search through mailboxes or sites that it names, as administrators' tools make. */
const isThrough = (row: ListedRow) => typeof row['object'] === 'string'

/** Key strokes only where some were recorded: no log of today has them. */
function searchColumns(hasTyped: boolean, hasThrough: boolean): readonly Perhaps<ListedRow>[] {
  return [
    values('Searched for', 'text', (row) => row['query']),
    hasThrough && values('Through', 'text', (row) => row['object']),
    hasTyped && values('Key strokes', 'number', (row) => row['typed']),
    { head: 'Read within ten minutes', kind: 'wide', cell: followed },
    attributionColumn,
    platformColumn,
    operationColumn,
  ]
}

function followed({ read, subjects }: ListedRow): Html {
  if (typeof read !== 'number' || read === 0) return html`<span class="none">—</span>`
  const named = typeof subjects === 'string' ? (JSON.parse(subjects) as string[]) : []
  if (named.length === 0) return html`${countOf(read, 'mail')}, <span class="none">no subject known</span>`
  const more =
    read > named.length ? html` <span class="none">and ${number(read - named.length)} more</span>` : undefined
  return html`${countOf(read, 'mail')}${named.map((subject, i) => [i === 0 ? ': ' : ' · ', value(subject, 80)])}${more}`
}
