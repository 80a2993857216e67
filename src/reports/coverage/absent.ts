import { dayMs } from '../../time/time.ts'
import { type Answers, hasReading } from '../answers.ts'
import type { DatasetAnswer } from '../completeness.ts'
import { hasIntruder } from '../tally.ts'
import type { Unrecorded } from '../unrecorded.ts'
import { countOf, few, minute as minuteOf, number } from '../words.ts'
import { type Check, gap, minute, oneByOne, warning } from './check.ts'

const noProof = 'absence in this evidence is not proof that there were none'

/** What is not there at all; for audit records also whether it would be there. */
export const absent: Check = ({ answers }) => {
  if (answers.total === 0) return [gap('no-activities', `The evidence holds no activity at all; ${noProof}.`)]
  const lacks = (category: string) => (answers.categories[category] ?? 0) === 0
  const noLogons = 'The evidence holds no logons, so nothing can be tied to an address by one'
  return [
    ...(lacks('logon') ? [gap('no-logons', `${noLogons}; ${noProof}.`)] : []),
    ...(lacks('search')
      ? [warning('no-searches', `The evidence holds no searches; ${noProof}.${searchHint(answers)}`)]
      : []),
    ...(hasReading(answers)
      ? []
      : [warning('no-reads', `The evidence holds no mail being read; ${noProof}.${readHint(answers)}`)]),
  ]
}

/** What somebody changed of what is recorded: an intruder's first care, and a hole in every answer. */
export const auditingChanged: Check = ({ answers: { auditing } }) =>
  oneByOne(
    auditing,
    ({ at, text, who, ip }) => {
      const by = ip === null ? who : `${who} from ${ip}`
      return gap('auditing', `${minute(Date.parse(at))}: ${text}. By ${by}.`)
    },
    (more) => gap('auditing', `${countOf(more, 'more change')} of auditing may be why records are missing.`),
  )

/** What listings say was not recorded when they were made. */
export const listedUnrecorded: Check = ({ answers: { states } }) =>
  oneByOne(
    states.unrecorded,
    ({ text, file, at, mailboxes, isGrave }) => {
      const whose = mailboxes.length === 0 ? '' : ` of ${few(mailboxes, namedMailboxes)}`
      const told = `“${file}” says${whose}, as of ${minuteOf(at)}: ${text}.`
      return isGrave === 1 ? gap('listed-unrecorded', told) : warning('listed-unrecorded', told)
    },
    (more) => warning('listed-unrecorded', `${countOf(more, 'more line')} of listings say what is not recorded.`),
  )

const namedMailboxes = 5

/** Mailboxes that were used, and of which nothing says what was read there. */
export const unrecordedReads: Check = ({ answers }) => {
  const { reads } = answers.unrecorded
  if (!hasAudit(answers) || !hasReading(answers) || reads.total === 0) return []
  const text = `${used(answers, reads)} no mail access is recorded at all: which mails were read there, if any, is not known.${readHint(answers)}`
  return [hasIntruder(answers) ? gap('unrecorded-reads', text) : warning('unrecorded-reads', text)]
}

/** Mailboxes that the intruder used before the first mail access that is recorded there of anybody, or after the last: as far as there are audit records at all. */
export const partlyRecordedReads: Check = ({ answers }) => {
  const log = answers.datasets.find(isAudit)
  if (log === undefined) return []
  const unknown = 'which mails were read there'
  const texts = answers.partlyRecorded.flatMap(({ mailbox, ...one }) => {
    const [since, until, first, last] = [one.since, one.until, one.first, one.last].map((at) => Date.parse(at)) as Span
    const used = `Of ${mailbox}, which the marked intruder used`
    const none = 'no mail access is recorded of anybody'
    return [
      ...(first > Math.max(since, log.first) + dayMs
        ? [
            `${used} from ${minute(since)}, ${none} before ${minute(first)}: ${unknown} until then, if any, is not known.${readHint(answers)}`,
          ]
        : []),
      ...(last < Math.min(until, log.last) - dayMs
        ? [
            `${used} until ${minute(until)}, ${none} after ${minute(last)}: ${unknown} from then on, if any, is not known.${readHint(answers)}`,
          ]
        : []),
    ]
  })
  return oneByOne(
    texts,
    (text) => gap('unrecorded-reads', text),
    (more) =>
      gap(
        'unrecorded-reads',
        `The same holds for ${countOf(more, 'more time', 'more times')} of use of such mailboxes.`,
      ),
  )
}

type Span = [since: number, until: number, first: number, last: number]

/** Mailboxes that were used, and of which no search is recorded though others have some. */
export const unrecordedSearches: Check = ({ answers }) => {
  const { searches } = answers.unrecorded
  const isAny = (answers.categories['search'] ?? 0) > 0
  if (!hasAudit(answers) || !isAny || searches.total === 0) return []
  const text = `${used(answers, searches)} no search is recorded at all: that is no proof that nothing was searched for there.${searchHint(answers)}`
  return [warning('unrecorded-searches', text)]
}

/** `The marked intruder used 2 mailboxes or accounts (a, b) of which`: who signs in need not open the mailbox. */
function used(answers: Answers, { total, mailboxes }: Unrecorded): string {
  const more = total > mailboxes.length ? `, and ${number(total - mailboxes.length)} more` : ''
  const who = hasIntruder(answers) ? 'The marked intruder used' : 'Somebody used'
  return `${who} ${countOf(total, 'mailbox or account', 'mailboxes or accounts')} (${mailboxes.join(', ')}${more}) of which`
}

// Microsoft: SearchQueryInitiated is no default of mailbox auditing, whatever the licence.
/** Why searches may be missing in audit records. */
function searchHint(answers: Answers): string {
  if (!hasAudit(answers)) return ''
  return ' Searches of a mailbox are audited only after Set-Mailbox -AuditOwner @{Add="SearchQueryInitiated"}.'
}

// Microsoft: MailItemsAccessed came with E5 and was widened to further licences in 2024.
/** Why mail access may be missing in audit records. */
function readHint(answers: Answers): string {
  if (!hasAudit(answers)) return ''
  return ' MailItemsAccessed is recorded only where licence and audit settings of the mailbox include it: check both.'
}

/** Whether there are audit records. */
export function hasAudit({ datasets }: Answers): boolean {
  return datasets.some(isAudit)
}

function isAudit({ dataset }: DatasetAnswer): boolean {
  return dataset === 'o365.audit'
}
