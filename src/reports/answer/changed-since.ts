import { takesBackSql } from '../../microsoft/letting-in.ts'
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
}

const named = 8
const longest = 160

/**
 * Of what the intruder changed, what others changed again afterwards, and what no record takes back: that stands as far as this evidence goes. The
 * same is what has one name, of rules in one mailbox, of permissions for one person; `of` says which facts are asked for, in SQL. The same operation
 * takes back what it did, but of accounts, which Entra updates for many reasons; what was shown or exported stands for nothing.
 */
export function changedSinceTexts(scratch: Pick<Scratch, 'query'>, of: string): string[] {
  const done = `category, lower(object) as name, iif(category = 'rule', mailbox, '') as place, coalesce(grantee, '') as person`
  // Each joined once: without an index of its own a table of facts is gone through for each of his.
  const changes = `his as materialized (select ${done}, operation, min(object) as object, min(at) as since, rowid as first from fact
      where (${of}) and marked = 'intruder' and outcome is not 'failure' and object is not null
        and telling is not 'export' and not ${takesBackSql('operation')} group by category, name, place, person, operation),
    change as materialized (select ${done}, operation, object, detail, coalesce(actor, mailbox) as who, at, rowid as line,
      marked is not 'intruder' as isOthers from fact
      where category in (select category from his) and object is not null and outcome is not 'failure')`
  const isSame = ['category', 'name', 'place', 'person'].map((one) => `change.${one} = his.${one}`).join(' and ')
  const takesBack = `(${takesBackSql('change.operation')}
    or isOthers and his.category <> 'account' and change.operation = his.operation)`
  const later =
    scratch.query<Later>(`with ${changes} select distinct line, at, change.operation, change.object, detail, who
    from his join change on ${isSame} and at >= since where isOthers order by at, line`)
  const standing = scratch
    .query<{ object: string; operations: string }>(
      `with ${changes}, kept as (select his.name, his.object, his.operation, first from his
        left join change on ${isSame} and at >= since and ${takesBack} where line is null)
      select object, group_concat(operation, ', ') as operations from kept group by name order by min(first)`,
    )
    .map(({ object, operations }) => `“${shortened(withoutForest(object) ?? object, longest)}” (${operations})`)
  const rest = later.length - named
  return [
    ...later.slice(0, named).map(laterText),
    ...(rest > 0 ? [`and ${countOf(rest, 'later change', 'later changes')} of the same by others.`] : []),
    ...(standing.length === 0 ? [] : [`May still stand, for no record takes it back: ${few(standing, named)}.`]),
  ]
}

function laterText({ at, operation, object, detail, who }: Later): string {
  const told = [operation, withoutForest(object), detail].filter((part) => part !== null && part !== undefined)
  return `Changed again by others: ${minute(at)} UTC ${shortened(told.join(': '), longest)} (${who})`
}
