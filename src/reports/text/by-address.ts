import type { Answers, LogonAddress, SearchesByAddress } from '../answers.ts'
import { applicationNote } from '../application-words.ts'
import { datasetLabels } from '../datasets.ts'
import { mailRequestsText } from '../graph-requests.ts'
import { waysInOf } from '../sign-in-facts.ts'
import { hasIntruder, hasMarks } from '../tally.ts'
import { visible } from '../visible.ts'
import { countOf, mailsCounted, minute, number, percent, shortened } from '../words.ts'
import { type Column, type Lines, table } from './table.ts'

const listedQueries = 8

/** Who logged on from where. */
export function logons(answers: Answers, columns?: number): Lines {
  const { logonsByAddress, datasets, logonTotals, mailboxTotal } = answers
  return [
    `Who logged on from where? ${countOf(logonTotals.addresses, 'address', 'addresses')}`,
    ...table(
      logonsByAddress,
      [
        ['address', ({ ip }) => ip ?? 'no address'],
        whose(answers),
        datasets.length > 1 && ['recorded in', (row) => datasetLabels(row.datasets)],
        ['succeeded', ({ succeeded }) => succeeded],
        ['failed', ({ failed }) => failed],
        ['unknown', ({ unknown }) => unknown],
        ...waysInOf(logonsByAddress).map(({ shortHead, of }): Column<LogonAddress> => [shortHead, (row) => row[of]]),
        ['first (UTC)', ({ first }) => minute(first)],
        ['last (UTC)', ({ last }) => minute(last)],
        ['clients', ({ clients }) => clients],
        mailboxTotal > 1 && ['mailboxes', ({ mailboxes }) => mailboxes],
      ],
      {
        columns,
        spare: [
          'recorded in',
          'clients',
          'mailboxes',
          'unknown',
          'first (UTC)',
          'password right',
          'after 1st factor',
          'last (UTC)',
        ],
      },
    ),
  ]
}

/** What was searched, from each address. */
export function searches(answers: Answers, columns?: number): Lines {
  const { searches, searchesByAddress, searchTotals } = answers
  const { queries, typed } = searchTotals
  const strokes = typed === 0 ? '' : `, and ${countOf(typed, 'record')} of key strokes before them`
  return [
    `What was searched? ${countOf(queries, 'search', 'searches')}${strokes}`,
    ...table(
      searchesByAddress,
      [
        ['from', addressOf],
        whose(answers),
        inMailbox(answers),
        ['searches', (row) => row.queries],
        typed > 0 && ['key strokes', (row) => row.typed],
        ['first queries', (row) => firstQueries(searches.rows, row)],
      ],
      { columns, spare: ['key strokes', 'searches'], shortens: true },
    ),
  ]
}

function addressOf({ ip }: { readonly ip: string | null }): string {
  return ip ?? 'not known'
}

/** In a case of several mailboxes each row says which it is of. */
function inMailbox({ mailboxTotal }: Answers): Column<{ readonly mailbox: string }> {
  return mailboxTotal > 1 && ['mailbox', ({ mailbox }) => mailbox || 'not named']
}

/** Where something is marked each row says whose doing it is. */
function whose(answers: Answers): Column<{ readonly marked: string | null }> {
  return hasMarks(answers) && ['whose', ({ marked }) => marked ?? 'unknown']
}

/** Records name an account, and not who sat behind it: the owner's name is no word of whose doing it was. */
const ownersName = 'the owner’s'

