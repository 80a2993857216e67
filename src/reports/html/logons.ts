import type { CaseReport, LogonAddress, LogonAnswer, LogonFailure, Outcomes } from '../answers.ts'
import { waysInOf } from '../sign-in-facts.ts'
import {
  type Column,
  counts,
  datasetColumn,
  mailboxColumn,
  type Perhaps,
  spanColumns,
  values,
  whoseColumn,
} from './columns.ts'
import { type Html, html } from './html.ts'
import { noProof, section, table } from './table.ts'

/** From where they logged on: by address, by mailbox, address and client, and why logons failed. */
export function logons(report: CaseReport): Html {
  const { answers, tables } = report
  const { succeeded, failed, unknown, pairs } = answers.logonTotals
  const nothing = succeeded + failed + unknown === 0 ? `No logon is in this evidence. ${noProof}` : undefined
  const proves = html`A logon that succeeded proves that somebody who had the password, or a token, logged on from this address; one that
failed, that somebody tried to, with whatever password. Neither proves who that was, or what was done then. Outcome unknown: the record says neither that it succeeded nor that it failed, as
where a second factor was asked for. After first factor: of these, what was stopped only by what comes after it, such as a second factor or a policy. Whoever that was had
the password, or what stands for it, as a federated sign-in, a token or a session does; password right: the sign-in log says so. Device code: a code
was shown on one device and entered on another, as in kiosks and in phishing. Exchange records a mailbox that was opened (MailboxLogin) beside Entra’s sign-in before it: each counts, so these are records, not
visits.`
  return section({ id: 'logons', title: 'Logons', proves, nothing }, () => [
    table({
      id: 'logons-by-address',
      title: 'Addresses',
      columns: addressColumns(report),
      rows: answers.logonsByAddress,
      total: Math.max(answers.logonTotals.addresses, answers.logonsByAddress.length),
      file: tables['logon-activity'],
    }),
    table({
      id: 'logons-by-client',
      title: 'Addresses and clients',
      columns: clientColumns(report),
      rows: answers.logons,
      total: pairs,
      file: tables['logon-activity'],
    }),
    table({
      id: 'logon-failures',
      title: 'Why logons failed, or were left open',
      columns: failureColumns,
      rows: answers.logonFailures,
      nothing: 'Every logon succeeded.',
    }),
  ])
}

const ipColumn: Column<Pick<Outcomes, 'ip'>> = values('Address', 'address', ({ ip }) => ip)

const outcomeColumns: readonly Column<Outcomes>[] = [
  counts('Succeeded', ({ succeeded }) => succeeded),
  counts('Failed', ({ failed }) => failed),
  counts('Unknown', ({ unknown }) => unknown),
]

/** How often each came how far, in what order; what no row has, has no column. */
function outcomesOf(rows: readonly Outcomes[]): Column<Outcomes>[] {
  const ways = waysInOf(rows).map(({ head, of }) => counts<Outcomes>(head, (row) => row[of]))
  return [...outcomeColumns, ...ways, ...spanColumns]
}

/** Where addresses are, in a case for which that could be looked up. */
function placeColumns(rows: readonly Outcomes[]): Perhaps<Outcomes>[] {
  return [
    rows.some((row) => row.country !== null) && values('Country', 'narrow', ({ country }) => country),
    rows.some((row) => row.network !== null) && values('Network', 'short', ({ network }) => network),
  ]
}

function addressColumns(report: CaseReport): Perhaps<LogonAddress>[] {
  return [
    ipColumn,
    ...placeColumns(report.answers.logonsByAddress),
    whoseColumn(report),
    counts('Clients', ({ clients }) => clients),
    report.answers.mailboxTotal > 1 && counts('Mailboxes', ({ mailboxes }) => mailboxes),
    ...outcomesOf(report.answers.logonsByAddress),
    datasetColumn(report),
  ]
}

function clientColumns(report: CaseReport): Perhaps<LogonAnswer>[] {
  return [
    ipColumn,
    ...placeColumns(report.answers.logons),
    values('Client', 'text', ({ agent }) => agent),
    values('Platforms', 'text', ({ platforms }) => platforms?.replaceAll(',', ', ')),
    mailboxColumn(report),
    report.answers.logons.some((logon) => logon.actor !== null) && values('Logged on as', 'text', ({ actor }) => actor),
    whoseColumn(report),
    ...outcomesOf(report.answers.logons),
    datasetColumn(report),
  ]
}

const failureColumns: readonly Column<LogonFailure>[] = [
  values('Reason', 'text', ({ reason }) => reason ?? 'the record gives none'),
  counts('Failed', ({ failed }) => failed),
  counts('Unknown', ({ unknown }) => unknown),
  counts('Addresses', ({ addresses }) => addresses),
  counts('Mailboxes', ({ mailboxes }) => mailboxes),
  ...spanColumns,
]
