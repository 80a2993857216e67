import { queryLists, valuesOf } from '../listed-values.ts'
import type { Scratch } from '../scratch.ts'
import { doneText, type SessionAnswer, sessionAnswers } from '../session-answers.ts'
import { stoppedText } from '../sign-in-facts.ts'
import { surenesses } from '../sureness.ts'
import { countOf, few, minute, namedValues, number, shortened } from '../words.ts'
import { inferredGroups, isOf } from './fact-findings.ts'
import { type Finding, type Found, mostFindings, type Sureness, type Whose } from './finding.ts'

interface AddressRow {
  readonly ip: string
  readonly at: string
  readonly last: string
  readonly activities: number
  readonly succeeded: number
  readonly failed: number
  /** Logons of which nobody knows, and those that were stopped to ask for more. */
  readonly unknown: number
  /** Of the failed and these, what was stopped after the first factor, and of how many of these the password is known to have been right. */
  readonly accepted: number
  readonly password: number
  /** Sign-ins by a code that was entered on another device. */
  readonly deviceCode: number
  /** Sign-ins of which a token had the second factor with it, and those that were asked for one; by which methods. */
  readonly broughtFactor: number
  readonly shownFactor: number
  readonly factorMethods: readonly string[]
  readonly sessions: number
  readonly users: readonly string[]
  readonly agents: readonly string[]
  readonly country: string | null
  readonly own: number
  /** Whether something from there is more than inferred to be whose it is. */
  readonly sure: number
  readonly id: string
}

/** The addresses from which something was done; with marks only the intruder's. */
export function addressFindings(scratch: Scratch, whose: Whose): Found {
  const address = 'coalesce(ip, via)'
  const from = `from usage where ${address} is not null and ${isOf(whose)} group by ${address}`
  const logons = (outcome: string) =>
    `coalesce(sum(count) filter (where category = 'logon' and outcome = '${outcome}'), 0)`
  const rows = queryLists<AddressRow>(
    scratch,
    ['users', 'agents', 'factorMethods'],
    `select ${address} as ip, min(first) as at, max(last) as last,
    sum(count) as activities, ${logons('success')} as succeeded, ${logons('failure')} as failed,
    ${logons('unknown')} as unknown,
    coalesce(sum(count) filter (where firstFactor is not null), 0) as accepted,
    coalesce(sum(records) filter (where firstFactor = 'password'), 0) as password,
    coalesce(sum(records) filter (where deviceCode = 1), 0) as deviceCode,
    coalesce(sum(records) filter (where secondFactor = 'token'), 0) as broughtFactor,
    coalesce(sum(records) filter (where secondFactor <> 'token'), 0) as shownFactor,
    ${valuesOf('secondFactor', "<> 'token'")} as factorMethods,
    count(distinct session) as sessions, json_group_array(distinct user) as users,
    ${valuesOf('agent', "<> ''")} as agents, min(country) as country,
    max(ip is not null) as own, max(certainty is not 'inferred') as sure, min(first || ' ' || id) as id ${from}
    order by sure desc, succeeded > 0 desc, activities desc, ip limit ${mostFindings[whose]}`,
  )
  const findings = rows.map(({ id, own, sure, users, agents, ...row }): Finding => {
    const did = [
      countOf(row.activities, 'activity', 'activities'),
      `${countOf(row.succeeded, 'logon')} succeeded, ${number(row.failed)} failed${unknown(row)}`,
      ...wayIn(row),
      ...secondFactor(row),
      countOf(row.sessions, 'session'),
      users.length > 3 ? countOf(users.length, 'user') : users.join(', '),
      ...agents.slice(0, 2).map((agent) => shortened(agent, 60)),
    ]
    const place = row.country === null ? row.ip : `${row.ip} (${row.country})`
    const certainty: Sureness = own === 1 && sure === 1 ? 'record' : 'inferred'
    const { at, last } = row
    const [text, references] = [`${place}: ${did.join('; ')}`, [{ id: id.slice(25) }]]
    return { at, last, text, certainty, references, facts: { ...row, users, agents } }
  })
  return { total: scratch.count(`select 1 ${from}`), inferred: inferredGroups(scratch, from), findings }
}

/** Neither completed nor refused, as those that were stopped to ask for a second factor. */
function unknown({ unknown }: Pick<AddressRow, 'unknown'>): string {
  return unknown === 0 ? '' : `, ${number(unknown)} neither`
}