/** How many mails were read, from each address. */
export function reads(answers: Answers, columns?: number): Lines {
  const { reads, readsByAddress, readSubjects, mailAccess, folders } = answers
  const { syncRecords } = mailAccess
  const subjects = `${number(readSubjects)} with a subject (${percent(readSubjects, reads.items)})`
  const share = reads.displays === 0 ? '' : `, ${subjects}${mailsCounted(answers)}`
  const byOthers = readsByAddress.some(({ actor }) => actor !== null)
  const copied = `  Synchronized: ${countOf(folders.total, 'folder')} in ${countOf(syncRecords, 'record')}: assume all mail in ${folders.total === 1 ? 'it' : 'them'}`
  const requested = mailRequestsText(answers)
  return [
    `How many mails were read, and by whom? ${countOf(reads.displays, 'reading')} of ${countOf(reads.items, 'mail')}${share}`,
    ...byIntruder(answers),
    ...table(
      readsByAddress,
      [
        ['from', addressOf],
        whose(answers),
        inMailbox(answers),
        byOthers && ['in whose name', ({ actor }) => actor ?? ownersName],
        ['how', ({ access }) => access ?? 'displayed'],
        ['times', ({ displays }) => displays],
        ['mails', ({ items }) => items],
        ['recorded', ({ recorded }) => recorded],
        ['proven by session', ({ proven }) => proven],
      ],
      { columns, spare: ['recorded', 'proven by session', 'times', 'how', 'in whose name'] },
    ),
    ...(syncRecords === 0 ? [] : [copied]),
    ...(requested === undefined ? [] : [`  ${visible(requested)}`]),
  ]
}

function byIntruder(answers: Answers): Lines {
  if (!hasIntruder(answers)) return []
  const { displays, items } = answers.intruderReads
  return [`  by the marked intruder: ${countOf(displays, 'reading')} of ${countOf(items, 'mail')}`]
}

/** Which applications had access to mail. */
export function applications(answers: Answers, columns?: number): Lines {
  const { total, rows } = answers.applications
  if (total === 0) return []
  return [
    `Which applications had access to mail? ${number(total)}`,
    ...table(
      rows,
      [
        ['application', ({ name }) => name ?? 'no name known'],
        hasMarks(answers) && ['whose', ({ actors }) => Object.keys(actors).join(', ') || 'unknown'],
        ['mailboxes', ({ mailboxTotal }) => mailboxTotal],
        ['mails', ({ mails }) => mails],
        ['folders', ({ folders }) => folders],
        ['sent', ({ sent }) => sent],
        ['consents', ({ consents }) => consents],
        ['first (UTC)', ({ first }) => minute(first)],
        ['last (UTC)', ({ last }) => minute(last)],
        // Last: in a narrow terminal it is what goes on in the next line.
        ['id', (row) => [row.application, applicationNote(row)].filter((part) => part !== undefined).join(', ')],
      ],
      { columns, spare: ['folders', 'sent', 'consents', 'first (UTC)', 'last (UTC)', 'mailboxes', 'mails'] },
    ),
  ]
}

/** What Copilot was asked to read, by each user. */
export function copilot(answers: Answers, columns?: number): Lines {
  const { total } = answers.copilot
  if (total === 0) return []
  return [
    `What was Copilot asked to read? ${countOf(total, 'interaction')}, no reading of mail by itself`,
    ...table(
      answers.copilotByUser,
      [
        ['user', ({ user }) => user],
        ['from', addressOf],
        whose(answers),
        ['interactions', ({ interactions }) => interactions],
        ['resources named', ({ resources }) => resources.length],
        ['first (UTC)', ({ at }) => minute(at)],
        ['last (UTC)', ({ last }) => minute(last)],
        ['in', ({ hosts }) => hosts.join(', ')],
      ],
      { columns, spare: ['interactions', 'resources named', 'first (UTC)', 'last (UTC)'] },
    ),
  ]
}

function firstQueries(rows: Answers['searches']['rows'], { ip, mailbox, marked }: SearchesByAddress): string {
  const queries = rows.filter((row) => !String(row['operation']).startsWith('SearchSuggestion'))
  const own = queries.filter((row) => row['ip'] === ip && row['mailbox'] === mailbox && row['marked'] === marked)
  const texts = [...new Set(own.map((row) => shortened(visible(String(row['query'] ?? 'not recorded')), 40)))]
  return texts.slice(0, listedQueries).join(' · ') + (texts.length > listedQueries ? ' · …' : '')
}
