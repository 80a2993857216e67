import { datasetLabels } from './datasets.ts'
import type { Listed } from './listed-rows.ts'
import type { SessionAnswer } from './session-answers.ts'
import { visible } from './visible.ts'
import { countOf, number, shortened } from './words.ts'

const knownBy: Readonly<Record<string, string>> = {
  record: 'its records name it',
  token: 'a token that was issued in it',
  'sign-in': 'the audit record of the same sign-in',
}

/** Sessions by start, each in a few short lines. */
export function sessionsAsText({ total, rows }: Listed<SessionAnswer>, marks: readonly unknown[]): string {
  if (total === 0) return 'No record of the case names a session that is asked for.'
  const head = `${countOf(total, 'session')}, in the order in which they began (UTC)`
  const more = total > rows.length ? [`… and ${number(total - rows.length)} more`] : []
  return [head, '', ...rows.flatMap((row) => [...linesOf(row, marks.length > 0), '']), ...more].join('\n').trimEnd()
}

function linesOf(session: SessionAnswer, hasMarks: boolean): string[] {
  const { first, last, users, addresses, countries, agents, applications, categories, datasets, records } = session
  const from = [addresses.join(', ') || 'no address named', ...countries].join(', ')
  const others = session.mailboxes.filter((mailbox) => !users.includes(mailbox))
  const by = session.knownBy.map((way) => knownBy[way] ?? way).join(', ')
  const lines = [
    `${second(first)} – ${first.slice(0, 10) === last.slice(0, 10) ? last.slice(11, 19) : second(last)}  ${users.join(', ')}${hasMarks ? whose(session) : ''}`,
    `  session   ${session.session}`,
    `  from      ${from}${addresses.length > 1 ? `  (${addresses.length} addresses)` : ''}`,
    ...(agents.length === 0 ? [] : [`  with      ${agents.map((agent) => shortened(agent, 120)).join(' · ')}`]),
    ...(applications.length === 0 ? [] : [`  in        ${applications.join(', ')}`]),
    ...(session.inferred > 0 && addresses.length > 1
      ? ['  whose     used from several addresses: hoofprint mark --trusted ADDRESS tells apart what is the owner’s']
      : []),
    ...(others.length === 0 ? [] : [`  mailboxes ${others.join(', ')}`]),
    `  did       ${Object.entries(categories)
      .map(([category, count]) => `${category} ${number(count)}`)
      .join(', ')}`,
    `  known by  ${countOf(records, 'record')} in ${datasetLabels(datasets.join(','))}: ${by || 'its records name it'}`,
  ]
  return lines.map((line) => visible(line))
}

/** Of both means that one of them used the other's session. What is only inferred is no verdict: it may be the owner's. */
function whose({ actors, inferred }: SessionAnswer): string {
  const told = Object.entries(actors).map(([actor, count]) => `${actor} ${number(count)}`)
  const [only] = Object.keys(actors)
  const all = number(actors['intruder'] ?? 0)
  const doubt = inferred === 0 ? '' : `, ${number(inferred)} of ${all} only inferred`
  if (told.length === 1) return `  ${only === 'unknown' ? 'unknown' : `${only}`.toUpperCase()}${doubt}`
  return `  CONFLICT: ${told.join(', ')}${doubt}`
}

function second(at: string): string {
  return at.slice(0, 19).replace('T', ' ')
}
