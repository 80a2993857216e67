import type { CaseReport, Listing } from '../answers.ts'
import { noveltyText } from '../novelty.ts'
import type { Scratch } from '../scratch.ts'
import { fromSeveralAddresses, sessionAnswers } from '../session-answers.ts'
import { signInText } from '../sign-in-facts.ts'
import { countOf, few, namedValues } from '../words.ts'
import { type Finding, type Found, mostFindings, type Whose } from './finding.ts'

/** Who had a password or a device code, what was new, shared or too fast: with it an answer begins where nothing is marked yet. */
export function unusualFindings(scratch: Scratch, whose: Whose, { answers }: Pick<CaseReport, 'answers'>): Found {
  const { novelties, travels, signInFacts } = answers
  const shared = sessionAnswers(scratch, { limit: mostFindings[whose], where: fromSeveralAddresses })
  const findings = [
    ...signInFacts.map((fact): Finding => {
      const { first, last, id } = fact
      return { at: first, last, text: signInText(fact), certainty: 'record', references: [{ id }], facts: { ...fact } }
    }),
    ...travels.map((travel): Finding => {
      const { user, from, to, kilometres, minutes } = travel
      const text = `${user} was ${kilometres} km apart within ${minutes} minutes: ${from.ip}, then ${to.ip}`
      return { at: to.at, text, certainty: 'record', references: [from, to], facts: { ...travel, kind: 'travel' } }
    }),
    ...shared.rows.map((session): Finding => {
      const text = `one session from ${countOf(session.addresses.length, 'address', 'addresses')}: ${few(session.addresses, namedValues)} (${few(session.users, namedValues)}, ${session.session})`
      const { first: at, last, id } = session
      const facts = { ...session, kind: 'shared session' }
      return { at, last, text, certainty: 'session', references: [{ id }], facts }
    }),
    ...novelties.rows.toSorted(joinersLast).map((row): Finding => {
      const { at, mailbox, kinds, ip, agent, id, file, row: number, since } = row
      const first = at === since ? ', whose first own activity this is (failures left out)' : ''
      const text = `first ${noveltyText(String(kinds))} for ${mailbox}${first}: ${ip}${agent === null ? '' : `, ${agent}`}`
      const references = [{ id: String(id), file: String(file), row: Number(number) }]
      return { at: String(at), text, certainty: 'record', references, facts: { ...row, kind: 'first seen' } }
    }),
  ]
  return { total: signInFacts.length + travels.length + shared.total + novelties.total, findings }
}

/** Behind all else that is new stand accounts that begin where others were before, as who is hired does at an office. */
function joinersLast(a: Listing['rows'][number], b: Listing['rows'][number]): number {
  const isJoiner = ({ at, since, known }: Listing['rows'][number]) => Number(at === since && known === 1)
  return isJoiner(a) - isJoiner(b)
}
