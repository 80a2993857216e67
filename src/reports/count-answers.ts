import { type ActivityListName, type Answers, activityLists, type Listing, type LogonTotals } from './answers.ts'
import { applicationAnswers } from './application-answers.ts'
import { completenessOf, isSomebodys } from './completeness.ts'
import { copilotByUser } from './copilot.ts'
import { counted, isServices, isTelling } from './fact.ts'
import { mailRequests, requestCounts } from './graph-requests.ts'
import { listedRows } from './listed-rows.ts'
import type { Scratch } from './scratch.ts'
import { followed, isTyped } from './search-steps.ts'
import { sentOn } from './sent-on.ts'
import { fromSeveralAddresses, sessionAnswers } from './session-answers.ts'
import { sharedSessions } from './shared-sessions.ts'
import { signInFacts } from './sign-in-facts.ts'
import { stateAnswers } from './state-answers.ts'
import { sum } from './sum.ts'
import { intruderFirst, intrudersFirst } from './sureness.ts'
import { doubledIn, hasIntruder, hasMarks, type Tally } from './tally.ts'
import { travelsIn } from './travel.ts'
import { unmarkedBeside } from './unmarked-beside.ts'
import { partlyRecorded, unrecorded } from './unrecorded.ts'

// Who only receives a mail in a message trace may be anybody to whom somebody of the case wrote.
const isMailbox = `mailbox <> '' and dataset <> 'o365.messagetrace'`
const mailboxes = `select distinct mailbox from hour where ${isMailbox}`

/** Counts the answers. */
export function answersOf(scratch: Scratch, tally: Tally): Answers {
  const named = scratch.query<{ mailbox: string }>(
    `select mailbox from hour where ${isMailbox} group by mailbox
      order by max(${isSomebodys}) desc, sum(count) desc, mailbox limit ${listedRows}`,
  )
  const listedSessions = { limit: listedRows, intruderFirst: hasMarks(tally) }
  return {
    ...tally,
    activities: tally.total - doubledIn(tally),
    ...completenessOf(scratch),
    unrecorded: unrecorded(scratch, hasIntruder(tally)),
    partlyRecorded: hasIntruder(tally) ? partlyRecorded(scratch) : [],
    intruderCategories: intruderCategories(scratch),
    sharedSessions: sharedSessions(scratch),
    unmarkedBeside: unmarkedBeside(scratch),
    unknownOperations: tally.unknown,
    mailboxes: named.map(({ mailbox }) => mailbox),
    mailboxTotal: scratch.count(mailboxes),
    receivers: scratch.count(`select mailbox from hour where mailbox <> '' except ${mailboxes}`),
    sessions: sessionAnswers(scratch, listedSessions),
    sessionsFromSeveral: sessionAnswers(scratch, { ...listedSessions, where: fromSeveralAddresses }),
    novelties: noveltyAnswers(scratch),
    travels: travelsIn(scratch),
    signInFacts: signInFacts(scratch),
    ...logonAnswers(scratch),
    ...readAnswers(scratch, hasMarks(tally)),
    applications: applicationAnswers(scratch, { limit: listedRows }),
    mailRequests: mailRequests(scratch),
    openedInPortal: scratch.count("select 1 from fact where category = 'delivery'"),
    requestCounts: requestCounts(scratch),
    sentOn: sentOn(scratch),
    ...searchAnswers(scratch),
    filesByUser: scratch.query(`select coalesce(actor, mailbox) as user, ip, marked, count(*) as activities,
      count(distinct object) as files, sum(operation like '%download%') as downloads, min(at) as first, max(at) as last
      from fact where category = 'file' group by user, ip, marked
      order by ${intrudersFirst}, activities desc, user limit ${listedRows}`),
    copilotByUser: copilotByUser(scratch, { limit: listedRows }),
    states: stateAnswers(scratch, listedRows),
    ...activityListings(scratch, tally),
  }
}

function intruderCategories(scratch: Scratch): Answers['intruderCategories'] {
  const rows = scratch.query<{ category: string; n: number }>(
    "select category, sum(count) as n from usage where marked = 'intruder' group by category",
  )
  return Object.fromEntries(rows.map(({ category, n }) => [category, n]))
}

