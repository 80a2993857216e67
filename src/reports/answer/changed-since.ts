import { withoutForest } from '../changes.ts'
import type { Scratch } from '../scratch.ts'
import { countOf, few, minute, shortened } from '../words.ts'
import { bareName } from './state-findings.ts'

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
  /** The last listing that has it, and the last made since that lists the mailbox without it. */
  readonly listed: string | null
  readonly missed: string | null
}

// Entra writes accounts, and Outlook its rules, again for many reasons; a password that is set anew is another one.
const isOver = `(change.operation = his.operation and change.operation <> 'UpdateInboxRules'
  and (his.category <> 'account' or his.operation like '%password%'))`

/**
 * In which file what is of a mailbox is listed last, and as of when, in SQL. A listing, or the cmdlet, may call the mailbox by its name alone; of what sends all mail of one
 * on the mailbox is the name.
 */
const lastListing = (
  where: string,
) => `iif(isBack, null, (select at || iif(isOff, '-', '+') || file from state where madeBy = category
  and (state.whose in (owner, substr(owner, 1, instr(owner, '@') - 1)) or owner <> '' and owner = substr(state.whose, 1, instr(state.whose, '@') - 1)) and (category <> 'permission' or lower(kind) = onePart) and ${where} order by at desc limit 1))`

/** Of a permission it counts which one it is, and the account that has it by the name alone; of what sends all mail on, whether it is to where his sent it. */
const isIt = `isThere and case category when 'forward' then sentTo is null or state.forwards is null or instr(lower(state.forwards), sentTo)
  when 'permission' then state.name = onePart || ':' || ${bareName('whom')}
  when 'admin' then state.name = whom else thing.name in (state.name, called) end`

/** So many digits Exchange's numbers of rules have at least; fewer may be a name. */
const leastNumber = 15

/**
 * Whether rows have it by what records call it: no person by a name with blanks, or where the listing calls others in that mailbox by no address, no rule by its number where they have none,
 * no application by an id of several, no role (eligible ones stand in lists of their own), and nothing where a row says too little of what it may be.
 */
const isCalledSo = `isWhole and case category when 'permission' then instr(whom, ' ') = 0 and not exists
    (select 1 from state other where other.file = state.file and other.whose = state.whose and other.isNotable and instr(other.object, '@') = 0)
  when 'rule' then (thing.name glob '*[^0-9]*' or length(thing.name) < ${leastNumber} or called not glob '*[^0-9]*')
  when 'consent' then called is not null and thing.name glob '*[^-0-9a-f]*' else category <> 'admin' end`

/**
 * Of what the intruder changed, what others changed again afterwards, and what no record takes back: that stands as far as this evidence goes. The
 * same is what has one name, of rules in one mailbox, of permissions for one person; `of` says which facts are asked for, in SQL. What he took away
 * stands, too, but where it was his own; what was shown or exported stands for nothing.
 */
export function changedSinceTexts(scratch: Pick<Scratch, 'query'>, of: string): string[] {
  const done = `category, operation, lower(coalesce(called, object)) as name, lower(coalesce(beside, '')) as whose, part, back,
    lower(iif(category = 'admin', object, coalesce(inMailbox, ''))) as owner, iif(category = 'forward', lower(forwards), null) as sentTo`
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
      `with ${changes}, kept as (select his.* from his left join change on ${isSame} and ${isUndone} where line is null),
        thing as materialized (select category, name, owner, whose as whom, iif(min(part) = max(part), min(part), '') as onePart, object, beside, group_concat(operation, ', ') as operations, min(first) as first, iif(min(sentTo) = max(sentTo), min(sentTo), null) as sentTo,
          min(back is not null) as isBack, min(since) as began, max(latest) as latest from (select * from kept order by first)
          group by category, name, whose)
      select object, beside, operations, ${lastListing(`${isIt} and until >= began`)} as listed,
        ${lastListing(`not (${isIt}) and ${isCalledSo} and since > latest`)} as missed from thing order by isBack, first`,
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

function standingText({ object, beside, operations, listed, missed }: Standing): string {
  const told = [operations, beside].filter((part) => part !== null)
  const seen = listingText({ listed, missed })
  return `“${shortened(withoutForest(object) ?? object, longest)}” (${shortened(told.join('; '), longest)}${seen === '' ? '' : `; ${seen}`})`
}

function listingText({ listed, missed }: Pick<Standing, 'listed' | 'missed'>): string {
  return [
    listed === null
      ? []
      : [`listed as such${listed[isoLength] === '-' ? ', switched off,' : ''} in ${listingNamed(listed)}`],
    missed === null || missed.slice(0, isoLength) <= (listed ?? '').slice(0, isoLength)
      ? []
      : [`not as such in ${listingNamed(missed)}, which may not list all`],
  ]
    .flat()
    .join('; ')
}

const isoLength = '2026-03-02T09:00:00.000Z'.length

/** As of when, and by the last part of its path: where the listings are told, it stands whole. */
function listingNamed(listing: string): string {
  return `“${listing.slice(isoLength + 1).replace(/^.*[\\/]/s, '')}” as of ${minute(listing)}`
}
