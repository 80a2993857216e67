import type { CategoryName } from '../document.ts'
import { hourMs } from '../time/time.ts'
import { auditingCategories, isAgain } from './auditing.ts'
import { elseCategory, failedAccess } from './fact.ts'
import type { Listed } from './listed-rows.ts'
import type { Scratch } from './scratch.ts'

/** How much one dataset holds, and from when to when, to the hour. */
export interface DatasetAnswer {
  readonly dataset: string
  readonly count: number
  readonly first: number
  readonly last: number
}

/** What one dataset shows of one mailbox on one day, as days since 1970. */
export interface DayCount {
  readonly mailbox: string
  readonly dataset: string
  readonly day: number
  readonly count: number
}

/** A stretch without any record of a mailbox in a dataset. */
export interface Silence {
  readonly mailbox: string
  readonly dataset: string
  readonly from: number
  readonly until: number
  readonly hours: number
}

/** Whole days without any record of anybody in a dataset that has several mailboxes; days since 1970. */
export interface EmptyDays {
  readonly dataset: string
  readonly first: number
  readonly last: number
  readonly days: number
  /** The first and the last day of each stretch. */
  readonly stretches: readonly (readonly [first: number, last: number])[]
}

/** Records that say that mail access was not recorded for a time. */
export interface Throttled {
  readonly mailbox: string
  readonly records: number
  readonly first: string
  readonly last: string
}

/** More mail access in a day than Microsoft goes on recording. */
export interface BusyBinds {
  readonly mailbox: string
  /** The most that any 24 hours have. */
  readonly records: number
  /** When the limit was first reached. */
  readonly since: string
}

/** A change of what is recorded, or for how long. */
export interface AuditingChange {
  readonly at: string
  readonly text: string
  readonly who: string
  readonly ip: string | null
}

/** Audit records of mail access; a bind names mails, a sync a folder. */
export interface AccessTotals {
  readonly bindRecords: number
  readonly syncRecords: number
  /** Records that say neither which mails nor that it was a sync. */
  readonly unsaidRecords: number
  /** Mails named by binds, each as often as it is named. */
  readonly binds: number
  /** Records of binds that name none of their mails. */
  readonly namelessBinds: number
  /** Mails that binds list without an id beside others that have one. */
  readonly unnamedMails: number
  /** Records of access that failed: none of the others has them. */
  readonly failedRecords: number
}

/** What the records themselves say of how complete they are. */
export interface Completeness {
  readonly datasets: readonly DatasetAnswer[]
  /** Of the mailboxes with the most records, people's before services', day by day. */
  readonly activeDays: Listed<DayCount>
  readonly silences: Listed<Silence>
  readonly emptyDays: readonly EmptyDays[]
  readonly throttled: readonly Throttled[]
  readonly busyBinds: readonly BusyBinds[]
  /** Of what is recorded, and for how long; oldest first. */
  readonly auditing: readonly AuditingChange[]
  readonly mailAccess: AccessTotals
  /** Records that a folder was opened, which say of no mail that it was. */
  readonly openedFolders: number
  /** Records of what others did in a mailbox of which nothing tells whose it is. */
  readonly unnamedMailboxes: number
}

/** How long nothing may be seen of a mailbox before it is worth a word. */
const silenceHours = 72
const listedSilences = 100
const listedThrottled = 100
const listedChanges = 100
/** Mailboxes, each by dataset, whose days are told. */
const dailyMailboxes = 20
/** Microsoft: beyond so many bind records in 24 hours none is made for the next 24. */
export const bindLimit = 1000

/** What is done in somebody's mailbox. */
export const inMailbox = ['read', 'send', 'delete', 'move', 'attachment'] as const satisfies readonly CategoryName[]

const guidGlob = [8, 4, 4, 4, 12].map((length) => '[0-9a-f]'.repeat(length)).join('-')

/** In SQL, whether a mailbox is somebody's. The audit log names services and applications too, which have no address. */
export const isSomebodys = `(mailbox like '%_@_%.%' or (dataset <> 'o365.audit' and mailbox <> ''))`

