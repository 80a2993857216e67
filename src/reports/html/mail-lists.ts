import type { CaseReport } from '../case-report.ts'
import {
  atColumn,
  attributionColumns,
  type Column,
  type ListedRow,
  mailColumns,
  operationColumn,
  platformColumn,
  sourceColumn,
  subject,
  values,
} from './columns.ts'
import { type Html, html } from './html.ts'
import { table } from './table.ts'

interface MailList {
  readonly id: 'attachments' | 'sent' | 'deleted'
  readonly title: string
  readonly about: string
  readonly table: string
  readonly columns: readonly Column<ListedRow>[]
}

const lists: readonly MailList[] = [
  {
    id: 'attachments',
    title: 'Attachments',
    about: 'One row an activity: a preview that begins and ends is two.',
    table: 'attachments-activity',
    columns: [...mailColumns, values('Action', 'narrow', (row) => row['action'])],
  },
  {
    id: 'sent',
    title: 'Sent mail',
    about: 'Also what was only begun: the operation tells a draft from what left the mailbox.',
    table: 'send-activity',
    columns: [
      { head: 'Subject', kind: 'text', cell: subject },
      values('Recipients', 'text', (row) => row['recipients']),
    ],
  },
  {
    id: 'deleted',
    title: 'Deleted mail',
    about: 'One row an activity, of mails or folders.',
    table: 'delete-activity',
    columns: mailColumns,
  },
]

/** What was done with attachments, sent and deleted: a section each. */
export function mailLists(report: CaseReport): Html {
  return html`${lists.map((list) => section(list, report))}`
}

function section(
  { id, title, about, table: name, columns }: MailList,
  { answers, evidence, tables }: CaseReport,
): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title}</h2>
${table({
  id: `${id}-by-time`,
  title: 'By time',
  about,
  columns: [atColumn, ...columns, ...attributionColumns, platformColumn, operationColumn, sourceColumn(evidence)],
  rows: answers[id].rows,
  total: answers[id].total,
  file: tables[name],
  nothing: 'Nothing of this kind is in this evidence. That is not proof that nothing of it happened.',
})}
</section>
`
}
