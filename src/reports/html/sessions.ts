import type { CaseReport } from '../answers.ts'
import { datasetLabels } from '../datasets.ts'
import { listedValues } from '../listed-rows.ts'
import { doneText, type SessionAnswer } from '../session-answers.ts'
import { hasMarks } from '../tally.ts'
import { few, number } from '../words.ts'
import { categoryLabels } from './categories.ts'
import { badge, badges, type Column, counts, type Perhaps, spanColumns, values } from './columns.ts'
import { type Html, html, value } from './html.ts'
import { noProof, section, table } from './table.ts'

/** Every session: whose, from where, when, and what was done in it. */
export function sessions(report: CaseReport): Html {
  const { rows, total } = report.answers.sessions
  const nothing = total === 0 ? `No record in this evidence names a session. ${noProof}` : undefined
  const proves = html`A row is one session, whatever its records call it: they name it themselves, name a token that was issued in
it, or are the sign-in of one that does. Activities of which no record proves the session are not here.`
  return section({ id: 'sessions', title: 'Sessions', proves, nothing }, () =>
    table({
      id: 'sessions-by-start',
      title: 'By start',
      about: `${rows.length < total ? 'hoofprint sessions lists all of them. ' : ''}hoofprint mark --hostile SESSION says that one is the intruder’s.`,
      columns: columnsOf(report),
      rows,
      total,
    }),
  )
}

function columnsOf({ answers }: CaseReport): Perhaps<SessionAnswer>[] {
  const whose: Column<SessionAnswer> = {
    head: 'Whose',
    kind: 'actor',
    cell: ({ actors, inferred }) =>
      html`${whoseOf(actors)}${inferred > 0 ? ` ${number(inferred)} only inferred` : undefined}`,
  }
  return [
    ...spanColumns,
    hasMarks(answers) && whose,
    values('User', 'text', ({ users }) => few(users, listedValues)),
    { head: 'Addresses', kind: 'address', cell: ({ addresses }) => several(addresses) },
    answers.sessions.rows.some(({ countries }) => countries.length > 0) &&
      values('Countries', 'narrow', ({ countries }) => countries.join(', ')),
    values('Clients', 'text', ({ agents }) => few(agents, listedValues, ' · ')),
    values('Applications', 'text', ({ applications }) => few(applications, listedValues)),
    counts('Records', ({ records }) => records),
    values('What', 'text', (session) => doneText(session, categoryLabels)),
    values('Recorded in', 'short', ({ datasets }) => datasetLabels(datasets.join(','))),
    values('Session', 'text', ({ session }) => session),
  ]
}

/** Of both means that one of them used the other's session. */
function whoseOf(actors: SessionAnswer['actors']): Html {
  return Object.keys(actors).length < 2 ? badges(actors) : html`${badge('conflict')} ${badges(actors)}`
}

function several(addresses: readonly string[]): Html {
  const shown = addresses.slice(0, listedValues)
  const more = addresses.length - shown.length
  return html`${shown.map((address, i) => [i === 0 ? '' : html`<br>`, value(address)])}${more > 0 ? html`<br>… and ${number(more)} more` : undefined}`
}
