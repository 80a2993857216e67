import type { Scratch } from '../scratch.ts'
import { isInferred } from '../sureness.ts'
import { countOf, few, minute, nounTo } from '../words.ts'

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
export const isUse =
  "(category <> 'alert' and outcome is not 'failure' and not (category = 'logon' and outcome is not 'success'))"

interface Outlived {
  readonly account: string
  readonly operation: string
  readonly at: string
  readonly who: string
  readonly until: string
}

/** When the intruder used which account, where that is more than inferred, in SQL. */
const his = `his as (select lower(user) as account, min(first) as since, max(last) as until from usage
  where marked = 'intruder' and not ${isInferred} and ${isUse} and user like '%@%' group by account)`

/** What somebody else did to keep people out of an account, in SQL. */
const keptOut = `category = 'account' and marked is not 'intruder' and outcome is not 'failure'
  and (${keepsOut.map((beginning) => `operation like '${beginning}%'`).join(' or ')})`

/** Which accounts the intruder used of which no record says that anybody was kept out of them since. */
export function stillOpenTexts(scratch: Pick<Scratch, 'query'>): string[] {
  const accounts = scratch
    .query<{ account: string }>(
      `with ${his} select account from his where not exists (
        select 1 from fact where lower(object) = account and ${keptOut} and at >= since) order by account`,
    )
    .map(({ account }) => account)
  if (accounts.length === 0) return []
  const them = nounTo(accounts.length, 'it', 'them')
  return [
    `No record says that the password of ${few(accounts, named)} was reset, or tokens were ended or the account closed, since the marked intruder first used ${them}: he may still have ${them}.`,
  ]
}

/** Of each account that the intruder still used after somebody else did what should have kept him out: the last such thing, and until when he did. */
export function outlivedTexts(scratch: Pick<Scratch, 'query'>): string[] {
  const rows =
    scratch.query<Outlived>(`with ${his} select account, operation, max(at) as at, coalesce(actor, mailbox) as who, until from fact join his on lower(object) = account
    where ${keptOut} and at < until
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
