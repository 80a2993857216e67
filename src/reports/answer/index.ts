import type { Mark } from '../../marks.ts'
import type { CaseReport } from '../answers.ts'
import type { DatasetAnswer } from '../completeness.ts'
import { copilotBeside } from '../copilot.ts'
import type { CoverageFact } from '../coverage/check.ts'
import { coverageFacts } from '../coverage.ts'
import { requestsBeside } from '../graph-requests.ts'
import { linksUsed, linksUsedTexts } from '../links-used.ts'
import type { Scratch } from '../scratch.ts'
import { sentOnTexts } from '../sent-on.ts'
import { isInferred } from '../sureness.ts'
import { doubledIn } from '../tally.ts'
import { byMailboxTexts } from './by-mailbox.ts'
import { changedSinceTexts } from './changed-since.ts'
import { alertQuestion, elseQuestion, type FactQuestion, factFindings, factQuestions, isOf } from './fact-findings.ts'
import type { Found, Section, Whose } from './finding.ts'
import { addressFindings, sessionFindings } from './origin-findings.ts'
import { outlivedTexts, stillOpenTexts } from './outlived.ts'
import {
  applicationFindings,
  copilotFindings,
  folderFindings,
  letInTexts,
  mailFindings,
  searchFindings,
} from './read-findings.ts'
import { sharedAddressTexts } from './shared-addresses.ts'
import { listingTexts, stateFindings } from './state-findings.ts'
import { unaddressedTexts } from './unaddressed.ts'
import { uncoveredTexts } from './uncovered.ts'
import { unusualFindings } from './unusual-findings.ts'
import { userFindings } from './user-findings.ts'

/** From when to when there are records of one kind, to the hour: ISO 8601, UTC. */
export interface EvidenceSpan {
  readonly dataset: string
  readonly count: number
  readonly first: string
  readonly last: string
}

/** The case in one page: whose doings, what they were, how sure that is, and what may be missing. */
export interface CaseAnswer {
  readonly whose: Whose
  readonly marks: readonly Mark[]
  /** All activities of the case, and those that are told of. */
  readonly activities: number
  readonly told: number
  /** How many of those told of are the intruder's by inference alone. */
  readonly inferred: number
  /** How many activities two logs have: both numbers count these once. */
  readonly doubled: number
  readonly first: string | undefined
  readonly last: string | undefined
  /** Which kinds of records there are, from when to when. */
  readonly datasets: readonly EvidenceSpan[]
  readonly sections: readonly Section[]
  /** What limits every answer. */
  readonly limits: readonly string[]
}

type Report = Pick<CaseReport, 'answers' | 'evidence' | 'rejects' | 'skipped'>

interface Question {
  readonly name: string
  readonly question: string
  /** Of changes that may still stand, which facts they are, in SQL. */
  readonly ofChange?: string | undefined
  find(scratch: Scratch, whose: Whose, report: Report): Found
}

const unusual: Question = { name: 'unusual', question: 'What is new or unusual?', find: unusualFindings }

const addresses: Question = { name: 'addresses', question: 'From where?', find: addressFindings }
/** Of everybody they are everybody's. */
const users: Question = { name: 'users', question: 'Whose accounts were used or tried?', find: userFindings }

const questions: readonly Question[] = [
  { name: 'sessions', question: 'In which sessions?', find: sessionFindings },
  { name: 'searches', question: 'What was searched for?', find: searchFindings },
  { name: 'mails', question: 'Which mails were read?', find: mailFindings },
  { name: 'folders', question: 'Which folders were copied whole?', find: folderFindings },
  { name: 'applications', question: 'Which applications had access to mail?', find: applicationFindings },
  { name: 'copilot', question: 'What was Copilot asked to read?', find: copilotFindings },
  ...factQuestions.map(ofFacts),
  // What raises them is nobody's doing: whoever is asked for, one is told of anybody.
  {
    name: 'alerts',
    question: alertQuestion.question,
    find: (scratch) => factFindings(scratch, alertQuestion, 'everybody'),
  },
]

/** Asked only where files of the case list it. */
const states: Question = { name: 'states', question: 'What stood when somebody looked?', find: stateFindings }

function ofFacts(question: FactQuestion): Question {
  const ofChange = question.stands === true ? question.of : undefined
  return { ...question, ofChange, find: (scratch, whose) => factFindings(scratch, question, whose) }
}

/** What is told of addresses and accounts that the intruder used, beside which answer. */
const ofIntruder: Readonly<Record<string, (scratch: Scratch) => string[]>> = {
  addresses: sharedAddressTexts,
  users: stillOpenTexts,
  sessions: outlivedTexts,
  consents: letInTexts,
}

