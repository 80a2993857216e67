import type { Answers, SearchesByAddress } from '../answers.ts'
import { applicationNote } from '../application-words.ts'
import { datasetLabels } from '../datasets.ts'
import { mailRequestsText } from '../mail-requests.ts'
import { waysInOf } from '../sign-in-facts.ts'
import { sum } from '../sum.ts'
import { hasIntruder, hasMarks } from '../tally.ts'
import { visible } from '../visible.ts'
import { countOf, mailsCounted, minute, number, percent, shortened } from '../words.ts'
import type { Lines } from './lines.ts'
import { table } from './table.ts'

const listedQueries = 8

/** Who logged on from where. */
export function logons(answers: Answers): Lines {
  const { logonsByAddress, datasets, logonTotals, mailboxTotal } = answers
  const isMixed = datasets.length > 1
  const ways = waysInOf(logonsByAddress)
  const rows = logonsByAddress.map((row) => [
    row.ip ?? 'no address',
    ...whoseOf(answers, row),
    ...(isMixed ? [datasetLabels(row.datasets)] : []),
    ...[row.succeeded, row.failed, row.unknown, ...ways.map(({ of }) => row[of])],
    ...[minute(row.first), minute(row.last), row.clients],
    ...(mailboxTotal > 1 ? [row.mailboxes] : []),
  ])
  const outcomes = [
    'succeeded',
    'failed',
    'unknown',
    ...ways.map(({ shortHead }) => shortHead),
    'first (UTC)',
    'last (UTC)',
    'clients',
  ]
  const header = [
    'address',
    ...whoseHead(answers),
    ...(isMixed ? ['recorded in'] : []),
    ...outcomes,
    ...(mailboxTotal > 1 ? ['mailboxes'] : []),
  ]
  return [`Who logged on from where? ${countOf(logonTotals.addresses, 'address', 'addresses')}`, ...table(header, rows)]
}

/** What was searched, from each address. */
export function searches(answers: Answers): Lines {
  const { searches, searchesByAddress } = answers
  const rows = searchesByAddress.map((row) => {
    const from = [row.ip ?? 'not known', ...whoseOf(answers, row), ...mailboxOf(answers, row)]
    return [...from, row.queries, row.typed, firstQueries(searches.rows, row)]
  })
  const [queries, typed] = [sum(searchesByAddress, (row) => row.queries), sum(searchesByAddress, (row) => row.typed)]
  const strokes = typed === 0 ? '' : `, and ${number(typed)} records of key strokes before them`
  return [
    `What was searched? ${countOf(queries, 'search', 'searches')}${strokes}`,
    ...table(['from', ...whoseHead(answers), ...mailboxHead(answers), 'queries', 'typed', 'first queries'], rows),
  ]
}

/** In a case of several mailboxes each row says which it is of. */
function mailboxHead({ mailboxTotal }: Answers): string[] {
  return mailboxTotal > 1 ? ['mailbox'] : []
}

function mailboxOf({ mailboxTotal }: Answers, { mailbox }: { readonly mailbox: string }): string[] {
  return mailboxTotal > 1 ? [mailbox] : []
}

/** Where something is marked each row says whose doing it is. */
function whoseHead(answers: Answers): string[] {
  return hasMarks(answers) ? ['whose'] : []
}

function whoseOf(answers: Answers, { marked }: { readonly marked: string | null }): string[] {
  return hasMarks(answers) ? [marked ?? 'unknown'] : []
}

/** Records name an account, and not who sat behind it: the owner's name is no word of whose doing it was. */
const ownersName = 'the owner’s'

/** How many mails were read, from each address. */
export function reads(answers: Answers): Lines {
  const { reads, readsByAddress, readSubjects, mailAccess, folders } = answers
  const { syncRecords } = mailAccess
  const share = `${number(readSubjects)} with a subject (${percent(readSubjects, reads.items)})${mailsCounted(answers)}`
  const byOthers = readsByAddress.some(({ actor }) => actor !== null)
  const rows = readsByAddress.map((row) => {
    const counted = [row.displays, row.items, row.recorded, row.proven]
    const name = byOthers ? [row.actor ?? ownersName] : []
    const from = [row.ip ?? 'not known', ...whoseOf(answers, row), ...mailboxOf(answers, row), ...name]
    return [...from, row.access ?? 'displayed', ...counted]
  })
  const head = ['from', ...whoseHead(answers), ...mailboxHead(answers), ...(byOthers ? ['in whose name'] : [])]
  const columns = [...head, 'how', 'times', 'mails', 'recorded', 'proven by session']
  const copied = `  Synchronized: ${countOf(folders.total, 'folder')} in ${countOf(syncRecords, 'record')}: assume all mail in ${folders.total === 1 ? 'it' : 'them'}`
  const requested = mailRequestsText(answers)
  return [
    `How many mails were read, and by whom? ${countOf(reads.displays, 'reading')} of ${countOf(reads.items, 'mail')}, ${share}`,
    ...byIntruder(answers),
    ...table(columns, rows),
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
export function applications(answers: Answers): Lines {
  const { total, rows } = answers.applications
  if (total === 0) return []
  const head = ['application', ...whoseHead(answers), 'mailboxes', 'mails', 'folders', 'sent', 'consents']
  const lines = rows.map((row) => [
    row.name ?? 'no name known',
    ...(hasMarks(answers) ? [Object.keys(row.actors).join(', ') || 'unknown'] : []),
    ...[row.mailboxTotal, row.mails, row.folders, row.sent, row.consents, minute(row.first), minute(row.last)],
    // Last: in a narrow terminal it is what goes on in the next line.
    [row.application, applicationNote(row)].filter((part) => part !== undefined).join(', '),
  ])
  return [
    `Which applications had access to mail? ${number(total)}`,
    ...table([...head, 'first (UTC)', 'last (UTC)', 'id'], lines),
  ]
}

/** What Copilot was asked to read, by each user. */
export function copilot(answers: Answers): Lines {
  const { total } = answers.copilot
  if (total === 0) return []
  const rows = answers.copilotByUser.map((use) => [
    ...[use.user, use.ip ?? 'not known', ...whoseOf(answers, use), use.interactions, use.resources.length],
    ...[minute(use.at), minute(use.last), use.hosts.join(', ')],
  ])
  const head = [
    'user',
    'from',
    ...whoseHead(answers),
    'interactions',
    'resources named',
    'first (UTC)',
    'last (UTC)',
    'in',
  ]
  return [
    `What was Copilot asked to read? ${countOf(total, 'interaction')}, no reading of mail by itself`,
    ...table(head, rows),
  ]
}

function firstQueries(rows: Answers['searches']['rows'], { ip, mailbox, marked }: SearchesByAddress): string {
  const queries = rows.filter((row) => !String(row['operation']).startsWith('SearchSuggestion'))
  const own = queries.filter((row) => row['ip'] === ip && row['mailbox'] === mailbox && row['marked'] === marked)
  const texts = [...new Set(own.map((row) => shortened(visible(String(row['query'] ?? 'not recorded')), 40)))]
  return texts.slice(0, listedQueries).join(' · ') + (texts.length > listedQueries ? ' · …' : '')
}
