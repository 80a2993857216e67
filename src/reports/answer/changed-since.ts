import { withoutForest } from '../changes.ts'
import type { Scratch } from '../scratch.ts'
import { countOf, few, minute, shortened } from '../words.ts'

/** What somebody else changed again of what the marked intruder had changed. */
interface Later {
  readonly at: string
  readonly operation: string
  readonly object: string
  readonly detail: string | null
  readonly who: string
  /** Whether it was done in an account that the intruder used, and is marked as nobody's. */
  readonly isPerhapsHis: 0 | 1
  /** How many there are, of which some are told. */
  readonly total: number
}

const named = 8
const longest = 160

/** What may still stand of what he did. */
interface Standing {
  readonly object: string
  readonly beside: string | null
  readonly operations: string
}

// Entra writes accounts, and Outlook its rules, again for many reasons; a password that is set anew is another one.
const isOver = `(change.operation = his.operation and change.operation <> 'UpdateInboxRules'
  and (his.category <> 'account' or his.operation like '%password%'))`

/**
 * Of what the intruder changed, what others changed again afterwards, and what no record takes back: that stands as far as this evidence goes. The
 * same is what has one name, of rules in one mailbox, of permissions for one person; `of` says which facts are asked for, in SQL. What he took away
 * stands, too, but where it was his own; what was shown or exported stands for nothing.
 */
export function changedSinceTexts(scratch: Pick<Scratch, 'query'>, of: string): string[] {
  const done = `category, operation, lower(coalesce(called, object)) as name, lower(coalesce(beside, '')) as whose, part, back`
  // Each joined once: without an index of its own a table of facts is gone through for each of his.
  const changes = `his as materialized (select ${done}, min(object) as object, min(beside) as beside, min(at) as since, max(at) as latest,
      min(rowid) as first from fact where (${of}) and marked = 'intruder' and outcome is not 'failure' and object is not null
        and telling is not 'export' group by category, name, whose, operation, part, back),
    change as materialized (select ${done}, object, detail, coalesce(actor, mailbox) as who, at, rowid as line,
      marked is not 'intruder' as isOthers, marked is null as isUnmarked from fact
      where category in (select category from his) and object is not null and outcome is not 'failure'),
    account as materialized (select distinct lower(coalesce(actor, mailbox)) as name from fact where marked = 'intruder')`
  const isSame = ['category', 'name', 'whose'].map((one) => `change.${one} = his.${one}`).join(' and ')
  const isUndone = `change.part = his.part and iif(his.back,
    change.back is null and (isOthers and at >= latest or not isOthers and at <= latest),
    at >= latest and (change.back or isOthers and ${isOver}))`
  const later = scratch.query<Later>(
    `with ${changes}, later as (select distinct line, at, change.operation, change.object, detail, who,
      isUnmarked and lower(who) in (select name from account) as isPerhapsHis
      from his join change on ${isSame} and at >= since where isOthers)
    select *, count(*) over () as total from later order by at, line limit ${named}`,
  )
  const standing = scratch
    .query<Standing>(
      `with ${changes}, kept as (select his.* from his left join change on ${isSame} and ${isUndone} where line is null)
      select object, beside, group_concat(operation, ', ') as operations from (select * from kept order by first)
      group by category, name, whose order by min(back is not null), min(first)`,
    )
    .map(standingText)
  const rest = (later[0]?.total ?? 0) - later.length
  return [
    ...later.map(laterText),
    ...(rest > 0 ? [`and ${countOf(rest, 'later change', 'later changes')} of the same by others.`] : []),
    ...(standing.length === 0 ? [] : [`May still stand, for no record takes it back: ${few(standing, named)}.`]),
  ]
}

function laterText({ at, operation, object, detail, who, isPerhapsHis }: Later): string {
  const told = [operation, withoutForest(object), detail].filter((part) => part !== null && part !== undefined)
  // An account that the intruder was in may have been in his hands then, too, if nothing says that it was not.
  const whom = isPerhapsHis === 1 ? 'others, or by him unmarked' : 'others'
  return `Changed again by ${whom}: ${minute(at)} UTC ${shortened(told.join(': '), longest)} (${who})`
}

function standingText({ object, beside, operations }: Standing): string {
  const told = [operations, beside].filter((part) => part !== null)
  return `“${shortened(withoutForest(object) ?? object, longest)}” (${shortened(told.join('; '), longest)})`
}