/** Which gap limits which answer, by the kinds of coverage facts; those that are not here limit all. */
const limited: Readonly<Record<string, readonly string[]>> = {
  'no-logons': ['addresses', 'users', 'sessions'],
  'no-searches': ['searches'],
  'no-reads': ['mails', 'folders', 'applications'],
  'unrecorded-reads': ['mails', 'folders', 'applications'],
  'unrecorded-searches': ['searches'],
  'listed-unrecorded': ['mails', 'folders', 'searches', 'states'],
  'shared-sessions': ['sessions', 'mails', 'folders'],
  'unmarked-beside': ['addresses', 'mails'],
  'unnamed-mailboxes': ['mails', 'folders', 'sent', 'attachments', 'deleted', 'moved'],
  throttled: ['mails', 'applications'],
  'nameless-binds': ['mails', 'applications'],
  'unsaid-access': ['mails', 'folders', 'applications'],
  'opened-folders': ['mails', 'folders'],
  'busy-binds': ['mails'],
  synchronized: ['mails'],
  'repeated-access': ['mails', 'folders'],
  'failed-access': ['mails', 'folders'],
  'graph-requests': ['mails'],
  'opened-in-portal': ['mails', 'attachments'],
  subjects: ['mails'],
  attribution: ['mails'],
  'doubled-mailbox': [
    'mails',
    'folders',
    'sent',
    'deleted',
    'moved',
    'rules',
    'forwarding',
    'permissions',
    'administration',
  ],
  'doubled-activities': ['sent', 'deleted', 'moved'],
  'doubled-changes': ['permissions', 'consents', 'accounts', 'administration'],
}
/** Stands before figures that are not the answer's own. */
export const wholeCase = 'In the whole case: '
/** Kinds whose figures are of the whole case, also where an answer is of the intruder. */
const ofCase: ReadonlySet<string> = new Set([
  'unsaid-access',
  'opened-folders',
  'unnamed-mailboxes',
  'nameless-binds',
  'failed-access',
  'synchronized',
  'subjects',
  'attribution',
  'opened-in-portal',
])
/** Notes that limit nothing. */
const harmless: ReadonlySet<string> = new Set([
  ...['doubled-logons', 'mailbox-logins', 'retold', 'microsoft-service', 'retention'],
])

/** Answers from what was counted: of the marked intruder where there are marks, else of everybody, with what is unusual first. */
export function answerOf(report: Report, scratch: Scratch, marks: readonly Mark[]): CaseAnswer {
  const { answers } = report
  const whose: Whose = marks.some(({ actor }) => actor === 'intruder') ? 'intruder' : 'everybody'
  const all = answers.states.total > 0 ? [...questions, states] : questions
  const asked = whose === 'intruder' ? [addresses, users, ...all, ofFacts(elseQuestion)] : [unusual, addresses, ...all]
  const doubled = doubledIn(answers)
  const facts = coverageFacts(report).filter(({ kind }) => !harmless.has(kind))
  const isAsked = ({ marked }: { readonly marked: string | null }) => whose === 'everybody' || marked === whose
  const sentOn = answers.sentOn.filter(isAsked)
  const used = linksUsedTexts(linksUsed(scratch, isOf(whose)))
  const requests = answers.requestCounts.filter(isAsked)
  const copilot = answers.copilotByUser.filter(isAsked)
  const sections = asked.map(({ name, question, ofChange, find }): Section => {
    const limits = facts.filter(({ kind }) => limited[kind]?.includes(name)).map((fact) => limitOf(fact, whose))
    const beside = [requestsBeside(name, requests), copilotBeside(name, copilot)].filter((one) => one !== undefined)
    const traced = name === 'forwarding' ? sentOnTexts(sentOn) : name === 'shared' ? used : []
    const listings = name === 'states' ? listingTexts(answers.states.listings) : []
    const byMailbox = name === 'mails' ? byMailboxTexts(scratch, whose) : []
    const unaddressed = name === 'sent' ? unaddressedTexts(scratch, isOf(whose)) : []
    const ofHim = whose === 'intruder' ? (ofIntruder[name]?.(scratch) ?? []) : []
    const since = ofChange === undefined || whose === 'everybody' ? [] : changedSinceTexts(scratch, ofChange)
    return {
      ...{ name, question, ...find(scratch, whose, report) },
      limits: [...byMailbox, ...ofHim, ...listings, ...unaddressed, ...traced, ...since, ...limits, ...beside],
    }
  })
  const [span] =
    whose === 'intruder'
      ? scratch.query<{ told: number | null; inferred: number | null; first: string | null; last: string | null }>(
          `select sum(count) as told, sum(count) filter (where ${isInferred}) as inferred,
          min(first) as first, max(last) as last from usage where marked = 'intruder'`,
        )
      : []
  return {
    whose,
    marks,
    activities: answers.total - doubled,
    told: whose === 'intruder' ? (span?.told ?? 0) : answers.total - doubled,
    inferred: span?.inferred ?? 0,
    doubled,
    first: (whose === 'intruder' ? span?.first : answers.first) ?? undefined,
    last: (whose === 'intruder' ? span?.last : answers.last) ?? undefined,
    datasets: answers.datasets.map(spanOf),
    sections,
    limits: [
      ...(whose === 'intruder' ? uncoveredTexts(scratch, answers.datasets) : []),
      ...facts.filter(({ kind }) => limited[kind] === undefined).map(({ text }) => text),
    ],
  }
}

function spanOf({ first, last, ...one }: DatasetAnswer): EvidenceSpan {
  return { ...one, first: new Date(first).toISOString(), last: new Date(last).toISOString() }
}

/** What a fact says beside an answer, whose own figures may be other ones. */
function limitOf({ kind, text }: CoverageFact, whose: Whose): string {
  return whose === 'intruder' && ofCase.has(kind) ? `${wholeCase}${text}` : text
}