/** How many came by a device code, which a line that is cut short still says, and how far those came that were stopped. */
function wayIn({ accepted, password, deviceCode }: Pick<AddressRow, 'accepted' | 'password' | 'deviceCode'>): string[] {
  const stopped = stoppedText({ times: accepted, password })
  return [
    ...(deviceCode === 0 ? [] : [`${number(deviceCode)} by device code or with its token`]),
    ...(stopped === undefined ? [] : [stopped]),
  ]
}

/** How second factors were met: who stole a token or a session is asked for none. */
function secondFactor({
  broughtFactor,
  shownFactor,
  factorMethods,
}: Pick<AddressRow, 'broughtFactor' | 'shownFactor' | 'factorMethods'>): string[] {
  const told = [
    ...(broughtFactor === 0
      ? []
      : [`of ${number(broughtFactor)} by a claim in the token, so that nobody was asked for one then`]),
    ...(shownFactor === 0 ? [] : [`of ${number(shownFactor)} by ${factorMethods.join(', ')}`]),
  ]
  return told.length === 0 ? [] : [`second factor ${told.join(', ')}`]
}

/** The sessions in which something was done; with marks only those of which some record is the intruder's. */
export function sessionFindings(scratch: Scratch, whose: Whose): Found {
  const { total, rows } = sessionAnswers(scratch, { limit: mostFindings[whose], where: isOf(whose) })
  const parts = whose === 'intruder' ? intrudersParts(scratch) : undefined
  const findings = rows.toSorted(byDoings).map(({ id, ...session }): Finding => {
    const from = few(session.addresses, namedValues) || 'no address named'
    const { intruder = 0 } = session.actors
    // What is the owner's in a session that was stolen is told apart, and what is nobody's where something else made the rest the intruder's.
    const doubtful = session.inferred
    const his = parts?.get(session.session)
    const isPart = his !== undefined && (intruder < session.records || doubtful > 0)
    const doubt = doubtful === 0 ? '' : ` (${number(doubtful)} of them only inferred)`
    const part = isPart
      ? `; the intruder’s are ${number(intruder)} of these ${number(session.records)}${doubt} ${spanText(his)}`
      : ''
    const text = `${session.session}: ${few(session.users, namedValues)} from ${from}: ${doneText(session)}${part}`
    const certainty: Sureness = isPart ? (surenesses[his.sure] ?? null) : 'session'
    // Of a stolen session the first record is its owner's, and proves nothing of the intruder.
    return {
      at: session.first,
      last: session.last,
      text,
      certainty,
      references: [{ id: his?.id ?? id }],
      facts: session,
    }
  })
  const from = `from usage where session is not null and ${isOf(whose)} group by session`
  return { total, inferred: inferredGroups(scratch, from), findings }
}

/**
 * Sessions in which something was done stand before those of which there are logons alone: a night of guessed passwords has one for each. Last
 * stand those of which it is only inferred that something is the intruder's.
 */
function byDoings(a: SessionAnswer, b: SessionAnswer): number {
  const isDoubtful = ({ actors, inferred }: SessionAnswer) => Number(inferred > 0 && inferred === actors['intruder'])
  const isLogonsOnly = ({ categories }: SessionAnswer) =>
    Number(Object.keys(categories).every((name) => name === 'logon'))
  return isDoubtful(a) - isDoubtful(b) || isLogonsOnly(a) - isLogonsOnly(b)
}

/** What of a session is the intruder's: from when to when, its first record, and how sure the surest of it is. */
interface IntrudersPart {
  readonly session: string
  readonly first: string
  readonly last: string
  readonly id: string
  readonly sure: number
}

/**
 * It is recorded where a record of his names an address itself, and proven where it is the session that is marked; of others it is inferred that he had a
 * part in them.
 */
function intrudersParts(scratch: Scratch): ReadonlyMap<string, IntrudersPart> {
  const rows = scratch.query<IntrudersPart>(`select session, min(first) as first, max(last) as last,
    substr(min(first || ' ' || id), 26) as id,
    min(case when certainty = 'record' and ip is not null then 0 when certainty = 'session' then 1 else 2 end) as sure from usage
    where marked = 'intruder' and session is not null group by session`)
  return new Map(rows.map((row) => [row.session, row]))
}

function spanText({ first, last }: Pick<IntrudersPart, 'first' | 'last'>): string {
  const [from, to] = [minute(first), minute(last)]
  return from === to ? `at ${from}` : `from ${from} to ${to}`
}
