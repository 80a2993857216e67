import type { Scratch } from '../scratch.ts'
import type { Listing } from '../state-answers.ts'
import { stateKinds } from '../state-kinds.ts'
import type { StateRow } from '../states.ts'
import { countOf, mailboxNamed, minute } from '../words.ts'
import { type Finding, type Found, mostFindings, type Whose } from './finding.ts'

/** Something that stood, and the last record of it before, where there is one. */
interface Stood extends StateRow {
  readonly made: string | null
  readonly operation: string | null
  readonly who: string | null
  readonly marked: string | null
  readonly madeId: string | null
  readonly madeFile: string | null
  readonly madeRow: number | null
  /** To whom records of it before send mail on. */
  readonly recorded: string | null
}

/** An account by what stands before its domain, in SQL; the whole where it has none. */
export const bareName = (account: string) => `substr(${account} || '@', 1, instr(${account} || '@', '@') - 1)`

const ofTenant = `operation in ('Set-AdminAuditLogConfig', 'Set-OrganizationConfig')`

/**
 * Of whom facts tell that they made, changed or took back what, in SQL, under the names that listings have. These may call a mailbox by its name alone, and so may cmdlets: then an `@` without a domain stands behind it.
 * What changed auditing is found by whom it was done to, whatever category it is of.
 */
const made = `maker as materialized (select category as madeBy, case category when 'rule' then lower(object)
        when 'permission' then lower(part || ':' || ${bareName('beside')})
        when 'consent' then lower(object) when 'admin' then lower(beside) else '' end as name,
      lower(iif(category = 'admin', object, coalesce(inMailbox, ''))) as whose, at as made, operation,
      coalesce(actor, mailbox) as who, marked, id as madeId, file as madeFile, row as madeRow, forwards as recorded
      from fact where category in ('rule', 'forward', 'permission', 'consent', 'admin') and outcome is not 'failure'
    union all select 'auditing', '', iif(${ofTenant}, '', lower(object)), at, operation, coalesce(actor, mailbox), marked, id, file, row, null
      from fact where auditing is not null and (object is not null or ${ofTenant})
    union all select 'consent', lower(application), '', at, operation, coalesce(actor, mailbox), marked, id, file, row, null
      from fact where category = 'consent' and application is not null and outcome is not 'failure'
    union all select 'credential', lower(application), '', at, operation, coalesce(actor, mailbox), marked, id, file, row, null
      from fact where category = 'consent' and application is not null and outcome is not 'failure'
        and (operation like '%secrets management%' or operation like '%service principal credentials%')
    union all select 'method', '', lower(object), at, operation, coalesce(actor, mailbox), marked, id, file, row, null
      from fact where category = 'account' and operation like '%security info%' and outcome is not 'failure'),
    made as materialized (select * from maker where name is not null union all
      select madeBy, name, iif(instr(whose, '@') > 0, substr(whose, 1, instr(whose, '@') - 1), whose || '@'), made, operation, who, marked, madeId, madeFile, madeRow, recorded
      from maker where name is not null and whose <> '')`

/** What stood, by each of its names, with the last record of it before: beside `max` SQLite takes the other columns of the same row. */
const stood = `sought as materialized (select rowid as line, madeBy, whose, until, name from state
      union select rowid, madeBy, whose, until, called from state where called is not null),
    searched as materialized (select * from sought union
      select line, madeBy, substr(whose, 1, instr(whose, '@')), until, name from sought where instr(whose, '@') > 0),
    found as (select line, max(made) as made, operation, who, marked, madeId, madeFile, madeRow, group_concat(recorded, '; ') as recorded
      from searched join made using (madeBy, name, whose) where made <= until group by line),
    stood as (select state.*, state.rowid as line, made, operation, who, marked, madeId, madeFile, madeRow, recorded
      from state left join found on found.line = state.rowid)`

/**
 * What stood when somebody looked: of the intruder what he made, and what no record tells of that lets mail out, hides it or lets somebody in; of everybody
 * all that does so, and all of which a record tells who made it.
 */
export function stateFindings(scratch: Scratch, whose: Whose): Found {
  const isAsked =
    whose === 'intruder' ? "marked is 'intruder' or isNotable and made is null" : 'isNotable or made is not null'
  const from = `with ${made}, ${stood} select * from stood where ${isAsked}`
  const rows = scratch.query<Stood>(
    `${from} order by marked is not 'intruder', not isNotable, forwards is null, kind = 'RoleMember', at, line limit ${mostFindings[whose]}`,
  )
  return { total: scratch.count(from), findings: rows.map(findingOf) }
}

function findingOf(stood: Stood): Finding {
  const { kind, at, mailbox, object, says, id, file, row, madeId, madeFile, madeRow } = stood
  const { noun: [noun] = [kind], isOfTenant } = stateKinds[kind] ?? {}
  const of = mailbox === null || isOfTenant === true ? '' : ` of ${mailboxNamed(mailbox)}`
  const named = object === null ? noun : `${noun} “${object}”`
  const maker = madeId === null ? [] : [{ id: madeId, file: String(madeFile), row: Number(madeRow) }]
  return {
    at,
    text: [`${named}${of}`, says, makerText(stood)].filter((part) => part !== null).join(': '),
    certainty: 'record',
    references: [{ id, file, row }, ...maker],
    facts: { ...stood },
  }
}

function makerText({ kind, mailbox, made, operation, who, marked, forwards, recorded }: Stood): string | null {
  if (stateKinds[kind]?.madeBy === undefined) return null
  if (made === null)
    return mailbox === null || mailbox.includes('@')
      ? 'no record here names it'
      : 'no record here names it in that mailbox, which the listing calls by no address'
  const his = marked === 'intruder' ? ', the marked intruder’s' : ''
  const told = new Set(recorded?.split('; '))
  const isTold = (forwards?.split('; ') ?? []).every((address) => told.has(address))
  const but = isTold ? '' : '; that it sends mail to there, no record of it tells'
  return `the last record of it up to then is ${operation}, ${minute(made)} UTC by ${who || 'somebody not named'}${his}${but}`
}

const datings = {
  name: 'by its name or its folder’s, in a time zone that it does not tell',
  change: 'by when the file was changed last, which may be when somebody copied it',
} as const

/** Of which day each listing is, how that is known, and that it proves nothing of other days. */
export function listingTexts(listings: readonly Listing[]): string[] {
  const told = listings.slice(0, namedListings).map(({ kind, file, at, by, states, mailboxes }) => {
    const [one = kind, many = kind] = stateKinds[kind]?.noun ?? []
    const of = mailboxes > 0 && one !== 'mailbox' ? ` of ${countOf(mailboxes, 'mailbox', 'mailboxes')}` : ''
    return `“${file}” lists ${countOf(states, one, many)}${of} as of ${minute(at)}, ${datings[by]}: it tells nothing of other days.`
  })
  const more = listings.length - told.length
  return [
    ...told,
    ...(more > 0 ? [`and so ${countOf(more, 'more listing')}.`] : []),
    'What is of no kind that intruders make, and no record names, only the table listed-states has.',
  ]
}

const namedListings = 6
