import type { CategoryName } from '../../document.ts'
import type { DatedMark } from '../../marks.ts'
import { version } from '../../version.ts'
import { type ActivityListName, type Answers, activityLists, type CaseReport } from '../answers.ts'
import type { CoverageFact } from '../coverage/check.ts'
import { coverageFacts } from '../coverage.ts'
import { sum } from '../sum.ts'
import { doubledIn, hasIntruder, hasMarks } from '../tally.ts'
import { countOf, mailsCounted, minute, nounTo, number, percent, receiversText } from '../words.ts'
import { type Html, html, time, value } from './html.ts'

/** Mailboxes that are named at the top; more are only counted. */
const named = 10

/** What the case is about, and the answers in a few sentences. */
export function summary(report: CaseReport): Html {
  const { title, writtenAt, marks = [], answers } = report
  const { mailboxes, mailboxTotal, receivers } = answers
  const more = mailboxTotal - named
  return html`<header>
<p class="product">Hoofprint: what was done in a mailbox</p>
<h1>${value(title)}</h1>
<dl class="facts">
<div><dt>First activity</dt><dd>${time(answers.first)} UTC</dd></div>
<div><dt>Last activity</dt><dd>${time(answers.last)} UTC</dd></div>
<div><dt>Activities</dt><dd>${number(answers.total - doubledIn(answers))}</dd></div>
<div><dt>Report written</dt><dd>${time(writtenAt)} UTC by Hoofprint ${version}</dd></div>
<div${mailboxTotal > 1 ? html` class="many"` : undefined}><dt>${mailboxTotal === 1 ? 'Mailbox' : 'Mailboxes'}</dt>
<dd class="names">${mailboxes.slice(0, named).map((mailbox) => html`<span>${value(mailbox)}</span>\n`)}
${more > 0 ? html`<span>and ${number(more)} more</span>` : undefined}</dd>
${receivers > 0 ? html`<dd>${receiversText(answers)}</dd>` : undefined}</div>
${marked('Marked as the intruder’s', marks, 'intruder')}
${marked('Marked as the owner’s', marks, 'owner')}
</dl>
</header>
<section id="answers" aria-labelledby="answers-title">
<h2 id="answers-title">Answers</h2>
${unmarked(marks, answers)}<p>${sureness(answers)}</p>
<p class="about">All times are UTC. Each count is of the evidence below, no more: ${limits(report)}${hasIntruder(answers) && hasOthers(answers) ? html`<span class="screen"> To print what the marked intruder did alone, choose it at the top first.</span>` : undefined}</p>
<ul class="figures">
${figuresOf(answers).map(figureItem)}</ul>
</section>
`
}

/** What may make every answer less than whole, counted where it is read first. */
function limits(report: CaseReport): Html {
  const facts = coverageFacts(report)
  const count = (of: CoverageFact['severity']) => facts.filter(({ severity }) => severity === of).length
  const [gaps, cautions] = [count('gap'), count('warning')]
  const told = [...(gaps > 0 ? [countOf(gaps, 'gap')] : []), ...(cautions > 0 ? [countOf(cautions, 'caution')] : [])]
  if (told.length === 0) return html`<a href="#evidence">how complete that is</a> limits every answer.`
  return html`<a href="#evidence">${told.join(' and ')}</a> ${gaps + cautions === 1 ? 'limits' : 'limit'} the answers.`
}

/** Who takes every figure for the intruder's reads what the owner did as a breach. */
function unmarked(marks: readonly DatedMark[], answers: Answers): Html | undefined {
  if (hasIntruder(answers) || answers.total === 0) return undefined
  const said = marks.some(({ actor }) => actor === 'intruder')
    ? 'What is marked as the intruder’s is of nothing in this evidence'
    : 'Nothing is marked as the intruder’s yet'
  return html`<p><b>${said}</b>: each figure is of everybody, the owners of the mailboxes too. After hoofprint mark --hostile ADDRESS, hoofprint
report tells what is the intruder’s.</p>
`
}

