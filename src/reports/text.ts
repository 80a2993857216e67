import { serviceTag } from '../document.ts'
import type { ActivityListName, Answers, LogonAddress, SearchesByAddress } from './answers.ts'
import { applicationNote } from './application-words.ts'
import type { CaseReport } from './case-report.ts'
import { withoutForest } from './changes.ts'
import { coverageFacts } from './coverage.ts'
import { datasetLabel, datasetLabels } from './datasets.ts'
import { mailRequestsText } from './mail-requests.ts'
import { requestsBesideAll } from './requests-beside.ts'
import { sentOnTexts } from './sent-on.ts'
import { signInText } from './sign-in-facts.ts'
import { sum } from './sum.ts'
import { doubledIn, hasIntruder, hasMarks } from './tally.ts'
import { visible } from './visible.ts'
import { countOf, failedMark, mailsCounted, minute, number, percent, receiversText, shortened } from './words.ts'
import { widthOf } from './wrapped.ts'

const listedAddresses = 15
const listedQueries = 8
const listedChanges = 5
const namedMailboxes = 10

/** The answers as text for a terminal: who logged on from where, what was searched, which mail was read, what was changed. */
export function answersAsText(report: CaseReport): string {
  const { answers } = report
  if (answers.total === 0) return 'The case holds no activities.\n'
  const sections = [head(report), gaps(report), unusual(answers), logons(answers), searches(answers), reads(answers)]
  return `${[...sections, applications(answers), changes(answers), mails(answers), copilot(answers), unknown(answers)]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

type Lines = readonly string[]

function head({ answers, evidence }: CaseReport): Lines {
  const all = (key: 'read' | 'stored' | 'duplicate' | 'rejected') => number(sum(evidence, ({ counts }) => counts[key]))
  const { mailboxes, mailboxTotal, receivers, datasets } = answers
  const named = mailboxes.slice(0, namedMailboxes).map((mailbox) => visible(mailbox))
  const more = mailboxTotal > named.length ? [`and ${number(mailboxTotal - named.length)} more`] : []
  const others = receivers === 0 ? '' : `; ${receiversText(answers)}`
  const kinds = datasets.map(({ dataset, count }) => `${visible(datasetLabel(dataset))} ${number(count)}`)
  const doubled = doubledIn(answers)
  const once = doubled === 0 ? '' : `; ${number(doubled)} that two logs have count once`
  return [
    `${number(answers.total - doubled)} activities of ${[...named, ...more].join(', ') || 'no mailbox'}${others}`,
    `from ${answers.first ?? '-'} to ${answers.last ?? '-'} (UTC)`,
    ...(kinds.length > 1 ? [`${kinds.join(' · ')}${once}`] : []),
    `${number(evidence.length)} file(s): ${all('read')} rows read = ${all('stored')} stored + ${all('duplicate')} duplicate + ${all('rejected')} rejected`,
  ]
}

function gaps(report: CaseReport): Lines {
  // A file that was left out may be the one that matters, such as an archive with a password.
  const facts = coverageFacts(report).filter(({ severity, kind }) => severity === 'gap' || kind === 'skipped')
  return facts.length === 0 ? [] : ['What is missing?', ...facts.map(({ text }) => `  ${visible(text)}`)]
}

function logons(answers: Answers): Lines {
  const { logonsByAddress, datasets, logonTotals, mailboxTotal } = answers
  const isMixed = datasets.length > 1
  const ways = waysIn.filter(([, read]) => logonsByAddress.some((row) => read(row) > 0))
  const rows = logonsByAddress.map((row) => [
    row.ip ?? 'no address',
    ...whoseOf(answers, row),
    ...(isMixed ? [datasetLabels(row.datasets)] : []),
    ...[row.succeeded, row.failed, row.unknown, ...ways.map(([, read]) => read(row))],
    ...[minute(row.first), minute(row.last), row.clients],
    ...(mailboxTotal > 1 ? [row.mailboxes] : []),
  ])
  const outcomes = [
    'succeeded',
    'failed',
    'unknown',
    ...ways.map(([head]) => head),
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

/** How far they came that were stopped, and by what: told where there are such. */
const waysIn: readonly (readonly [head: string, read: (row: LogonAddress) => number])[] = [
  ['after 1st factor', ({ accepted }) => accepted],
  ['password right', ({ password }) => password],
  ['device code', ({ deviceCode }) => deviceCode],
]

function unusual({ sessions, novelties, travels, signInFacts, actors }: Answers): Lines {
  const shared = sessions.rows.filter(({ addresses }) => addresses.length > 1).length
  const { intruder = 0, owner = 0 } = actors
  const lines = [
    ...(intruder + owner === 0
      ? []
      : [`  marked: ${countOf(intruder, 'activity', 'activities')} of the intruder, ${number(owner)} of the owner`]),
    ...signInFacts.slice(0, listedChanges).map((fact) => `  ${visible(signInText(fact))}`),
    ...(signInFacts.length > listedChanges
      ? [`  … and ${number(signInFacts.length - listedChanges)} more users and addresses like these in the report`]
      : []),
    ...(novelties.total === 0
      ? []
      : [
          `  ${countOf(novelties.total, 'first use', 'first uses')} of an address, network, country or client after the first day of a mailbox`,
        ]),
    ...(shared === 0 ? [] : [`  ${countOf(shared, 'session')} used from more than one address`]),
    ...(travels.length === 0 ? [] : [`  ${countOf(travels.length, 'journey')} too fast to have been made`]),
  ]
  return lines.length === 0
    ? []
    : [`Where to look first? ${countOf(sessions.total, 'session')}: hoofprint sessions lists them`, ...lines]
}

function searches(answers: Answers): Lines {
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

function reads(answers: Answers): Lines {
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

function applications(answers: Answers): Lines {
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

function byIntruder(answers: Answers): Lines {
  if (!hasIntruder(answers)) return []
  const { displays, items } = answers.intruderReads
  return [`  by the marked intruder: ${countOf(displays, 'reading')} of ${countOf(items, 'mail')}`]
}

type ListedRow = Answers[ActivityListName]['rows'][number]

/** Puts what people did before what Microsoft's services did. */
function byService(a: ListedRow, b: ListedRow): number {
  const isService = ({ marks }: ListedRow) => Number(String(marks).includes(serviceTag))
  return isService(a) - isService(b)
}

/** What was changed, in the order in which a report tells it. */
const changeNames: Readonly<Partial<Record<ActivityListName, string>>> = {
  rules: 'rules',
  forwarding: 'forwarding',
  permissions: 'permissions',
  consents: 'consents',
  accounts: 'accounts',
  administration: 'administration',
  shared: 'sharing',
  alerts: 'alerts',
}

function changes(answers: Answers): Lines {
  const lists = Object.entries(changeNames) as [ActivityListName, string][]
  const lines = lists.flatMap(([name, label]) => {
    const { total, rows } = answers[name]
    if (total === 0) return []
    const shown = rows
      .toSorted(byService)
      .slice(0, listedChanges)
      .map((row) => {
        const object = withoutForest(row['object'])
        const told = [row['operation'], object, row['detail']].filter((one) => one !== null && one !== undefined)
        const who = row['actor'] ?? row['mailbox'] ?? ''
        const from = row['method'] === 'nearest' ? `${row['ip']} inferred` : (row['ip'] ?? 'no address')
        return `    ${minute(String(row['at']))}  ${shortened(visible(told.join(': ')), 160)}${failedMark(row['outcome'])}  (${visible(`${who}, ${from}`)})`
      })
    const more = total > shown.length ? [`    … and ${number(total - shown.length)} more in the report`] : []
    return [`  ${label}: ${number(total)}`, ...shown, ...more]
  })
  const sentOn = sentOnTexts(answers.sentOn).map((line) => `    ${visible(line)}`)
  const where = sentOn.length === 0 ? [] : [`  where mail is sent on to: ${number(answers.sentOn.length)}`, ...sentOn]
  return lines.length === 0 ? [] : ['What was changed?', ...lines, ...where]
}

function mails({ attachments, sent, deleted, files, requestCounts }: Answers): Lines {
  const [opened, left, gone] = [attachments, sent, deleted].map(({ total }) => number(total))
  const touched = files.total === 0 ? '' : `, files: ${number(files.total)} activities`
  const beside = requestsBesideAll(requestCounts)
  return [
    `Attachments: ${opened} activities, sent or drafted: ${left}, deleted: ${gone}${touched}`,
    ...(beside === undefined ? [] : [beside]),
  ]
}

function copilot(answers: Answers): Lines {
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

function unknown({ unknownOperations }: Answers): Lines {
  const rows = Object.entries(unknownOperations)
  if (rows.length === 0) return []
  return [`In no table yet, kept as other: ${rows.map(([name, n]) => `${visible(name)} (${n})`).join(', ')}`]
}

function firstQueries(rows: Answers['searches']['rows'], { ip, mailbox, marked }: SearchesByAddress): string {
  const queries = rows.filter((row) => !String(row['operation']).startsWith('SearchSuggestion'))
  const own = queries.filter((row) => row['ip'] === ip && row['mailbox'] === mailbox && row['marked'] === marked)
  const texts = [...new Set(own.map((row) => shortened(visible(String(row['query'] ?? 'not recorded')), 40)))]
  return texts.slice(0, listedQueries).join(' · ') + (texts.length > listedQueries ? ' · …' : '')
}

function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  if (rows.length === 0) return ['  (none)']
  const shown = rows
    .slice(0, listedAddresses)
    .map((row) =>
      row.map((value, i) => (typeof value === 'number' ? number(value) : cell(value, i === row.length - 1))),
    )
  const widths = header.map((name, i) => Math.max(name.length, ...shown.map((row) => widthOf(row[i] ?? ''))))
  const isNumber = (i: number) => typeof rows[0]?.[i] === 'number'
  const padded = (value: string, i: number) => {
    const room = ' '.repeat((widths[i] ?? 0) - widthOf(value))
    return isNumber(i) ? `${room}${value}` : `${value}${room}`
  }
  const line = (cells: readonly string[]) => `  ${cells.map(padded).join('  ')}`.trimEnd()
  const more = rows.length > shown.length ? [`  … and ${rows.length - shown.length} more in the report`] : []
  return [line(header), ...shown.map(line), ...more]
}

/** A name of hundreds of letters would push what stands behind it out of sight; behind the last column nothing stands. */
const widestCell = 60

function cell(value: string, isLast: boolean): string {
  return isLast ? visible(value) : shortened(visible(value), widestCell)
}
