import type { Answers, CaseReport, Listing } from '../answers.ts'
import { coverageFacts } from '../coverage.ts'
import { datasetLabel } from '../datasets.ts'
import { requestsBesideAll } from '../graph-requests.ts'
import { signInText } from '../sign-in-facts.ts'
import { sum } from '../sum.ts'
import { doubledIn, hasMarks } from '../tally.ts'
import { visible } from '../visible.ts'
import { countOf, minute, number, receiversText } from '../words.ts'
import { applications, copilot, logons, reads, searches } from './by-address.ts'
import { changes } from './changes.ts'
import { states } from './states.ts'
import { type Lines, listedFew } from './table.ts'

const namedMailboxes = 10

/** The answers as text for a terminal, of so many columns where it says how many: who logged on from where, what was searched, which mail was read, what was changed. */
export function answersAsText(report: CaseReport, columns?: number): string {
  const { answers } = report
  const sections =
    answers.total === 0
      ? [['The case holds no activities.'], gaps(report), states(answers)]
      : [
          ...[head(report), gaps(report), unusual(answers)],
          ...[logons, searches, reads, applications].map((section) => section(answers, columns)),
          ...[changes(answers), states(answers), mails(answers), copilot(answers, columns), unknown(answers)],
        ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function head({ answers, evidence }: CaseReport): Lines {
  const all = (key: 'stored' | 'duplicate' | 'rejected') => number(sum(evidence, ({ counts }) => counts[key]))
  const { mailboxes, mailboxTotal, receivers, datasets } = answers
  const named = mailboxes.slice(0, namedMailboxes).map((mailbox) => visible(mailbox))
  const more = mailboxTotal > named.length ? [`and ${number(mailboxTotal - named.length)} more`] : []
  const others = receivers === 0 ? '' : `; ${receiversText(answers)}`
  const kinds = datasets.map(({ dataset, count }) => `${visible(datasetLabel(dataset))} ${number(count)}`)
  const doubled = doubledIn(answers)
  const once = doubled === 0 ? '' : `; ${number(doubled)} that two logs have count once`
  return [
    `${countOf(answers.total - doubled, 'activity', 'activities')} of ${[...named, ...more].join(', ') || 'no mailbox'}${others}`,
    `from ${answers.first ?? '-'} to ${answers.last ?? '-'} (UTC)`,
    ...(kinds.length > 1 ? [`${kinds.join(' · ')}${once}`] : []),
    `${countOf(evidence.length, 'file')}: ${countOf(
      sum(evidence, ({ counts }) => counts.read),
      'row',
    )} read = ${all('stored')} stored + ${all('duplicate')} duplicate + ${all('rejected')} rejected`,
  ]
}

/** A file that was left out may be the one that matters, such as an archive with a password; and so may a day. What a file does not tell, somebody can say. */
const alsoMissing: ReadonlySet<string> = new Set([
  ...['skipped', 'read-by-other', 'changed-file', 'empty-days'],
  ...['either-dates', 'local-times', 'shown-times', 'encoding'],
])

function gaps(report: CaseReport): Lines {
  const facts = coverageFacts(report).filter(({ severity, kind }) => severity === 'gap' || alsoMissing.has(kind))
  return facts.length === 0 ? [] : ['What is missing?', ...facts.map(({ text }) => `  ${visible(text)}`)]
}

function unusual({ sessions, sessionsFromSeveral, novelties, travels, signInFacts, actors }: Answers): Lines {
  const shared = sessionsFromSeveral.total
  const { intruder = 0, owner = 0 } = actors
  const marked = `  marked: ${countOf(intruder, 'activity', 'activities')} of the intruder, ${number(owner)} of the owner`
  const lines = [
    ...(hasMarks({ actors }) ? [marked] : []),
    ...signInFacts.slice(0, listedFew).map((fact) => `  ${minute(fact.first)}  ${visible(signInText(fact))}`),
    ...(signInFacts.length > listedFew
      ? [`  … and ${number(signInFacts.length - listedFew)} more users and addresses like these in the report`]
      : []),
    ...firstUses(novelties),
    ...(shared === 0 ? [] : [`  ${countOf(shared, 'session')} used from more than one address`]),
    ...(travels.length === 0 ? [] : [`  ${countOf(travels.length, 'journey')} too fast to have been made`]),
  ]
  return lines.length === 0
    ? []
    : [`Where to look first? ${countOf(sessions.total, 'session')}: hoofprint sessions lists them`, ...lines]
}

/** What was new, and the first of the addresses among it: an intruder's is one of them more often than not. */
function firstUses({ total, rows }: Listing): Lines {
  if (total === 0) return []
  const lines = firstAddresses(rows)
  const isLate = rows.some(({ at, since }) => at === since)
  const late = isLate ? ', or of a mailbox that appears a week after its log begins' : ''
  const suchAs = lines.length === 0 ? '' : ', such as'
  return [
    `  ${countOf(total, 'first use', 'first uses')} of an address, network, country or client after the first day of a mailbox${late}${suchAs}`,
    ...lines,
  ]
}

/** Each address once, and those that no mailbox used before ahead of others: a new one of an office is new for everybody there. */
function firstAddresses(rows: Listing['rows']): Lines {
  const ofAddress = rows.filter(({ kinds }) => String(kinds).split(', ').includes('ip'))
  const byAddress = [...Map.groupBy(ofAddress, ({ ip }) => ip).values()]
  const isKnown = ([use]: Listing['rows']) => Number(use?.['known'] === 1)
  const told = byAddress.toSorted((a, b) => isKnown(a) - isKnown(b)).slice(0, listedFew)
  return told.flatMap(([use, ...others]) => {
    if (use === undefined) return []
    const { at, ip, country, mailbox } = use
    const place = country === null || country === undefined ? '' : ` (${visible(String(country))})`
    const more = others.length === 0 ? '' : ` and ${countOf(others.length, 'further mailbox', 'further mailboxes')}`
    return [`    ${minute(String(at))}  ${visible(String(ip))}${place} for ${visible(String(mailbox))}${more}`]
  })
}

function mails({ attachments, sent, deleted, files, requestCounts }: Answers): Lines {
  const [left, gone] = [sent, deleted].map(({ total }) => number(total))
  const touched = files.total === 0 ? '' : `, files: ${countOf(files.total, 'activity', 'activities')}`
  const beside = requestsBesideAll(requestCounts)
  return [
    `Attachments: ${countOf(attachments.total, 'activity', 'activities')}, sent or drafted: ${left}, deleted: ${gone}${touched}`,
    ...(beside === undefined ? [] : [beside]),
  ]
}

function unknown({ unknownOperations }: Answers): Lines {
  const rows = Object.entries(unknownOperations)
  if (rows.length === 0) return []
  return [`In no table yet, kept as other: ${rows.map(([name, n]) => `${visible(name)} (${n})`).join(', ')}`]
}