/** Marks that are named at the top; more are only counted. */
const namedMarks = 20

/** What an investigator says is whose: what the page says of the intruder rests on it. */
function marked(title: string, marks: readonly DatedMark[], actor: DatedMark['actor']): Html | undefined {
  const own = marks.filter((mark) => mark.actor === actor)
  if (own.length === 0) return undefined
  const more = own.length > namedMarks ? ` and ${number(own.length - namedMarks)} more` : ''
  const names = own.slice(0, namedMarks).map(({ kind, value: what, at }) => {
    const name = kind === 'ip' || kind === 'cidr' || kind === 'asn' ? what : `${kind} ${what}`
    const since = at === null ? undefined : ` since ${minute(new Date(at).toISOString())} UTC`
    return html`${value(name)}${since}<br>`
  })
  return html`<div><dt>${title}</dt><dd>${names}${more}</dd></div>`
}

interface Figure {
  readonly figure: number
  /** How many of them are the marked intruder's; not told where nothing is marked as his. */
  readonly own?: number
  readonly of: string
  readonly more: string
}

function figureItem({ figure, own, of, more }: Figure): Html {
  const share =
    own === undefined
      ? undefined
      : html`<span class="actor ${own > 0 ? 'intruder' : 'none'}">${number(own)} the intruder’s</span> `
  return html`<li><b>${number(figure)}</b> <span class="of">${of}</span> ${share}<span class="more">${more}</span></li>
`
}

/** A list that is counted as it is: what one of its activities is called, and several, and what they are. */
type ListFigure = readonly [list: ActivityListName, one: string, many: string, more: string]

/** What lets somebody stay, or keeps the owner from seeing it; beside rules and forwarding. */
const changes: readonly ListFigure[] = [
  ['permissions', 'change of permissions', 'changes of permissions', 'of mailboxes and folders'],
  ['consents', 'consent', 'consents', 'and changes of applications'],
  ['accounts', 'account change', 'account changes', 'passwords, second factors, devices'],
  ['administration', 'administrative change', 'administrative changes', 'settings, roles, accounts'],
]
const mails: readonly ListFigure[] = [
  ['attachments', 'attachment activity', 'attachment activities', 'opened, or previews begun and ended'],
  ['sent', 'sending activity', 'sending activities', 'sent, replied, forwarded, or only drafted'],
  ['deleted', 'deleting activity', 'deleting activities', 'mails or folders deleted'],
]
const files: readonly ListFigure[] = [
  ['files', 'file activity', 'file activities', 'accessed, downloaded, changed'],
  ['shared', 'sharing activity', 'sharing activities', 'links and invitations'],
]

function figuresOf(answers: Answers): Figure[] {
  const { rules, forwarding, alerts, searchTotals } = answers
  const { queries } = searchTotals
  const own = ownIn(answers)
  const listFigure = ([list, one, many, more]: ListFigure): Figure => {
    const { total } = answers[list]
    return { figure: total, ...own(activityLists[list]), of: nounTo(total, one, many), more }
  }
  const ruleChanges = rules.total + forwarding.total
  const ruleFigure = {
    figure: ruleChanges,
    ...own('rule', 'forward'),
    of: `${nounTo(ruleChanges, 'change', 'changes')} of rules and forwarding`,
    more: `${number(rules.total)} of rules, ${number(forwarding.total)} of a whole mailbox’s forwarding`,
  }
  const alertFigure = {
    figure: alerts.total,
    of: nounTo(alerts.total, 'alert'),
    more: 'of Microsoft or the organization',
  }
  return [
    ...markFigure(answers),
    { ...logonFigure(answers.logonTotals), ...own('logon') },
    { figure: queries, ...own('search'), of: nounTo(queries, 'search', 'searches'), more: besideQueries(searchTotals) },
    readFigure(answers),
    ...[ruleFigure, ...changes.map(listFigure)].filter(isAny),
    ...mails.map(listFigure),
    ...[...files.map(listFigure), alertFigure].filter(isAny),
  ]
}

