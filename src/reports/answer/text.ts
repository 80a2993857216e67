import { applicationsTable } from '../applications-table.ts'
import { datasetLabel } from '../datasets.ts'
import { visible } from '../visible.ts'
import { countOf, minute, noneFound, number, shortened } from '../words.ts'
import type { Finding, Reference, Section } from './finding.ts'
import type { CaseAnswer, EvidenceSpan } from './index.ts'

/** Findings of each question that a page has room for. */
const shown = 8
const longest = 400
const toldMarks = 12

/** What is said where somebody may take how sure an address is for how sure it is that something was done. */
const howToRead = [
  'How is a line read?',
  '  What it says was done is recorded. In round brackets stands the account it was done in, which need not be its owner’s doing, and from where. In square',
  '  brackets stands how it is known from where or by whom (recorded: its record says so; proven by session: another record of its session does; inferred:',
  '  from the nearest earlier logon, or from what belongs to it), and the record: its file and row below, or its event.id; +1 is one more record.',
]

const ofNobody =
  '  Nothing in this case is of what is marked: see that it is what was meant; hoofprint sessions lists who was there, and from where.'

const certainties = { record: 'recorded', session: 'proven by session', inferred: 'inferred' } as const

/** The answer as a page, each finding in one line. */
export function answerAsText(answer: CaseAnswer): string {
  const files = new Map<string, number>()
  const { whose, told, activities, inferred, doubled, first, last, marks } = answer
  const isListed = answer.sections.some(({ name }) => name === 'states')
  if (activities === 0 && !isListed)
    return `${['The case holds no activities.', ...limitLines(answer)].map((line) => visible(line)).join('\n')}\n`
  const names = marks.filter(({ actor }) => actor === 'intruder').map(({ value }) => value)
  const more = names.length > toldMarks ? ` and ${number(names.length - toldMarks)} more` : ''
  const once = doubled === 0 ? '' : ` (${countOf(doubled, 'activity', 'activities')} that two logs have count once)`
  const head =
    whose === 'intruder'
      ? [
          `What did the marked intruder do? ${number(told)} of ${countOf(activities, 'activity', 'activities')}${doubt(inferred)}${once}`,
          `  marked: ${names.slice(0, toldMarks).join(', ')}${more}`,
        ]
      : [
          `What was done? ${countOf(activities, 'activity', 'activities')} of everybody${once}`,
          "  Nothing is marked as the intruder's yet: hoofprint mark --hostile ADDRESS,SESSION narrows this page to the intruder.",
        ]
  const lines = [
    ...head,
    told === 0 ? ofNobody : `  from ${time(first)} to ${time(last)} (UTC)`,
    `  evidence: ${answer.datasets.map(spanOf).join('; ')}`,
    ...answer.sections.filter((section) => !isEmpty(section)).flatMap((section) => linesOf(section, files)),
    ...emptyLines(answer.sections.filter(isEmpty)),
    ...limitLines(answer),
    '',
    ...howToRead,
    ...legend(files),
  ]
  return `${lines.map((line) => visible(line)).join('\n')}\n`
}

/** `Audit log 2026-03-01 to 2026-03-20`. */
function spanOf({ dataset, first, last }: EvidenceSpan): string {
  return `${datasetLabel(dataset)} ${first.slice(0, 10)} to ${last.slice(0, 10)}`
}

/** Nothing was found, and nothing is known that limits that. */
const isEmpty = ({ total, limits }: Section) => total === 0 && limits.length === 0

/** Said once for all of them: what was found would stand far apart between twenty that say the same. */
function emptyLines(sections: readonly Section[]): string[] {
  if (sections.length === 0) return []
  return ['', `To these questions: ${noneFound}`, ...sections.map(({ question }) => `  ${question}`)]
}

/** How much of a figure is no more than inferred. */
function doubt(inferred: number): string {
  return inferred === 0 ? '' : `, ${number(inferred)} of these only inferred`
}

/** Where all is that an answer counts, and may list no more of; elsewhere activity by activity. */
const tables: ReadonlyMap<string, string> = new Map([
  ['applications', `all in the table <case>-${applicationsTable}.tsv`],
])

function linesOf(
  { name, question, total, inferred = 0, findings, limits }: Section,
  files: Map<string, number>,
): string[] {
  const where =
    findings.length < total
      ? `${number(findings.length)} in --json, ${tables.get(name) ?? 'all activities in the tables'}`
      : '--json has them'
  const rest = total > shown ? [`  … and ${number(total - Math.min(shown, findings.length))} more: ${where}`] : []
  const lines = findings.slice(0, shown).map((finding) => lineOf(finding, files))
  return [
    '',
    `${question} ${number(total)}${doubt(inferred)}`,
    ...(total === 0 ? [`  ${noneFound}`] : lines),
    ...rest,
    ...limits.map((limit) => `  ! ${limit}`),
  ]
}

function lineOf({ at, last, text, certainty, references }: Finding, files: Map<string, number>): string {
  const span = last === undefined || last === at ? time(at) : `${time(at)} – ${time(last)}`
  const sure = certainty === null ? 'address not known' : certainties[certainty]
  return `  ${span}  ${shortened(text, longest)}  [${sure}; ${referenceOf(references, files)}]`
}

/** The first reference: by file and row where they are known, else by the event's id. */
function referenceOf([first, ...others]: readonly Reference[], files: Map<string, number>): string {
  if (first === undefined) return 'no record'
  const more = others.length > 0 ? ` +${number(others.length)}` : ''
  if (first.file === undefined) return `${first.id}${more}`
  const file = files.get(first.file) ?? files.size + 1
  files.set(first.file, file)
  return `file ${file} row ${first.row}${more}`
}

function limitLines({ limits }: CaseAnswer): string[] {
  const more = limits.length > shown ? [`  … and ${number(limits.length - shown)} more: --json has them`] : []
  const lines = limits.slice(0, shown).map((limit) => `  ! ${limit}`)
  return limits.length === 0 ? [] : ['', 'What limits all of this?', ...lines, ...more]
}

function legend(files: ReadonlyMap<string, number>): string[] {
  return files.size === 0 ? [] : ['', 'Files', ...[...files].map(([path, i]) => `  ${i}  ${path}`)]
}

function time(at: string | undefined): string {
  return at === undefined ? '-' : minute(at)
}
