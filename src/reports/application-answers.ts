import { applicationName, microsoftsApplications } from '../microsoft/applications.ts'
import type { Listed } from './listed-rows.ts'
import { eachWithLists, queryLists } from './listed-values.ts'
import type { Scratch } from './scratch.ts'
import { surestOf } from './sureness.ts'

/** What one application did with mail, and who let it in. */
export interface ApplicationAnswer {
  /** Its id, by which it can be marked. */
  readonly application: string
  /** As records of the case call it, or Microsoft does. */
  readonly name: string | null
  /** In whose mailboxes it did something with mail, or, where it did nothing with any, something else: the first by name, of `mailboxTotal`. */
  readonly mailboxes: readonly string[]
  readonly mailboxTotal: number
  readonly first: string
  readonly last: string
  readonly activities: number
  /** How often mails were named as read, and how many those are. */
  readonly reads: number
  readonly mails: number
  /** Folders that were synchronized. */
  readonly folders: number
  readonly sent: number
  /** Mails that Microsoft Graph gave it, each counted once, and lists of mails; the audit log may have the same among `reads`. */
  readonly requestedMails: number
  readonly requestedLists: number
  /** How often it asked Microsoft Graph to send, which the audit log may have among `sent`. */
  readonly requestedSendings: number
  /** How many records tell that it was let in, and since when, whosever doing that was. */
  readonly consents: number
  readonly consented: string | null
  /** Whoever did so first stands first. */
  readonly consenters: readonly string[]
  /** When something of that was first taken back from it, and by whom; and when it last did something, other than in vain. */
  readonly withdrawn: string | null
  readonly withdrawers: readonly string[]
  readonly active: string | null
  /** Whose doings, and consents, these are by the marks of the case. */
  readonly actors: Readonly<Record<string, number>>
  /** How sure it is whose the surest of these are: 0 by the record, 1 by the session, 2 inferred; 3 where no mark tells. */
  readonly sure: number
  /** The first of its records, by `event.id`. */
  readonly id: string
}

/** Which applications are asked for. */
interface Asked {
  /** How many; all where it is below 0. */
  readonly limit: number
  /** Which of their records count, in SQL, of columns that the tables of applications, readings and facts have. */
  readonly where?: string
}

const namedMailboxes = 10

/** What tells that an application did something with mail: what Microsoft's own do otherwise is of no interest here. */
const isOfMail = `(category in ('read', 'attachment', 'send', 'delete', 'move') or
  category in ('search', 'request') and (operation like '%mail%' or operation = 'open attachment'))`
const isConsent = `(category = 'consent')`
const isLettingIn = `(letting = 'in')`
const isWithdrawal = `(letting = 'back')`
const distinctMailboxes = (of: string) => `count(distinct mailbox) filter (where ${of} and mailbox <> '')`
// As Exchange's audit log calls what left the mailbox; drafts, and replies that were begun, did not.
const isSent = `(operation in ('Send', 'SendAs', 'SendOnBehalf') and outcome <> 'failure')`
const isAskedToSend = `(category = 'request' and operation = 'send mail' and outcome <> 'failure')`
const isGiven = (...kinds: string[]) =>
  `(outcome = 'success' and category in ('request', 'search') and operation in (${kinds.map((kind) => `'${kind}'`).join(', ')}))`

/**
 * Applications that did something with mail, and all that were let in or are not Microsoft's, but for what only manages accounts: the marked intruder's first, then those of others
 * than Microsoft, those first that read the most mails.
 */
export function applicationAnswers(scratch: Pick<Scratch, 'query' | 'count'>, asked: Asked): Listed<ApplicationAnswer> {
  const total = scratch.count(wantedBy(asked), own)
  if (total === 0) return { total, rows: [] } // Then a million readings are not gone through.
  return { total, rows: queryLists<ApplicationAnswer>(scratch, lists, answersSql(asked), own).map(finished) }
}

/** All of these, one by one, for a tenant may have more than a list has room for. */
export function* everyApplication(scratch: Pick<Scratch, 'each'>): Generator<ApplicationAnswer> {
  const rows = eachWithLists<ApplicationAnswer>(scratch, lists, answersSql({ limit: -1 }), own)
  for (const row of rows) yield finished(row)
}

const own = JSON.stringify(microsoftsApplications)
const lists = ['mailboxes', 'consenters', 'withdrawers', 'actors'] as const

function wantedBy({ where = 'true' }: Asked): string {
  return `select application, max(marked is 'intruder') as hostile, application not in (select value from json_each(?)) as others
    from application where ${where} group by application having max(${isOfMail}) or (others and (hostile or max(category not in ('admin', 'account'))))`
}