function logonAnswers(scratch: Scratch): Pick<Answers, 'logonTotals' | 'logons' | 'logonsByAddress' | 'logonFailures'> {
  const outcomes = `coalesce(sum(success), 0) as succeeded, coalesce(sum(failure), 0) as failed,
    coalesce(sum(unknown), 0) as unknown, coalesce(sum(accepted), 0) as accepted,
    coalesce(sum(password), 0) as password, coalesce(sum(deviceCode), 0) as deviceCode, min(first) as first, max(last) as last`
  const datasets = `group_concat(distinct dataset) as datasets, min(marked) as marked,
    min(country) as country, min(network) as network`
  // A row of sign-ins that the audit log has too counts nothing: it names the dataset, and a client that may be named nowhere else. Tables that
  // tools made of other records write clients otherwise.
  const clients = `count(distinct agent) filter (where success + failure + unknown > 0 or dataset = 'azure.signinlogs') as clients`
  const some = 'having sum(success + failure + unknown) > 0'
  const pair = 'mailbox, actor, ip, agent'
  const first = `${intrudersFirst}, first`
  const totals = scratch.query<Omit<LogonTotals, 'pairs'>>(
    `select count(distinct ip) as addresses, ${outcomes} from logon`,
  )[0] as Omit<LogonTotals, 'pairs'>
  const { addresses, succeeded, failed, unknown } = totals
  const pairs = scratch.count(`select 1 from logon group by ${pair} ${some}`)
  return {
    logonTotals: { addresses, pairs, succeeded, failed, unknown },
    logons: scratch.query(`select ${pair}, group_concat(distinct platform) as platforms, ${datasets}, ${outcomes}
      from logon group by ${pair} ${some} order by ${first} limit ${listedRows}`),
    logonsByAddress: scratch.query(`select ip, ${datasets}, ${clients},
      count(distinct mailbox) as mailboxes, ${outcomes} from logon group by ip ${some} order by ${first} limit ${listedRows}`),
    logonFailures: scratch.query(`select reason, count(distinct ip) as addresses, count(distinct mailbox) as mailboxes,
      ${outcomes} from logon where failure + unknown > 0 group by reason
      order by failed desc, unknown desc limit ${listedRows}`),
  }
}

type ReadAnswers = Pick<
  Answers,
  'reads' | 'intruderReads' | 'readsByAddress' | 'readsByMethod' | 'readSubjects' | 'items' | 'folders'
>

function readAnswers(scratch: Scratch, isMarked: boolean): ReadAnswers {
  const read = `from read_item where displays > 0 and item <> ''`
  const synchronized = `from fact where category = 'read' and detail = 'sync' group by mailbox, object`
  const methods = scratch.query<{ method: string; n: number }>(
    `select coalesce(method, 'nobody') as method, count(*) as n from reading where displayed group by method`,
  )
  const readsByMethod = { session: 0, nearest: 0, recorded: 0, service: 0, nobody: 0 }
  for (const { method, n } of methods) readsByMethod[method as keyof typeof readsByMethod] = n
  const items = scratch.count(`select 1 ${read}`)
  const marked = isMarked ? 'marked' : 'null' // Where nothing is marked, grouping by it takes time for nothing.
  return {
    readsByMethod,
    reads: { displays: sum(methods, ({ n }) => n), items },
    intruderReads: intruderReads(scratch, isMarked),
    readSubjects: scratch.count(`select 1 ${read} and subject <> ''`),
    readsByAddress: scratch.query(`select mailbox, actor, ip, access, ${marked} as marked, count(*) as displays,
      count(distinct nullif(item, '')) as items, sum(method is 'session') as proven,
      sum(method is 'recorded') as recorded, sum(method is 'nearest') as inferred
      from reading where displayed group by mailbox, actor, ip, access${isMarked ? ', marked' : ''}
      order by ${intrudersFirst}, min(method is 'service'), displays desc limit ${listedRows}`),
    items: {
      total: items,
      rows: withOthers(
        scratch.query(`select mailbox, item, access, subject, sender, displays, proven, recorded, at, last, ips, others,
        intruder, owner from (select * ${read} order by whose, services = displays, at limit ${listedRows})
        order by whose, at`),
      ),
    },
    folders: {
      total: scratch.count(`select 1 ${synchronized}`),
      rows: withOthers(
        scratch.query(`select mailbox, object as folder, count(*) as syncs, min(at) as at, max(at) as last,
        group_concat(distinct ip) as ips, group_concat(distinct platform) as platforms,
        sum(marked is 'intruder') as intruder, sum(marked is 'owner') as owner,
        json_group_array(distinct lower(actor)) filter (where actor is not null) as others
        ${synchronized} order by ${intrudersFirst}, at limit ${listedRows}`),
      ),
    },
  }
}

function intruderReads(scratch: Scratch, isMarked: boolean): Answers['reads'] {
  const [reads] = isMarked
    ? scratch.query<Answers['reads']>(`select coalesce(sum(intruder), 0) as displays,
        coalesce(sum(intruder > 0 and item <> ''), 0) as items from read_item`)
    : []
  return reads ?? { displays: 0, items: 0 }
}