/** Looks for what is missing. */
export function completenessOf(scratch: Scratch): Completeness {
  // A message trace has mail to and from anybody: that nobody wrote to them for a week says nothing. What is of no
  // mailbox there, as sign-ins of applications, is of many, none of which is missed; Outlook activities are of one, if only its name is not known.
  const silences = scratch.query<Silence & { total: number }>(`with seen as
    (select mailbox, dataset, hour from hour
      where dataset <> 'o365.messagetrace' and (mailbox <> '' or dataset = 'o365.activity') group by mailbox, dataset, hour), gap as
    (select mailbox, dataset, hour + 1 as start, lead(hour) over (partition by mailbox, dataset order by hour) as next from seen)
    select mailbox, dataset, start * ${hourMs} as "from", next * ${hourMs} as until, next - start as hours,
    count(*) over () as total from gap where next - start > ${silenceHours}
    order by ${isSomebodys} desc, hours desc, "from", mailbox, dataset limit ${listedSilences}`)
  return {
    datasets: scratch.query(`select dataset, sum(count) as count, min(hour) * ${hourMs} as first,
      max(hour) * ${hourMs} as last from hour group by dataset order by dataset`),
    activeDays: {
      total: scratch.count('select 1 from hour group by mailbox, dataset'),
      rows: scratch.query(`select mailbox, dataset, floor(hour / 24.0) as day, sum(count) as count from hour
        where (mailbox, dataset) in (select mailbox, dataset from hour group by mailbox, dataset
          order by ${isSomebodys} desc, sum(count) desc, mailbox, dataset limit ${dailyMailboxes})
        group by mailbox, dataset, day order by mailbox, dataset, day`),
    },
    silences: { total: silences[0]?.total ?? 0, rows: silences.map(({ total, ...silence }) => silence) },
    emptyDays: emptyDays(scratch),
    throttled: scratch.query(`select mailbox, count(*) as records, min(at) as first, max(at) as last from fact
      where category = 'read' and marks like '%throttled%' group by mailbox order by first limit ${listedThrottled}`),
    busyBinds: scratch.query(`with access as (select mailbox, at, unixepoch(at) as second from fact
        where category = 'read' and detail = 'bind' and operation = 'MailItemsAccessed'),
      counted as (select mailbox, at, count(*) over (partition by mailbox order by second
        range between ${24 * 3600 - 1} preceding and current row) as records from access)
      select mailbox, max(records) as records, min(at) as since from counted where records > ${bindLimit}
      group by mailbox order by records desc, mailbox limit ${listedThrottled}`),
    auditing: scratch.query(`with changed as (select rowid as place, * from fact
        where category in (${auditingCategories.map((name) => `'${name}'`).join()}) and auditing is not null),
      off as (select operation, object, min(place) as since from changed where auditing like '%auditing%' group by operation, object)
      select at, auditing as text, coalesce(actor, mailbox) as who, ip from changed left join off using (operation, object)
      where not ${isAgain} or since < place order by place limit ${listedChanges}`),
    mailAccess: accessTotals(scratch),
    openedFolders: scratch.count(
      `select 1 from fact where category = '${elseCategory}' and operation = 'FolderBind' and outcome is not 'failure'`,
    ),
    unnamedMailboxes:
      scratch.count(`select 1 from fact where category in (${inMailbox.map((name) => `'${name}'`).join()})
      and actor is not null and (mailbox = '' or mailbox glob '${guidGlob}')`),
  }
}

/** Of datasets of which at least every other day has a record: where days are rare, one without says nothing. */
function emptyDays(scratch: Scratch): EmptyDays[] {
  const rows = scratch.query<{
    dataset: string
    day: number
  }>(`select distinct dataset, cast(floor(hour / 24.0) as integer) as day
    from hour where dataset in (select dataset from hour where ${isSomebodys} group by dataset having count(distinct mailbox) > 1)
    order by dataset, day`)
  return [...Map.groupBy(rows, ({ dataset }) => dataset)].flatMap(([dataset, found]) => {
    const seen = found.map(({ day }) => day)
    const [first = 0, last = first] = [seen[0], seen.at(-1)]
    const days = last - first + 1 - seen.length
    if (days === 0 || days > seen.length) return []
    const stretches = seen.flatMap((day, i) => {
      const next = seen[i + 1] ?? day + 1
      return next === day + 1 ? [] : [[day + 1, next - 1] as const]
    })
    return [{ dataset, first, last, days, stretches }]
  })
}

function accessTotals(scratch: Scratch): AccessTotals {
  const [records] = scratch.query<Omit<AccessTotals, 'binds' | 'namelessBinds'>>(
    `select coalesce(sum(detail = 'bind'), 0) as bindRecords,
    coalesce(sum(detail = 'sync'), 0) as syncRecords, coalesce(sum(detail is null), 0) as unsaidRecords,
    coalesce(sum(detail = '${failedAccess}'), 0) as failedRecords,
    coalesce(sum(unnamed) filter (where detail = 'bind'), 0) as unnamedMails from fact where category = 'read'`,
  )
  const { bindRecords, ...others } = records as Omit<AccessTotals, 'binds' | 'namelessBinds'>
  const none = { binds: 0, namelessBinds: 0 }
  if (bindRecords === 0) return { bindRecords, ...others, ...none } // No look at a million displays is needed.
  const [binds = none] = scratch.query<typeof none>(
    `select count(*) as binds, coalesce(sum(item = ''), 0) as namelessBinds from reading where access = 'bind' and displayed`,
  )
  return { bindRecords, ...others, ...binds }
}
