import { activeHours, hourMs } from './active-hours.ts'
import type { CaseReport } from './case-report.ts'
import { sum } from './sum.ts'
import { countOf, number, percent } from './words.ts'

/** Something to know about the evidence before believing the answers. */
export interface CoverageFact {
  readonly kind: string
  readonly severity: 'gap' | 'warning' | 'info'
  /** One sentence, with its figures. */
  readonly text: string
}

type Covered = Pick<CaseReport, 'answers' | 'evidence' | 'rejects'>
type Check = (report: Covered) => readonly CoverageFact[]

const severities: readonly CoverageFact['severity'][] = ['gap', 'warning', 'info']

/** What the evidence lacks or may lack, and how sure its attributions are; the gravest first. */
export function coverageFacts(report: Covered): CoverageFact[] {
  const facts = checks.flatMap((check) => check(report))
  return facts.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}

/** What retriever.py asks for at once. */
const pageRows = 1000
/** How long nothing may be seen of a mailbox before it is worth a word. */
const silenceHours = 72
/** How many facts of a kind are told one by one. */
const named = 10

const unread: Check = ({ evidence }) => {
  const files = evidence.filter(({ complete }) => !complete)
  const facts = files.slice(0, named).map(({ path, counts }) => {
    const read = countOf(counts.read, 'row')
    return gap('unread', `"${path}" was not read to its end: what follows its first ${read} is missing here.`)
  })
  const more = files.length - facts.length
  return more === 0
    ? facts
    : [...facts, gap('unread', `${countOf(more, 'more file')} ${isOrAre(more)} not read to the end.`)]
}

const rejected: Check = ({ evidence, rejects: { total } }) => {
  if (total === 0) return []
  const all = countOf(
    sum(evidence, ({ counts }) => counts.read),
    'row',
  )
  const rows = countOf(total, 'row or file', 'rows or files')
  return [
    gap('rejected', `${rows} could not be used and ${isOrAre(total)} missing in the counts; ${all} were read in all.`),
  ]
}

const pages: Check = ({ evidence }) => {
  const files = evidence.filter(({ shape, counts: { read } }) => {
    return shape === 'retriever-csv' && read > 0 && read % pageRows === 0
  })
  const facts = files.slice(0, named).map(({ path, counts }) => {
    const text = `"${path}" has exactly ${number(counts.read)} rows: ${pagesReason}`
    return warning('page-limit', text)
  })
  const more = files.length - facts.length
  return more === 0
    ? facts
    : [...facts, warning('page-limit', `${countOf(more, 'more file')} may be cut off likewise.`)]
}

const pagesReason =
  'retriever.py fetches pages of 1,000 and leaves a partial file when a request fails: the export may be cut off.'

const absent: Check = ({ answers }) => {
  const noProof = 'absence in this evidence is not proof that there were none'
  const { total, categories } = answers
  if (total === 0) return [gap('no-activities', `The evidence holds no activity at all; ${noProof}.`)]
  const lacks = (category: string) => (categories[category] ?? 0) === 0
  return [
    ...(lacks('logon')
      ? [gap('no-logons', `The evidence holds no logons, so nothing can be tied to an address; ${noProof}.`)]
      : []),
    ...(lacks('search') ? [warning('no-searches', `The evidence holds no searches; ${noProof}.`)] : []),
    ...(answers.reads.displays === 0
      ? [warning('no-reads', `The evidence holds no displays of mail; ${noProof}.`)]
      : []),
  ]
}

const unknown: Check = ({ answers: { unknownOperations } }) => {
  const operations = Object.values(unknownOperations)
  const total = sum(operations, (count) => count)
  if (total === 0) return []
  const what = `${countOf(total, 'activity', 'activities')} of ${countOf(operations.length, 'operation')}`
  const text = `${what} that Hoofprint does not know ${isOrAre(total)} counted as "other" and may belong to an answer.`
  return [warning('unknown-operations', text)]
}

const silent: Check = (report) => {
  const silences = silencesOf(report).toSorted((a, b) => b.hours - a.hours)
  const facts = silences.slice(0, named).map(({ mailbox, from, until, hours }) => {
    const when = `${duration(hours)}, from ${minute(from)} to ${minute(until)}`
    const text = `Nothing was recorded of ${mailbox} for ${when}: nothing happened, or its record is missing.`
    return warning('silence', text)
  })
  const more = silences.length - facts.length
  if (more === 0) return facts
  const text = `${countOf(more, 'shorter stretch', 'shorter stretches')} of more than 3 days also had no records.`
  return [...facts, warning('more-silences', text)]
}

const retention: Check = ({ answers: { first } }) => {
  if (first === undefined) return []
  const kept = 'Microsoft kept these activities for up to 6 months'
  return [info('retention', `${kept}: what happened before the first here, ${first}, is unknown.`)]
}

const attribution: Check = ({ answers: { reads, readsByAddress } }) => {
  const { displays } = reads
  if (displays === 0) return []
  const proven = sum(readsByAddress, (by) => by.proven)
  const nobody = sum(readsByAddress, (by) => (by.ip === null ? by.displays - by.proven : 0))
  const share = (count: number) => `${number(count)} (${percent(count, displays)})`
  const nearest = `${share(displays - proven - nobody)} to the nearest earlier logon`
  const tied = `${share(proven)} are tied to a logon by its session, ${nearest}, ${share(nobody)} to none`
  const text = `Of ${countOf(displays, 'display')} of mail, ${tied}.`
  return [nobody > 0 ? warning('attribution', text) : info('attribution', text)]
}

const subjects: Check = ({ answers: { items } }) => {
  const listed = items.rows.length
  if (listed === 0) return []
  const known = items.rows.filter(({ subject }) => subject !== null && subject !== undefined && subject !== '').length
  const whole = countOf(items.total, 'displayed item')
  const of = listed < items.total ? `the ${number(listed)} listed of ${whole}` : whole
  const share = `${number(known)} (${percent(known, listed)})`
  const text = `The subject is known of ${share} of ${of}; only other records name it.`
  return [known < listed ? warning('subjects', text) : info('subjects', text)]
}

const checks: readonly Check[] = [unread, rejected, absent, pages, unknown, attribution, subjects, silent, retention]

interface Silence {
  readonly mailbox: string
  readonly from: number
  readonly until: number
  readonly hours: number
}

function silencesOf({ answers }: Covered): Silence[] {
  const silences: Silence[] = []
  for (const [mailbox, hours] of activeHours(answers)) {
    let from: number | undefined
    for (const hour of hours.keys()) {
      const until = Date.parse(`${hour}:00:00Z`)
      const silence = from === undefined ? 0 : (until - from) / hourMs
      if (from !== undefined && silence > silenceHours) silences.push({ mailbox, from, until, hours: silence })
      from = until + hourMs
    }
  }
  return silences
}

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are'
}

function duration(hours: number): string {
  const rest = hours % 24
  const days = countOf(Math.floor(hours / 24), 'day')
  return rest === 0 ? days : `${days} ${countOf(rest, 'hour')}`
}

/** `2018-06-20 09:00 UTC`. */
function minute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

const gap = (kind: string, text: string): CoverageFact => ({ kind, severity: 'gap', text })
const warning = (kind: string, text: string): CoverageFact => ({ kind, severity: 'warning', text })
const info = (kind: string, text: string): CoverageFact => ({ kind, severity: 'info', text })