function searchAnswers(scratch: Scratch): Pick<Answers, 'searchTotals' | 'searchesByAddress'> {
  const counts = `coalesce(sum(not ${isTyped}), 0) as queries, coalesce(sum(${isTyped}), 0) as typed`
  const searches = `from fact where category = 'search'`
  const [searchTotals] = scratch.query<Answers['searchTotals']>(
    `select ${counts}, coalesce(sum(not ${isTyped} and marked is 'intruder'), 0) as intruder ${searches}`,
  )
  return {
    searchTotals: searchTotals as Answers['searchTotals'], // A sum over all rows is one row.
    searchesByAddress: scratch.query(`select mailbox, ip, marked, ${counts} ${searches}
      group by mailbox, ip, marked order by ${intrudersFirst}, queries desc, typed desc limit ${listedRows}`),
  }
}

/** Rows with the names of others, which SQLite gathered as a list in JSON, in one text. */
function withOthers(rows: readonly (Listing['rows'][number] & { readonly others: string })[]): Listing['rows'] {
  return rows.map((row) => ({ ...row, others: (JSON.parse(row.others) as string[]).join('; ') || null }))
}

/** What the detail is called where a list has one kind of it. */
const details: { readonly [Name in ActivityListName]?: string } = {
  searches: 'query',
  attachments: 'action',
  sent: 'recipients',
}

/**
 * Parts were added in time order, so the rows of the table of facts are. It may hold no more of a category than is listed. Where that is not
 * all, what services did is left out first, and last what the intruder did, and what tells something by its name alone.
 */
function activityListings(scratch: Scratch, { categories }: Tally): Record<ActivityListName, Listing> {
  const columns = `at, operation, mailbox, actor, platform, ip, method, session, item, subject, sender, object,
    outcome, mails, traced, marks, file, row, id, marked, certainty, detail`
  const listings = Object.entries(activityLists).map(([name, category]): [string, Listing] => {
    if (name === 'searches') return [name, searchListing(scratch)]
    const total = counted.has(category)
      ? scratch.count('select 1 from fact where category = ?', category)
      : (categories[category] ?? 0)
    const sql = `select ${columns} as ${details[name as ActivityListName] ?? 'detail'} from
      (select *, rowid as place from fact where category = ? order by ${intruderFirst}, ${isServices}, (${isTelling}) desc, place limit ${listedRows})
      order by place`
    return [name, { total, rows: total === 0 ? [] : scratch.query(sql, category) }]
  })
  return Object.fromEntries(listings) as Record<ActivityListName, Listing>
}

/** Queries, each with the key strokes that led to it, and what was typed and never sent; and what was read soon after. */
function searchListing(scratch: Scratch): Listing {
  const total = scratch.count('select 1 from search')
  const listed = `select place from search join fact on fact.rowid = place order by ${intruderFirst}, place limit ${listedRows}`
  const rows = scratch.query<Listing['rows'][number]>(`select at, operation, fact.mailbox, actor, platform, ip, method,
    session, outcome, marks, file, row, id, marked, certainty, detail as query, search.typed,
    ${followed.mails} as read, ${followed.subjects} as subjects from search join fact on fact.rowid = search.place
    where place in (${listed}) order by place`)
  return { total, rows }
}

/** From then on a mailbox that was not there before is news itself: an account that nobody used may be an intruder's. */
const lateDays = 7

/**
 * Where the evidence of a mailbox begins, everything is new, and worth a word only where the log that shows it first began long before: of one mailbox there may be
 * half a year, of all others the last month. Each row says whether its address was `known`: another mailbox had it before.
 */
function noveltyAnswers(scratch: Scratch): Listing {
  const rows = `from novelty join (select mailbox, min(at) as since from novelty group by mailbox) as start using (mailbox)
    join (select dataset, min(at) as begin from novelty group by dataset) as log using (dataset)
    where (unixepoch(at) >= unixepoch(since) + 24 * 3600
    or at = since and unixepoch(since) >= unixepoch(begin) + ${lateDays} * 24 * 3600)`
  const chosen = `select novelty.rowid as place, novelty.*, since ${rows} and novelty.rowid in (select novelty.rowid ${rows}
    order by ${intruderFirst}, at, novelty.rowid limit ${listedRows})`
  return {
    total: scratch.count(`select 1 ${rows}`),
    rows: scratch
      .query<Listing['rows'][number]>(`select chosen.*, coalesce(at > begun, 0) as known from (${chosen}) as chosen
      left join (select ip, min(at) as begun from novelty group by ip) using (ip) order by at, place`)
      .map(({ place: _, ...row }) => row),
  }
}
