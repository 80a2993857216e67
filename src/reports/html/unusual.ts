import { dayMs } from '../../time/time.ts'
import type { CaseReport } from '../answers.ts'
import { listedValues } from '../listed-rows.ts'
import { noveltyText } from '../novelty.ts'
import type { SessionAnswer } from '../session-answers.ts'
import type { SignInFact } from '../sign-in-facts.ts'
import type { Travel } from '../travel.ts'
import { few, number } from '../words.ts'
import {
  type Column,
  counts,
  type ListedRow,
  type Perhaps,
  sourceColumn,
  spanColumns,
  times,
  values,
  whoseColumn,
} from './columns.ts'
import { type Html, html, value } from './html.ts'
import { section, table } from './table.ts'

/** What was new, shared or impossible: facts to begin with, not findings. */
export function unusual(report: CaseReport): Html {
  const { novelties, travels, sessionsFromSeveral, signInFacts } = report.answers
  const isNothing = novelties.total + travels.length + sessionsFromSeveral.total + signInFacts.length === 0
  const nothing = isNothing
    ? 'Nobody was stopped after the first factor for good or came by a device code, nothing was new, no session had two addresses, and nobody travelled too fast.'
    : undefined
  const proves = html`A row is a fact with its record, and no verdict: owners buy phones, travel and change networks too. First means first
in this evidence, of what the mailbox’s own user did and did not fail at.`
  return section({ id: 'unusual', title: 'Where to look first', proves, nothing }, () => [
    ...signInTables.map((one) => signIns(report, one)),
    table({
      id: 'first-seen',
      title: 'First use of an address, network, country or client',
      about:
        'Without the first day on which the evidence shows the mailbox’s own user, when everything is new; a mailbox that first appears a week after its log begins is there with its first use.',
      columns: noveltyColumns(report),
      ...novelties,
      nothing: 'Nothing was new after the first day.',
    }),
    table({
      id: 'shared-sessions',
      title: 'Sessions used from more than one address',
      about: 'A stolen session does this, and so does a phone that changes its network.',
      columns: sharedColumns,
      ...sessionsFromSeveral,
      nothing: 'No session was used from more than one address, or network of IPv6.',
    }),
    table({
      id: 'travels',
      title: 'Too fast to have been travelled',
      about:
        'Between two records of one user, with 150 km of doubt at each end and without networks of phones and of Microsoft. Proxies do this too.',
      columns: travelColumns(report),
      rows: travels,
    }),
  ])
}

const signInTables = [
  {
    kind: 'first factor',
    id: 'first-factor',
    title: 'Stopped only after the first factor, and never in',
    about:
      'Whoever this was had the password, or what stands for it, as a federated sign-in, a token or a session does; what came after it stopped him, such as a second factor or a policy. Where a logon of the user from the same address succeeded, it is not here but among the logons.',
    head: 'Stopped',
    isStopped: true,
  },
  {
    kind: 'device code',
    id: 'device-codes',
    title: 'Signed in by a code entered on another device',
    about:
      'What was shown a code has the token, whoever entered it: so tokens are phished. Kiosks, meeting rooms and command lines do this too. Later sign-ins with such a token count too.',
    head: 'Sign-ins',
    isStopped: false,
  },
] as const

function signIns(
  report: CaseReport,
  { kind, id, title, about, head, isStopped }: (typeof signInTables)[number],
): Html | undefined {
  const rows = report.answers.signInFacts.filter((fact) => fact.kind === kind)
  const columns: Perhaps<SignInFact>[] = [
    values('User', 'text', ({ user }) => user),
    values('Address', 'address', ({ ip }) => ip),
    whoseColumn(report),
    counts(head, ({ times }) => times),
    isStopped && counts('Password right', ({ password }) => password),
    isStopped && counts('By a token or session', ({ token }) => token),
    !isStopped && counts('Succeeded', ({ succeeded }) => succeeded),
    ...spanColumns,
  ]
  return table({ id, title, about, columns, rows, file: report.tables['logon-activity'] })
}

function noveltyColumns(report: CaseReport): Perhaps<ListedRow>[] {
  return [
    times('Time', (row) => row['at']),
    whoseColumn(report),
    values('Mailbox', 'mailbox', (row) => row['mailbox']),
    values('New', 'short', (row) => noveltyText(String(row['kinds']))),
    values('Address', 'address', (row) => row['ip']),
    report.answers.novelties.rows.some(({ country }) => country !== null) &&
      values('Country', 'narrow', (row) => row['country']),
    values('Client', 'text', (row) => row['agent']),
    values('Operation', 'short', (row) => row['operation']),
    values('Days known', 'number', ({ at, since }) => daysBetween(since, at)),
    sourceColumn(
      report.evidence,
      report.answers.novelties.rows.map(({ file }) => file),
    ),
  ]
}

/** How long the evidence shows the mailbox's user before: the longer, the more "new" says. */
function daysBetween(since: ListedRow[string] | undefined, at: ListedRow[string] | undefined): number {
  return Math.floor((Date.parse(String(at)) - Date.parse(String(since))) / dayMs)
}

const sharedColumns: readonly Column<SessionAnswer>[] = [
  ...spanColumns,
  values('User', 'text', ({ users }) => few(users, listedValues)),
  values('Addresses', 'text', ({ addresses }) => few(addresses, listedValues)),
  values('Countries', 'narrow', ({ countries }) => countries.join(', ')),
  counts('Records', ({ records }) => records),
  values('Session', 'text', ({ session }) => session),
]

function travelColumns({ answers, evidence }: CaseReport): Column<Travel>[] {
  const place = ({ ip, city, country }: Travel['from']) =>
    html`${value(ip)} ${[city, country].filter((one) => one !== null).join(', ')}`
  const source = sourceColumn(
    evidence,
    answers.travels.flatMap(({ from, to }) => [from.file, to.file]),
  )
  return [
    values('User', 'text', ({ user }) => user),
    times('Last there', ({ from }) => from.at),
    { head: 'There', kind: 'text', cell: ({ from }) => place(from) },
    times('First here', ({ to }) => to.at),
    { head: 'Here', kind: 'text', cell: ({ to }) => place(to) },
    values('Kilometres', 'number', ({ kilometres }) => number(kilometres)),
    values('Minutes', 'number', ({ minutes }) => number(minutes)),
    {
      head: 'Evidence',
      kind: 'short',
      cell: ({ from, to }) => html`${source.cell({ ...from })}; ${source.cell({ ...to })}`,
    },
  ]
}
