import type { Scratch } from '../scratch.ts'
import { isInferred } from '../sureness.ts'
import { countOf, minute } from '../words.ts'

/** What is done to keep somebody out of an account, by how Entra's names of it begin: new passwords, tokens that count no more, accounts that are closed. */
const keepsOut = [
  'reset user password',
  'reset password',
  'change user password',
  'change password',
  'update stsrefreshtokenvalidfrom',
  'disable account',
]
const named = 10

/** Whether an account was used, in SQL: neither by who only tried to sign in nor by an alert that names it. */
const isUse =
  "(category <> 'alert' and outcome is not 'failure' and not (category = 'logon' and outcome is not 'success'))"

/** Of each account that the intruder still used after somebody else did what should have kept him out: the last such thing, and until when he did. */
export function outlivedTexts(scratch: Pick<Scratch, 'query'>): string[] {
  const rows = scratch.query<
    Record<'account' | 'operation' | 'at' | 'who' | 'until', string>
  >(`with his as (select lower(user) as account, max(last) as until from usage
      where marked = 'intruder' and not ${isInferred} and ${isUse} and user like '%@%' group by account)
    select account, operation, max(at) as at, coalesce(actor, mailbox) as who, until from fact join his on lower(object) = account
    where category = 'account' and marked is not 'intruder' and outcome is not 'failure' and at < until
      and (${keepsOut.map((beginning) => `operation like '${beginning}%'`).join(' or ')})
    group by account order by account`)
  const rest = rows.length - named
  const told = rows
    .slice(0, named)
    .map(
      ({ account, operation, at, who, until }) =>
        `After “${operation}” of ${account}, ${minute(at)} UTC by ${who}, the marked intruder still used that account, until ${minute(until)} UTC: tokens and sessions from before may outlive it.`,
    )
  return rest > 0 ? [...told, `and so ${countOf(rest, 'account')} more.`] : told
}
