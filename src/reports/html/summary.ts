import type { CategoryName } from '../../document.ts'
import type { DatedMark } from '../../marks.ts'
import { version } from '../../version.ts'
import { type ActivityListName, type Answers, activityLists, type CaseReport } from '../answers.ts'
import type { CoverageFact } from '../coverage/check.ts'
import { coverageFacts } from '../coverage.ts'
import { sum } from '../sum.ts'
import { doubledIn, hasIntruder, hasMarks } from '../tally.ts'
import { countOf, mailsCounted, minute, number, percent, receiversText } from '../words.ts'
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

/** A list that is counted as it is: what its activities are called, and what they are. */
type ListFigure = readonly [list: ActivityListName, of: string, more: string]

/** What lets somebody stay, or keeps the owner from seeing it; beside rules and forwarding. */
const changes: readonly ListFigure[] = [
  ['permissions', 'changes of permissions', 'of mailboxes and folders'],
  ['consents', 'consents', 'and changes of applications'],
  ['accounts', 'account changes', 'passwords, second factors, devices'],
  ['administration', 'administrative changes', 'settings, roles, accounts'],
]
const mails: readonly ListFigure[] = [
  ['attachments', 'attachment activities', 'opened, or previews begun and ended'],
  ['sent', 'sending activities', 'sent, replied, forwarded, or only drafted'],
  ['deleted', 'deleting activities', 'mails or folders deleted'],
]
const files: readonly ListFigure[] = [
  ['files', 'file activities', 'accessed, downloaded, changed'],
  ['shared', 'sharing activities', 'links and invitations'],
]

function figuresOf(answers: Answers): Figure[] {
  const { rules, forwarding, alerts } = answers
  const queries = sum(answers.searchesByAddress, ({ queries }) => queries)
  const typed = sum(answers.searchesByAddress, ({ typed }) => typed)
  const own = ownIn(answers)
  const listFigure = ([list, of, more]: ListFigure): Figure => {
    return { figure: answers[list].total, ...own(activityLists[list]), of, more }
  }
  const ruleFigure = {
    figure: rules.total + forwarding.total,
    ...own('rule', 'forward'),
    of: rules.total + forwarding.total === 1 ? 'change of rules' : 'changes of rules',
    more: `${number(forwarding.total)} of a whole mailbox’s forwarding`,
  }
  const alertFigure = {
    figure: alerts.total,
    of: alerts.total === 1 ? 'alert' : 'alerts',
    more: 'of Microsoft or the organization',
  }
  return [
    ...markFigure(answers),
    { ...logonFigure(answers.logonTotals), ...own('logon') },
    {
      figure: queries,
      ...own('search'),
      of: queries === 1 ? 'search' : 'searches',
      more: typed === 0 ? '' : `and ${countOf(typed, 'record')} of key strokes that led to them or to nothing`,
    },
    readFigure(answers),
    ...[ruleFigure, ...changes.map(listFigure)].filter(isAny),
    ...mails.map(listFigure),
    ...[...files.map(listFigure), alertFigure].filter(isAny),
  ]
}

const isAny = ({ figure }: Figure) => figure > 0

const hasOthers = ({ actors: { owner = 0, unknown = 0 } }: Answers) => owner + unknown > 0

/** The marked intruder's share of a figure, by the categories that it counts. */
function ownIn(answers: Answers): (...categories: CategoryName[]) => Pick<Figure, 'own'> {
  const { intruderCategories, searchesByAddress } = answers
  if (!hasIntruder(answers)) return () => ({})
  const searches = searchesByAddress.filter(({ marked }) => marked === 'intruder')
  const counts = { ...intruderCategories, search: sum(searches, ({ queries }) => queries) }
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
  return {
    figure: reads.items,
    ...(hasIntruder(answers) && { own: answers.intruderReads.items }),
    of: reads.items === 1 ? 'mail read' : 'mails read',
    more: `${doubt}${countOf(reads.displays, 'time')}; ${number(readSubjects)} with a subject${folders}${mailsCounted(answers)}`,
  }
}

function logonFigure({ addresses, succeeded, failed, unknown }: Answers['logonTotals']): Figure {
  return {
    figure: succeeded + failed + unknown,
    of: `${succeeded + failed + unknown === 1 ? 'logon' : 'logons'} from ${countOf(addresses, 'address', 'addresses')}`,
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
