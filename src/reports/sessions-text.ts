import { datasetLabels } from './datasets.ts'
import { doneText, type SessionAnswer } from './session-answers.ts'
import { visible } from './visible.ts'
import { countOf, few, namedValues, number, shortened } from './words.ts'

const knownBy: Readonly<Record<string, string>> = {
  record: 'its records name it',
  token: 'a token that was issued in it',
  'sign-in': 'the audit record of the same sign-in',
}

/** Sessions by start, each in a few short lines: a text for each, and one that begins and one that ends the list. */
export function* sessionsAsText(
  { total, rows }: { readonly total: number; readonly rows: Iterable<SessionAnswer> },
  marks: readonly unknown[],
): Generator<string> {
  if (total === 0) return yield 'No record that is asked for names a session; that is not proof that there was none.'
  yield `${countOf(total, 'session')}, in the order in which they began (UTC)`
  let told = 0
  for (const row of rows) {
    yield ['', ...linesOf(row, marks.length > 0)].join('\n')
    told += 1
  }
  if (told < total) yield `\n… and ${number(total - told)} more`
}

function linesOf(session: SessionAnswer, hasMarks: boolean): string[] {
  const { first, last, users, addresses, countries, agents, applications, datasets, records } = session
  const from = [few(addresses, namedValues) || 'no address named', ...countries].join(', ')
  const others = session.mailboxes.filter((mailbox) => !users.includes(mailbox))
  const by = session.knownBy.map((way) => knownBy[way] ?? way).join(', ')
  const lines = [
    `${second(first)} – ${first.slice(0, 10) === last.slice(0, 10) ? last.slice(11, 19) : second(last)}  ${few(users, namedValues)}${hasMarks ? whose(session) : ''}`,
    `  session   ${session.session}`,
    `  from      ${from}${addresses.length > 1 ? `  (${countOf(addresses.length, 'address', 'addresses')})` : ''}`,
    ...(agents.length === 0
      ? []
      : [
          `  with      ${few(
            agents.map((agent) => shortened(agent, 120)),
            namedValues,
            ' · ',
          )}`,
        ]),
    ...(applications.length === 0 ? [] : [`  in        ${few(applications, namedValues)}`]),
    ...(session.inferred > 0 && addresses.length > 1
      ? ['  whose     used from several addresses: hoofprint mark --trusted ADDRESS tells apart what is the owner’s']
      : []),
    ...(others.length === 0 ? [] : [`  mailboxes ${few(others, namedValues)}`]),
    `  did       ${doneText(session)}`,
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
