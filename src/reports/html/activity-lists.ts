import type { CaseReport, FilesByUser } from '../answers.ts'
import type { CopilotUse } from '../copilot.ts'
import { requestsBeside } from '../graph-requests.ts'
import { type SentOn, tracesText } from '../sent-on.ts'
import { type ActivityList, activitySections, type ListedName } from './activity-sections.ts'
import {
  actorColumn,
  atColumn,
  attributionColumn,
  counts,
  mailboxColumn,
  operationColumn,
  outcomeColumn,
  sourceColumn,
  spanColumns,
  times,
  values,
  whoseColumn,
} from './columns.ts'
import { type Html, html } from './html.ts'
import { listedFirst, noProof, section, table } from './table.ts'

/** A section that lists activities one by one. */
export function activityList(name: ListedName): (report: CaseReport) => Html {
  const list = activitySections[name]
  return (report) => {
    const { requestCounts } = report.answers
    const { total } = report.answers[name]
    const beside = requestsBeside(name, requestCounts)
    const none = `Nothing of this kind is in this evidence. ${noProof}`
    const more = besides[name]?.(report)
    const nothing = total > 0 || more !== undefined ? undefined : beside === undefined ? none : `${none} ${beside}`
    return section({ id: name, title: list.title, proves: list.proves, nothing }, () => [
      beside === undefined ? undefined : html`<p>${beside}</p>`,
      more,
      total > 0 ? byTime(report, name, list) : html`<p class="nothing">${none}</p>`,
    ])
  }
}

function byTime(
  report: CaseReport,
  name: ListedName,
  { columns, table: file, before, isOfUsers }: ActivityList,
): Html | undefined {
  const { rows, total } = report.answers[name]
  return table({
    id: `${name}-by-time`,
    title: 'By time',
    about: rows.length < total ? listedFirst(report.answers, before) : undefined,
    columns: [
      atColumn,
      whoseColumn(report),
      mailboxColumn(report, isOfUsers === true ? 'User' : 'Mailbox'),
      operationColumn,
      ...columns,
      rows.some(({ actor }) => typeof actor === 'string') && actorColumn,
      attributionColumn,
      rows.some(({ outcome }) => typeof outcome === 'string' && outcome !== 'success') && outcomeColumn,
      sourceColumn(
        report.evidence,
        rows.map(({ file }) => file),
      ),
    ],
    rows,
    total,
    file: report.tables[file],
  })
}

/** What stands above a list beside its rows, where there is anything. */
const besides: { readonly [Name in ListedName]?: (report: CaseReport) => Html | undefined } = {
  files: byUser,
  copilot: copilotUses,
  forwarding: whereSentOn,
}

function whereSentOn(report: CaseReport): Html | undefined {
  return table<SentOn>({
    id: 'sent-on',
    title: 'Where mail is sent on to',
    about:
      'By rules and by forwarding of a whole mailbox. Message traces are of all mail to there, whoever sent it: of a colleague’s mailbox also of what was not sent on. None is no proof, for traces reach back some days or weeks only.',
    columns: [
      values('To', 'text', ({ address }) => address),
      whoseColumn(report),
      times('Set', ({ since }) => since),
      values('Message traces', 'text', tracesText),
      ...spanColumns,
    ],
    rows: report.answers.sentOn,
    file: report.tables['delivery-activity'],
  })
}

function copilotUses(report: CaseReport): Html | undefined {
  return table<CopilotUse>({
    id: 'copilot-by-user',
    title: 'By user and address',
    columns: [
      whoseColumn(report),
      values('User', 'mailbox', ({ user }) => user),
      values('Address', 'address', ({ ip }) => ip),
      values('In', 'short', ({ hosts }) => hosts.join(', ')),
      counts('Interactions', ({ interactions }) => interactions),
      counts('Resources named', ({ resources }) => resources.length),
      times('First', ({ at }) => at),
      times('Last', ({ last }) => last),
    ],
    rows: report.answers.copilotByUser,
    file: report.tables['copilot-activity'],
  })
}

function byUser(report: CaseReport): Html | undefined {
  return table<FilesByUser>({
    id: 'files-by-user',
    title: 'By user and address',
    columns: [
      whoseColumn(report),
      values('User', 'mailbox', ({ user }) => user),
      values('Address', 'address', ({ ip }) => ip),
      counts('Activities', ({ activities }) => activities),
      counts('Files', ({ files }) => files),
      counts('Downloads', ({ downloads }) => downloads),
      ...spanColumns,
    ],
    rows: report.answers.filesByUser,
    file: report.tables['files-activity'],
  })
}
