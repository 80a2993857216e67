import { type CaseReport, hasReading, type ReadsByAddress } from '../answers.ts'
import { mailRequestsText } from '../graph-requests.ts'
import { listedRows } from '../listed-rows.ts'
import { hasIntruder } from '../tally.ts'
import { countOf, mailsCounted, number, percent } from '../words.ts'
import {
  type Column,
  counts,
  type ListedRow,
  mailboxColumn,
  mailColumns,
  readersColumn,
  spaced,
  times,
  values,
  whoseColumn,
  whoseColumnOf,
} from './columns.ts'
import { type Html, html } from './html.ts'
import { listedFirst, noProof, section, table } from './table.ts'

/** Which mails were read, from which address, and how sure that is. */
export function reads(report: CaseReport): Html {
  const { answers, tables } = report
  const given = mailRequestsText(answers)
  const none = `No mail being read is in this evidence. ${noProof}`
  const nothing = hasReading(answers) ? undefined : given === undefined ? none : `${none} ${given}`
  return section({ id: 'reads', title: 'Mail read', proves: proofOf(report), nothing }, () => [
    html`<p>${resolved(report)}</p>`,
    hasIntruder(answers) ? html`<p>${byIntruder(report)}</p>` : undefined,
    given === undefined ? undefined : html`<p>${given}</p>`,
    table({
      id: 'reads-by-address',
      title: 'By address',
      about: 'A mail that was read from several addresses counts at each of them.',
      columns: [whoseColumn(report), mailboxColumn(report), readersColumn(report), ...addressColumns],
      rows: answers.readsByAddress,
      file: tables['read-activity-by-time'],
      nothing: 'No single mail is named.',
    }),
    folders(report),
    table({
      id: 'reads-by-item',
      title: 'By mail',
      about: answers.items.rows.length < answers.items.total ? listedFirst(answers) : undefined,
      columns: [
        ...mailColumns,
        whoseColumnOf<ListedRow>(report, ({ displays }) => displays),
        mailboxColumn(report),
        readersColumn(report),
        ...itemColumns,
      ],
      ...answers.items,
      file: tables['read-activity-by-item'],
      nothing: 'No single mail is named.',
    }),
  ])
}

const outlook = html`<b>Displayed</b>: Outlook showed the mail in its reading pane; whether anybody looked at it no record says.`
const bind = html`<b>Bind</b>: a client opened or fetched these very mails: take them for read; a client may also fetch by itself.
Times are at least so many: Exchange writes two minutes in one record, and the same access in the same session once an hour.`
const sync = html`<b>Sync</b>: a client copied a folder and no mail is named: assume that all mail in it was taken.`
const sure = html`An address is <b>recorded</b> where the record names it, <b>proven</b> where it and a logon carry the same session
id, <b>inferred</b> where the nearest logon is taken that did not fail, in the 24 hours before, to the same mailbox,
which its owner used, on a platform that can be the same client’s: when several addresses were logged on, that can be the wrong one. <b>Unknown</b>: none of these, or an
address of Microsoft’s own services.`

/** Only of the kinds that are there. */
function proofOf({ answers }: CaseReport): Html {
  const hasDisplays = answers.reads.displays > answers.mailAccess.binds
  const { binds, syncRecords } = answers.mailAccess
  return html`${[hasDisplays ? outlook : '', binds > 0 ? bind : '', syncRecords > 0 ? sync : '', sure].map((part) => [part, ' '])}`
}

function resolved({ answers }: CaseReport): Html {
  const { reads, readSubjects } = answers
  const share = percent(readSubjects, reads.items)
  const mails = countOf(reads.items, 'mail')
  return html`<b>${number(readSubjects)} of ${mails} read have a subject</b> (${share}): records of reading name none, so it comes
from other records of the same mail${mailsCounted(answers)}.`
}

/** What counsel asks first; the lists below have each of them. */
function byIntruder({ answers: { intruderReads, sharedSessions }, tables }: CaseReport): Html {
  const times = countOf(intruderReads.displays, 'reading')
  const { mails } = sharedSessions
  const shared =
    mails === 0
      ? ''
      : ` ${number(mails)} of these may be the owner’s: only the session says that they are the intruder’s.`
  return html`<b>The marked intruder read ${countOf(intruderReads.items, 'mail')}</b>, in ${times}: under Whose each list says which.${shared}${
    intruderReads.items > listedRows
      ? ` The list by mail has room for the first ${number(listedRows)} of them, on screen and in print: all are in ${tables['read-activity-by-item'] ?? 'the tables'}.`
      : undefined
  }`
}

function folders(report: CaseReport): Html | undefined {
  return table({
    id: 'synchronized-folders',
    title: 'Synchronized folders',
    about: 'Any mail that was in the folder then may have been copied.',
    columns: [
      folderColumn,
      whoseColumnOf<ListedRow>(report, ({ syncs }) => syncs),
      mailboxColumn(report),
      readersColumn(report),
      ...folderColumns,
    ],
    ...report.answers.folders,
    file: report.tables['read-activity-by-item'],
  })
}

const folderColumn = values<ListedRow>('Folder', 'text', ({ folder }) => folder ?? 'not named')

const folderColumns: readonly Column<ListedRow>[] = [
  values('Times', 'number', (row) => row['syncs']),
  times('First', (row) => row['at']),
  times('Last', (row) => row['last']),
  values('Addresses', 'text', ({ ips }) => spaced(ips)),
  values('Clients', 'short', ({ platforms }) => spaced(platforms)),
]

const addressColumns: readonly Column<ReadsByAddress>[] = [
  values('Address', 'address', ({ ip }) => ip),
  values('How', 'narrow', ({ access }) => access ?? 'displayed'),
  counts('Times', ({ displays }) => displays),
  counts('Mails', ({ items }) => items),
  counts('Recorded', ({ recorded }) => recorded),
  counts('Proven', ({ proven }) => proven),
  counts('Inferred', ({ inferred }) => inferred),
  counts('Unknown', ({ displays, recorded, proven, inferred }) => displays - recorded - proven - inferred),
]

const itemColumns: readonly Column<ListedRow>[] = [
  values('How', 'narrow', ({ access }) => access ?? 'displayed'),
  values('Times', 'number', (row) => row['displays']),
  values('Address sure', 'number', ({ proven, recorded }) => Number(proven) + Number(recorded)),
  times('First', (row) => row['at']),
  times('Last', (row) => row['last']),
  values('Addresses', 'text', ({ ips }) => spaced(ips)),
]
