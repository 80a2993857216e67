import type { Answers } from '../answers.ts'
import type { CaseReport } from '../case-report.ts'
import { sum } from '../sum.ts'
import { countOf, number, percent } from '../words.ts'
import { type Html, html, value } from './html.ts'
import { time } from './time.ts'

/** Mailboxes that are named at the top; more are only counted. */
const named = 10

/** What the case is about, and the answers in a few sentences. */
export function summary({ title, writtenAt, answers }: CaseReport): Html {
  const { mailboxes } = answers
  const more = mailboxes.length - named
  return html`<header>
<p class="product">Hoofprint: what was done in a mailbox</p>
<h1>${value(title)}</h1>
<dl class="facts">
<div><dt>${mailboxes.length === 1 ? 'Mailbox' : 'Mailboxes'}</dt>
<dd>${mailboxes.slice(0, named).map((mailbox) => html`${value(mailbox)}<br>`)}
${more > 0 ? `and ${number(more)} more` : undefined}</dd></div>
<div><dt>First activity</dt><dd>${time(answers.first)} UTC</dd></div>
<div><dt>Last activity</dt><dd>${time(answers.last)} UTC</dd></div>
<div><dt>Activities</dt><dd>${number(answers.total)}</dd></div>
<div><dt>Report written</dt><dd>${time(writtenAt)} UTC</dd></div>
</dl>
</header>
<section id="answers" aria-labelledby="answers-title">
<h2 id="answers-title">Answers</h2>
<ul class="figures">
${figuresOf(answers).map(figureItem)}</ul>
<p>${sureness(answers)}</p>
<p class="about">All times are UTC. Each count is of the evidence below, no more:
<a href="#evidence">how complete that is</a> limits every answer.</p>
</section>
`
}

interface Figure {
  readonly figure: number
  readonly of: string
  readonly more: string
}

function figureItem({ figure, of, more }: Figure): Html {
  return html`<li><b>${number(figure)}</b> <span class="of">${of}</span> <span class="more">${more}</span></li>
`
}

function figuresOf(answers: Answers): Figure[] {
  const { reads, searches, attachments, sent, deleted } = answers
  const queries = sum(answers.searchesByAddress, ({ queries }) => queries)
  const typed = sum(answers.searchesByAddress, ({ typed }) => typed)
  return [
    logonFigure(answers.logonTotals),
    {
      figure: reads.items,
      of: reads.items === 1 ? 'mail displayed' : 'mails displayed',
      more: `in ${countOf(reads.displays, 'display')} of the reading pane`,
    },
    {
      figure: queries,
      of: queries === 1 ? 'search with results' : 'searches with results',
      more: `${countOf(searches.total, 'record')} of searches, ${number(typed)} of them letter by letter`,
    },
    { figure: attachments.total, of: 'attachment activities', more: 'opened, or previews begun and ended' },
    { figure: sent.total, of: 'sending activities', more: 'sent, replied, forwarded, or only drafted' },
    { figure: deleted.total, of: 'deleting activities', more: 'mails or folders deleted' },
  ]
}

function logonFigure({ addresses, succeeded, failed, unknown }: Answers['logonTotals']): Figure {
  return {
    figure: succeeded + failed + unknown,
    of: `${succeeded + failed + unknown === 1 ? 'logon' : 'logons'} from ${countOf(addresses, 'address', 'addresses')}`,
    more: `${number(succeeded)} succeeded, ${number(failed)} failed, ${number(unknown)} of unknown outcome`,
  }
}

function sureness({ reads: { displays }, readsByAddress }: Answers): string {
  if (displays === 0) return 'The evidence shows no mail being displayed. That is not proof that none was read.'
  const proven = sum(readsByAddress, ({ proven }) => proven)
  const share = `${number(proven)} of ${countOf(displays, 'display')} (${percent(proven, displays)})`
  const rest = proven === displays ? '' : '; for the others the address is inferred or unknown'
  return `For ${share} the session proves from which address the mail was read${rest}.`
}
