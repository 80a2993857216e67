import type { CaseReport } from '../answers.ts'
import type { ApplicationAnswer } from '../application-answers.ts'
import {
  applicationConsents,
  applicationMailboxes,
  applicationNote,
  applicationRequested,
} from '../application-words.ts'
import { applicationsTable } from '../applications-table.ts'
import { hasMarks } from '../tally.ts'
import { badges, counts, type Perhaps, spanColumns, values } from './columns.ts'
import { type Html, html, value } from './html.ts'
import { noProof, section, table } from './table.ts'

/** Which applications had access to mail: since when, what they did, and who let them in. */
export function applications(report: CaseReport): Html {
  const { rows, total } = report.answers.applications
  const nothing =
    total === 0 ? `No record in this evidence names an application that did something with mail. ${noProof}` : undefined
  const proves = html`A row is one application by its id, whatever addresses it came from: an application that was let in reads mail without
a password, from Microsoft’s or a hoster’s addresses, until the consent is revoked. <b>First</b> and <b>last</b> are of what it did. An application
that was let in and did nothing here may have read mail all the same, where reading is not recorded. Microsoft’s own are here only where they
did something with mail: everybody uses them.`
  return section({ id: 'applications', title: 'Applications with access to mail', proves, nothing }, () =>
    table({
      id: 'applications-by-mails',
      title: 'By mails read',
      about: `${rows.length < total ? `All are in ${report.tables[applicationsTable] ?? 'the table of applications'}. ` : ''}hoofprint mark --hostile application:ID says that one is the intruder’s. A mail in two mailboxes counts as two.`,
      columns: columnsOf(report),
      rows,
      total,
    }),
  )
}

function columnsOf({ answers }: CaseReport): Perhaps<ApplicationAnswer>[] {
  const { rows } = answers.applications
  return [
    { head: 'Application', kind: 'text', cell: nameOf },
    values('Id', 'text', ({ application }) => application),
    hasMarks(answers) && { head: 'Whose', kind: 'actor', cell: ({ actors }) => badges(actors) },
    values('Mailboxes', 'wide', applicationMailboxes),
    values('Consent (UTC)', 'text', applicationConsents),
    counts('Mails read', ({ mails }) => mails),
    counts('Folders copied', ({ folders }) => folders),
    counts('Sent', ({ sent }) => sent),
    ...spanColumns,
    rows.some((row) => applicationRequested(row) !== undefined) &&
      values('Microsoft Graph', 'text', applicationRequested),
    counts('Activities', ({ activities }) => activities),
  ]
}

function nameOf(answer: ApplicationAnswer): Html {
  const note = applicationNote(answer)
  return note === undefined ? value(answer.name) : html`${value(answer.name)} <span class="mark">${note}</span>`
}
