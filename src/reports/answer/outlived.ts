import type { Scratch } from '../scratch.ts'
import { isInferred } from '../sureness.ts'
import { countOf, few, minute, nounTo } from '../words.ts'

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
const keptOut = "keptOutOf is not null and marked is not 'intruder' and outcome is not 'failure'"

/** Whether that was in the name of an account that he used, and no mark says whose doing it was, in SQL. */
const isPerhapsHis = '(marked is null and lower(coalesce(actor, mailbox)) in (select account from his))'

/** Which accounts the intruder used of which no record says that anybody else kept people out of them since. */
export function stillOpenTexts(scratch: Pick<Scratch, 'query' | 'count'>): string[] {
  const rows = scratch.query<{ account: string; perhaps: 1 | null }>(
    `with ${his}, kept as (select keptOutOf as account, at,
        ${isPerhapsHis} as isPerhapsHis from fact where ${keptOut})
      select his.account, min(isPerhapsHis) as perhaps from his left join kept on kept.account = his.account and at >= since
      group by his.account having min(isPerhapsHis) is not 0 order by his.account`,
  )
  const [open, perhaps] = [null, 1].map((kind) =>
    rows.filter((row) => row.perhaps === kind).map(({ account }) => account),
  ) as [string[], string[]]
  const lacks =
    scratch.count("select 1 from fact where category = 'account' or keptOutOf is not null limit 1") > 0
      ? ''
      : ' This evidence has no record of any change to an account: the directory’s audit log may be missing in it.'
  const them = ({ length }: string[]) => nounTo(length, 'it', 'them')
  const known = knownPasswords(scratch)
  return [
    ...(open.length === 0
      ? []
      : [
          `No record says that the password of ${few(open, named)} was reset, or tokens were ended or the account closed, since the marked intruder first used ${them(open)}, by anybody but him: he may still have ${them(open)}.${lacks}`,
        ]),
    ...(perhaps.length === 0
      ? []
      : [
          `That the password of ${few(perhaps, named)} was reset, or tokens were ended or the account closed, is recorded only in the name of accounts that the marked intruder used, and no mark says whose doing it was: it may be his own, and he may still have ${them(perhaps)}.`,
        ]),
    ...(known.length === 0
      ? []
      : [
          `The marked intruder was stopped only after the right password of ${few(known, named)}, which he used no further, and no record says that anybody but him, or in the name of an account that he used, reset ${them(known)}, or closed the account, since: he may still know ${them(known)}.`,
        ]),
  ]
}

/**
 * Of which accounts that the intruder never used he had the right password, and nobody else is recorded to have changed it since he last had. To end tokens
 * changes none; what was done in the name of an account that he used may be his own doing.
 */
function knownPasswords(scratch: Pick<Scratch, 'query'>): string[] {
  const rows = scratch.query<{ account: string }>(
    `with ${his}, knew as (select lower(user) as account, max(last) as until from usage
        where marked is 'intruder' and not ${isInferred} and firstFactor = 'password' and user like '%@%' group by account)
      select account from knew where account not in (select account from his) and not exists (select 1 from fact
        where ${keptOut} and not ${isPerhapsHis} and keptOutOf = knew.account and at >= until and endsTokensOnly is null)
      order by account`,
  )
  return rows.map(({ account }) => account)
}

/** Of each account that the intruder still used after somebody else did what should have kept him out: the last such thing, and until when he did. */
export function outlivedTexts(scratch: Pick<Scratch, 'query'>): string[] {
  const rows =
    scratch.query<Outlived>(`with ${his} select account, operation, max(at) as at, coalesce(actor, mailbox) as who, until from fact join his on keptOutOf = account
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
