import { queryLists, valuesOf } from '../listed-values.ts'
import type { Scratch } from '../scratch.ts'
import { stoppedText } from '../sign-in-facts.ts'
import { isAllInferred, isInferred, surenesses, surestOf } from '../sureness.ts'
import { countOf, few, minute, namedValues, number } from '../words.ts'
import { inferredGroups, isOf } from './fact-findings.ts'
import { type Finding, type Found, mostFindings, type Whose } from './finding.ts'
import { isUse } from './outlived.ts'

interface UserRow {
  readonly user: string
  readonly at: string
  readonly last: string
  readonly activities: number
  /** Of these, what is more than a try to log on, and what of that is only inferred to be whose it is. */
  readonly uses: number
  readonly inferred: number
  /** From when to when it was more than that; null where it never was. */
  readonly usedFrom: string | null
  readonly usedUntil: string | null
  readonly succeeded: number
  readonly failed: number
  readonly unknown: number
  /** Of the failed and these, what was stopped after the first factor, and of how many of these the password is known to have been right. */
  readonly accepted: number
  readonly password: number
  readonly addresses: readonly string[]
  /** In which other mailboxes. */
  readonly others: readonly string[]
}

const user = "coalesce(user, lower(mailbox), '')"

/** Whose accounts were used, and behind them those of which there is no more than logons that did not succeed. */
export function userFindings(scratch: Scratch, whose: Whose): Found {
  const from = `from usage where category not in ('delivery', 'alert') and ${isOf(whose)} group by ${user}`
  const logons = (outcome: string) =>
    `coalesce(sum(count) filter (where category = 'logon' and outcome = '${outcome}'), 0)`
  const rows = queryLists<UserRow & { readonly sure: number; readonly id: string }>(
    scratch,
    ['addresses', 'others'],
    `select ${user} as user, min(first) as at, max(last) as last, sum(count) as activities,
    coalesce(sum(count) filter (where ${isUse}), 0) as uses, min(first) filter (where ${isUse}) as usedFrom, max(last) filter (where ${isUse}) as usedUntil,
    coalesce(sum(count) filter (where ${isInferred} and ${isUse}), 0) as inferred, ${logons('success')} as succeeded,
    ${logons('failure')} as failed, ${logons('unknown')} as unknown,
    coalesce(sum(count) filter (where firstFactor is not null), 0) as accepted,
    coalesce(sum(records) filter (where firstFactor = 'password'), 0) as password,
    ${valuesOf('coalesce(ip, via)', "<> ''")} as addresses,
    json_group_array(distinct lower(mailbox)) filter (where mailbox <> '' and lower(mailbox) <> ${user}) as others,
    ${surestOf('certainty')}, min(first || ' ' || id) as id ${from}
    order by uses > 0 desc, ${isAllInferred}, accepted > 0 desc, coalesce(usedFrom, at), user limit ${mostFindings[whose]}`,
  )
  const findings = rows.map(({ id, sure, ...row }): Finding => {
    const { at, last } = row
    const text = `${row.user || 'nobody named'}: ${[...(row.uses > 0 ? used(row) : tried(row)), fromWhere(row)].join('; ')}`
    return { at, last, text, certainty: surenesses[sure] ?? null, references: [{ id: id.slice(25) }], facts: row }
  })
  return { total: scratch.count(`select 1 ${from}`), inferred: inferredGroups(scratch, from), findings }
}

function used({ uses, inferred, succeeded, failed, unknown, others, usedFrom, usedUntil }: UserRow): string[] {
  const logons = `${countOf(succeeded, 'logon')} succeeded, ${outcomes({ failed, unknown })}`
  const times = [...new Set([usedFrom, usedUntil])].flatMap((at) => (at === null ? [] : [minute(at)]))
  const doubt = inferred === 0 ? '' : ` (${number(inferred)} of these only inferred)`
  return [
    `used ${times.join(' – ')}: ${countOf(uses, 'activity', 'activities')}${doubt}`,
    logons,
    ...(others.length === 0 ? [] : [`also in ${few(others, namedValues)}`]),
  ]
}

/** That none succeeded is no proof that none would have: who has the password may come by another way. */
function tried({ failed, unknown, accepted, password }: UserRow): string[] {
  const stopped = stoppedText({ times: accepted, password })
  return [
    `no more than tried: 0 logons succeeded, ${outcomes({ failed, unknown })}`,
    ...(stopped === undefined ? [] : [stopped]),
  ]
}

function outcomes({ failed, unknown }: Pick<UserRow, 'failed' | 'unknown'>): string {
  return `${number(failed)} failed${unknown === 0 ? '' : `, ${number(unknown)} neither`}`
}

function fromWhere({ addresses }: UserRow): string {
  return addresses.length === 0 ? 'no address named' : `from ${few(addresses, namedValues)}`
}
