import type { ReadsByAddress } from '../answers.ts'
import type { CaseReport } from '../case-report.ts'
import { type Column, counts, type ListedRow, mailColumns, times, values } from './columns.ts'
import { type Html, html } from './html.ts'
import { table } from './table.ts'

/** Which mails were read, from which address, and how sure that is. */
export function reads({ answers, tables }: CaseReport): Html {
  const nothing = 'No display of a mail is in this evidence. That is not proof that none was read.'
  return html`<section id="reads" aria-labelledby="reads-title">
<h2 id="reads-title">Mail read</h2>
<p><b>Proven</b>: the display and a logon carry the same session id. <b>Inferred</b>: no logon carries its session id, so
the nearest logon is taken that did not fail, in the 24 hours before, to the same mailbox, on a platform that can be the
same client's; when several addresses were logged on, that can be the wrong one. <b>Nobody</b>: there is no such logon.</p>
${table({
  id: 'reads-by-address',
  title: 'By address',
  about: 'Displays of the reading pane. A mail displayed from several addresses counts at each of them.',
  columns: addressColumns,
  rows: answers.readsByAddress,
  file: tables['read-activity-by-time'],
  nothing,
})}
${table({
  id: 'reads-by-item',
  title: 'By mail',
  columns: itemColumns,
  rows: answers.items.rows,
  total: answers.items.total,
  file: tables['read-activity-by-item'],
  nothing,
})}
</section>
`
}

const addressColumns: readonly Column<ReadsByAddress>[] = [
  values('Logon address', 'address', ({ ip }) => ip),
  counts('Displays', ({ displays }) => displays),
  counts('Mails', ({ items }) => items),
  counts('Proven', ({ proven }) => proven),
  counts('Inferred', ({ ip, displays, proven }) => (ip === null ? 0 : displays - proven)),
  counts('Nobody', ({ ip, displays, proven }) => (ip === null ? displays - proven : 0)),
]

const itemColumns: readonly Column<ListedRow>[] = [
  ...mailColumns,
  values('Displays', 'number', (row) => row['displays']),
  values('Proven', 'number', (row) => row['proven']),
  times('First', (row) => row['at']),
  times('Last', (row) => row['last']),
  values('Logon addresses', 'text', ({ ips }) => (typeof ips === 'string' ? ips.replaceAll(',', ', ') : ips)),
]