function answersSql({ limit, where = 'true' }: Asked): string {
  const itsOwn = 'from application where application = found.application'
  const mailboxes = (of: string) =>
    `(select json_group_array(mailbox) from (select distinct mailbox ${itsOwn} and ${of} and mailbox <> ''
      order by 1 limit ${namedMailboxes}))`
  const firstPeople = (of: string) =>
    `(select json_group_array(mailbox) from (select mailbox ${itsOwn} and ${of} and mailbox <> ''
      group by mailbox order by min(first), mailbox limit ${namedMailboxes}))`
  // Two logs may call him otherwise who let it in: whom the one names that counts, unless that names no application.
  const people = (of: string) => `coalesce(nullif(${firstPeople(`${of} and count > 0`)}, '[]'), ${firstPeople(of)})`
  const counted = (of: string) => `coalesce(sum(count) filter (where ${of}), 0)`
  return `with wanted as materialized (${wantedBy({ limit, where })}),
    used as materialized (select application, coalesce(min(first) filter (where not ${isConsent}), min(first)) as first,
      coalesce(max(last) filter (where not ${isConsent}), max(last)) as last,
      max(last) filter (where not ${isConsent} and outcome <> 'failure') as active, max(${isOfMail}) as didMail, ${distinctMailboxes(isOfMail)} as mailMailboxes, ${distinctMailboxes(`not ${isConsent}`)} as allMailboxes,
      ${counted(`not ${isConsent}`)} as activities, ${counted(isSent)} as sent, ${counted(isAskedToSend)} as requestedSendings, ${surestOf('certainty')}, min(first || ' ' || id) as id
      from application where ${where} group by application),
    had as materialized (select application, count(*) as reads,
      count(distinct case when item <> '' then mailbox || char(10) || item end) as mails
      from reading where application is not null and displayed and ${where} group by application),
    asked as materialized (select application,
      count(distinct case when category = 'read' then mailbox || char(10) || coalesce(object, '') end) as folders,
      count(distinct case when ${isGiven('open mail')} then item end) as requestedMails,
      sum(${isGiven('list mails', 'search mails')}) as requestedLists from fact where application is not null
      and (category in ('request', 'search') or category = 'read' and detail = 'sync') and ${where} group by application),
    found as materialized (select used.*, hostile, others, coalesce(reads, 0) as reads, coalesce(mails, 0) as mails,
      coalesce(folders, 0) as folders, coalesce(requestedMails, 0) as requestedMails, coalesce(requestedLists, 0) as requestedLists
      from wanted join used using (application) left join had using (application) left join asked using (application)
      order by hostile desc, others desc, mails desc, requestedMails + requestedLists desc, activities desc, application
      limit ${limit})
    select application, (select max(name) ${itsOwn}) as name, first, last, activities, reads, mails, folders, sent, requestedMails, requestedLists,
      requestedSendings, active, sure, id, (select coalesce(sum(count), 0) ${itsOwn} and ${isLettingIn}) as consents,
      (select min(first) ${itsOwn} and ${isLettingIn}) as consented, (select min(first) ${itsOwn} and ${isWithdrawal}) as withdrawn, iif(didMail, mailMailboxes, allMailboxes) as mailboxTotal,
      ${mailboxes(`${where} and iif(found.didMail, ${isOfMail}, not ${isConsent})`)} as mailboxes, ${people(isLettingIn)} as consenters,
      ${people(isWithdrawal)} as withdrawers,
      (select json_group_object(whose, n) from (select coalesce(marked, 'unknown') as whose, sum(count) as n ${itsOwn} and ${where}
        group by whose having n > 0 order by whose)) as actors from found`
}

function finished(row: ApplicationAnswer): ApplicationAnswer {
  const name = row.name ?? applicationName(row.application) ?? null
  return { ...row, name, id: row.id.slice(row.id.indexOf(' ') + 1) } // Its id stands behind its time.
}

/** An application of the marked intruder's that its owners, by the marks, let in: no consent of his. */
export interface LetInByOwners {
  readonly application: string
  readonly name: string | null
  readonly records: number
  readonly first: string
  readonly last: string
  readonly owners: readonly string[]
}

/** Those of them that did something that is the intruder's; the first by time. */
export function letInByOwners(scratch: Pick<Scratch, 'query'>, limit: number): LetInByOwners[] {
  const rows = queryLists<LetInByOwners>(
    scratch,
    ['owners'],
    `select application, max(name) as name, sum(count) as records, min(first) as first, max(last) as last,
      json_group_array(distinct mailbox) filter (where mailbox <> '') as owners from application
      where ${isLettingIn} and marked is 'owner' and application in
        (select application from application where marked is 'intruder' and not ${isConsent})
      group by application having records > 0 order by first, application limit ${limit}`,
  )
  return rows.map((row) => ({ ...row, name: row.name ?? applicationName(row.application) ?? null }))
}