/** Who reads a figure of nothing alone takes it for proof. */
const noneRecorded = 'none is recorded, which is no proof that there was none'

function besideQueries({ queries, typed }: Answers['searchTotals']): string {
  if (typed > 0) return `and ${countOf(typed, 'record')} of key strokes that led to them or to nothing`
  return queries === 0 ? noneRecorded : ''
}

const isAny = ({ figure }: Figure) => figure > 0

const hasOthers = ({ actors: { owner = 0, unknown = 0 } }: Answers) => owner + unknown > 0

/** The marked intruder's share of a figure, by the categories that it counts. */
function ownIn(answers: Answers): (...categories: CategoryName[]) => Pick<Figure, 'own'> {
  const { intruderCategories, searchTotals } = answers
  if (!hasIntruder(answers)) return () => ({})
  const counts = { ...intruderCategories, search: searchTotals.intruder }
  return (...categories) => ({
    own: sum(categories, (name) => (counts as Readonly<Record<string, number>>)[name] ?? 0),
  })
}

function markFigure(answers: Answers): Figure[] {
  if (!hasMarks(answers)) return []
  const { intruder = 0, owner = 0, unknown = 0 } = answers.actors
  const doubled = doubledIn(answers)
  const once = doubled === 0 ? '' : `; ${countOf(doubled, 'activity', 'activities')} that two logs have count once`
  const rest = `${number(owner)} the owner’s, ${number(unknown)} not known whose${once}`
  return [{ figure: intruder, of: 'activities of the marked intruder', more: rest }]
}

function readFigure(answers: Answers): Figure {
  const { reads, readSubjects, mailAccess, sharedSessions } = answers
  const { mails } = sharedSessions
  const doubt = mails === 0 ? '' : `${number(mails)} of the intruder’s by a session alone, so perhaps the owner’s; `
  const { syncRecords } = mailAccess
  const folders = syncRecords === 0 ? '' : `; and whole folders, in ${countOf(syncRecords, 'record')}`
  const times =
    reads.displays === 0 ? noneRecorded : `${countOf(reads.displays, 'time')}; ${number(readSubjects)} with a subject`
  return {
    figure: reads.items,
    ...(hasIntruder(answers) && { own: answers.intruderReads.items }),
    of: nounTo(reads.items, 'mail read', 'mails read'),
    more: `${doubt}${times}${folders}${reads.displays === 0 ? '' : mailsCounted(answers)}`,
  }
}

function logonFigure({ addresses, succeeded, failed, unknown }: Answers['logonTotals']): Figure {
  return {
    figure: succeeded + failed + unknown,
    of: `${nounTo(succeeded + failed + unknown, 'logon')} from ${countOf(addresses, 'address', 'addresses')}`,
    more: `${number(succeeded)} succeeded, ${number(failed)} failed, ${number(unknown)} of unknown outcome`,
  }
}

function sureness({ reads: { displays }, readsByMethod }: Answers): string {
  if (displays === 0) return 'The evidence names no mail that was read. That is not proof that none was.'
  const { recorded, session, nearest, service, nobody } = readsByMethod
  const sure = recorded + session
  const share = `${number(sure)} of ${countOf(displays, 'reading')} (${percent(sure, displays)})`
  const others = [
    ...(nearest > 0 ? [`${number(nearest)} are attributed to the nearest earlier logon, which is an inference`] : []),
    ...(service > 0 ? [`${number(service)} came through a service of Microsoft’s, which names no client`] : []),
    ...(nobody > 0 ? [`of ${number(nobody)} no address is known`] : []),
  ]
  const rest = others.map((other) => `; ${other}`).join('')
  return `For ${share} the record itself, or its session, proves from which address the mail was read${rest}.`
}
