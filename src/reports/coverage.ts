import { activeHours, hourMs } from './active-hours.ts'
import type { CaseReport } from './case-report.ts'
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
const namedSilences = 10

const unread: Check = ({ evidence }) => {
  const files = evidence.filter(({ complete }) => !complete)
  return files.map(({ path, counts }) =>
    gap(
      'unread',
      `"${path}" was not read to its end: what follows its first ${countOf(counts.read, 'row')} is missing here.`,
    ),
  )
}

const rejected: Check = ({ evidence, rejects }) => {
  if (rejects.total === 0) return []
  const read = evidence.reduce((sum, { counts }) => sum + counts.read, 0)
  const text = `${countOf(rejects.total, 'row or file', 'rows or files')} could not be understood and ${rejects.total === 1 ? 'is' : 'are'} in none of the counts; ${countOf(read, 'row')} were read in all.`
  return [gap('rejected', text)]
}

const pages: Check = ({ evidence }) =>
  evidence
    .filter(({ shape, counts }) => shape === 'retriever-csv' && counts.read > 0 && counts.read % pageRows === 0)
    .map(({ path, counts }) =>
      warning(
        'page-limit',
        `"${path}" has exactly ${number(counts.read)} rows: retriever.py fetches pages of 1,000 and leaves a partial file when a request fails: the export may be cut off.`,
      ),
    )

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

const unknown: Check = ({ answers }) => {
  const counts = Object.values(answers.unknownOperations)
  const sum = counts.reduce((all, count) => all + count, 0)
  if (sum === 0) return []
  const text = `${countOf(sum, 'activity', 'activities')} of ${countOf(counts.length, 'operation')} that Hoofprint does not know ${sum === 1 ? 'is' : 'are'} counted as "other" and may belong to one of the answers.`
  return [warning('unknown-operations', text)]
}

const silent: Check = (report) => {
  const silences = silencesOf(report).toSorted((a, b) => b.hours - a.hours)
  const facts = silences
    .slice(0, namedSilences)
    .map(({ mailbox, from, until, hours }) =>
      warning(
        'silence',
        `Nothing was recorded of ${mailbox} for ${duration(hours)}, from ${minute(from)} to ${minute(until)}: either nothing happened or its record is missing.`,
      ),
    )
  const more = silences.length - facts.length
  if (more === 0) return facts
  return [
    ...facts,
    warning(
      'more-silences',
      `${countOf(more, 'shorter stretch', 'shorter stretches')} of more than 3 days also had no records.`,
    ),
  ]
}

const retention: Check = ({ answers: { first } }) => {
  if (first === undefined) return []
  const text = `Microsoft kept these activities for up to 6 months: whatever happened before the first one here, ${first}, is not known.`
  return [info('retention', text)]
}

const attribution: Check = ({ answers: { reads, readsByAddress } }) => {
  const { displays } = reads
  if (displays === 0) return []
  const proven = readsByAddress.reduce((sum, by) => sum + by.proven, 0)
  const nobody = readsByAddress.reduce((sum, by) => sum + (by.ip === null ? by.displays - by.proven : 0), 0)
  const share = (count: number) => `${number(count)} (${percent(count, displays)})`
  const text = `Of ${countOf(displays, 'display')} of mail, ${share(proven)} are tied to a logon by its session, ${share(displays - proven - nobody)} to the nearest earlier logon, ${share(nobody)} to none.`
  return [nobody > 0 ? warning('attribution', text) : info('attribution', text)]
}

const subjects: Check = ({ answers: { items } }) => {
  const listed = items.rows.length
  const nameless = items.rows.filter(
    ({ subject }) => subject === null || subject === undefined || subject === '',
  ).length
  if (listed === 0) return []
  const of =
    listed < items.total
      ? `the ${number(listed)} listed of ${number(items.total)} displayed items`
      : `${countOf(listed, 'displayed item')}`
  const text = `The subject is known of ${number(listed - nameless)} (${percent(listed - nameless, listed)}) of ${of}; a subject is only known when some other record names it.`
  return [nameless > 0 ? warning('subjects', text) : info('subjects', text)]
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
