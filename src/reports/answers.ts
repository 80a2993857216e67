import type { DatabaseNote } from '../database-note.ts'
import type { CategoryName } from '../document.ts'
import type { Behind, Evidence, Forgotten, RejectedRow, SkippedFile, StoredGap } from '../evidence.ts'
import type { DatedMark } from '../marks.ts'
import type { ApplicationAnswer } from './application-answers.ts'
import type { Completeness } from './completeness.ts'
import type { CopilotUse } from './copilot.ts'
import type { MailRequests, RequestCount } from './graph-requests.ts'
import type { Listed } from './listed-rows.ts'
import type { SentOn } from './sent-on.ts'
import type { SessionAnswer } from './session-answers.ts'
import type { SharedSessions } from './shared-sessions.ts'
import type { SignInFact } from './sign-in-facts.ts'
import type { StateAnswers } from './state-answers.ts'
import type { Tally } from './tally.ts'
import type { Travel } from './travel.ts'
import type { UnmarkedBeside } from './unmarked-beside.ts'
import type { PartlyRecorded, Unrecorded } from './unrecorded.ts'

/** What a case says: counts, and of each list the first rows, the marked intruder's before people's before services' (the tables hold all of them). */
export interface Answers extends Record<ListName, Listing>, Completeness, Readonly<Omit<Tally, 'unknown'>> {
  /** What was done: what two records tell counts once, as in all answers. */
  readonly activities: number
  /** Of which more than deliveries is known: the 1,000 with the most records, those first; services and the like behind people. */
  readonly mailboxes: readonly string[]
  readonly mailboxTotal: number
  /** How many addresses only received mail, in message traces. */
  readonly receivers: number
  readonly unknownOperations: Readonly<Record<string, number>>
  /** Mailboxes that were used, and nothing of a kind is recorded of them. */
  readonly unrecorded: Readonly<Record<'reads' | 'searches', Unrecorded>>
  /** Mailboxes that the marked intruder used while no mail access was recorded there, though it was before, or later. */
  readonly partlyRecorded: readonly PartlyRecorded[]
  /** How many activities of each category are the marked intruder's. */
  readonly intruderCategories: Readonly<Record<string, number>>
  /** What is the intruder's by its session alone. */
  readonly sharedSessions: SharedSessions
  /** What no mark tells of, from where the intruder's sessions were used. */
  readonly unmarkedBeside: UnmarkedBeside
  /** By start; at most 1,000, the marked intruder's before others. */
  readonly sessions: Listed<SessionAnswer>
  /** Those of all sessions that were used from more than one address, listed alike. */
  readonly sessionsFromSeveral: Listed<SessionAnswer>
  /** Later than the first day on which the evidence shows the mailbox's own user: what was new then. */
  readonly novelties: Listing
  readonly travels: readonly Travel[]
  /** Who passed the first factor and never got in, and who signed in by a code of another device: by user and address. */
  readonly signInFacts: readonly SignInFact[]
  readonly logonTotals: LogonTotals
  /** By mailbox, user, address and client; at most 1,000, the marked intruder's first. */
  readonly logons: readonly LogonAnswer[]
  readonly logonsByAddress: readonly LogonAddress[]
  readonly logonFailures: readonly LogonFailure[]
  readonly readsByAddress: readonly ReadsByAddress[]
  /** All displays and accesses of mails, and distinct mails, whoever's. */
  readonly reads: { readonly displays: number; readonly items: number }
  /** Of these, what the marks of the case say is the intruder's. */
  readonly intruderReads: Answers['reads']
  /** The displays and accesses by how their address is known. */
  readonly readsByMethod: Readonly<Record<'session' | 'nearest' | 'recorded' | 'service' | 'nobody', number>>
  /** Of how many distinct mails that were read the subject is known. */
  readonly readSubjects: number
  /** Which applications had access to mail; at most 1,000, the marked intruder's before others', Microsoft's own last. */
  readonly applications: Listed<ApplicationAnswer>
  /** Mail that Microsoft Graph gave; none of it is among the reads. */
  readonly mailRequests: readonly MailRequests[]
  /** How many records tell that encrypted mail was opened in Microsoft's portal; none of it is among the reads. */
  readonly openedInPortal: number
  /** What else Graph was asked for. */
  readonly requestCounts: readonly RequestCount[]
  /** Where rules and mailboxes send mail on to, and what message traces tell of mail to there. */
  readonly sentOn: readonly SentOn[]
  readonly searchTotals: SearchTotals
  /** At most 1,000, the marked intruder's first. */
  readonly searchesByAddress: readonly SearchesByAddress[]
  readonly filesByUser: readonly FilesByUser[]
  readonly copilotByUser: readonly CopilotUse[]
  /** How things stood when somebody looked, as files list it: none of it is an activity. */
  readonly states: StateAnswers
}

/** What is listed activity by activity, and of which category. */
export const activityLists = {
  searches: 'search',
  attachments: 'attachment',
  sent: 'send',
  deleted: 'delete',
  rules: 'rule',
  forwarding: 'forward',
  permissions: 'permission',
  consents: 'consent',
  accounts: 'account',
  administration: 'admin',
  files: 'file',
  shared: 'share',
  copilot: 'copilot',
  alerts: 'alert',
  requests: 'request',
} as const satisfies Readonly<Record<string, CategoryName>>

export type ActivityListName = keyof typeof activityLists

/** What is listed; `items` are mails that were read, `folders` those that were synchronized. */
export type ListName = ActivityListName | 'items' | 'folders'

/** Rows of a table, oldest first, of which there may be more. */
export type Listing = Listed<Readonly<Record<string, string | number | null>>>

/** How often logons of one kind succeeded and failed, and when, whichever dataset shows them. */
export interface Outcomes {
  /** Which datasets have them; what two have is counted once. */
  readonly datasets: string
  readonly ip: string | null
  readonly succeeded: number
  readonly failed: number
  readonly unknown: number
  /** Of these, how many were stopped by what comes after the first factor. */
  readonly accepted: number
  /** How many records say that the password was right then; and how many are sign-ins by a code that was entered on another device. */
  readonly password: number
  readonly deviceCode: number
  readonly first: string
  readonly last: string
  readonly marked: string | null
  readonly country: string | null
  readonly network: string | null
}

/** Where somebody logged on from, with which client. */
export interface LogonAnswer extends Outcomes {
  readonly mailbox: string | null
  /** Who logged on, where that is not the mailbox's owner. */
  readonly actor: string | null
  readonly agent: string | null
  readonly platforms: string | null
}

/** All logons from one address. */
export interface LogonAddress extends Outcomes {
  readonly clients: number
  readonly mailboxes: number
}

/** Why logons failed or were neither completed nor refused. */
export interface LogonFailure extends Pick<Outcomes, 'failed' | 'unknown' | 'first' | 'last'> {
  readonly reason: string | null
  readonly addresses: number
  readonly mailboxes: number
}

/** Whether the evidence shows mail being read, if only that a folder was copied or that something was accessed. */
export function hasReading({ reads, mailAccess }: Pick<Answers, 'reads' | 'mailAccess'>): boolean {
  return reads.displays + mailAccess.syncRecords + mailAccess.unsaidRecords > 0
}

/** All logons; `pairs` of mailbox, user, address and client, of which `logons` may list only the first. */
export interface LogonTotals extends Pick<Outcomes, 'succeeded' | 'failed' | 'unknown'> {
  readonly addresses: number
  readonly pairs: number
}

/** Mail read in one mailbox by one user, by the address that it is attributed to, and by whose doing it is. */
export interface ReadsByAddress {
  readonly mailbox: string
  /** Whose doing it is by the marks of the case. */
  readonly marked: string | null
  /** Who read it, where that is not the mailbox's owner. */
  readonly actor: string | null
  readonly ip: string | null
  /** `bind`: named by audit records; null: displayed in Outlook. */
  readonly access: string | null
  readonly displays: number
  readonly items: number
  /** How many are attributed by session, which is proof. */
  readonly proven: number
  /** How many name the address themselves. */
  readonly recorded: number
  /** How many are attributed to the nearest logon, which is an inference. */
  readonly inferred: number
}

/** Searches in one mailbox from one address, by whose doing they are. */
export interface SearchesByAddress {
  readonly mailbox: string
  readonly ip: string | null
  readonly marked: string | null
  readonly queries: number
  readonly typed: number
}

/** All searches: `searchesByAddress` may list only the first. */
export interface SearchTotals extends Pick<SearchesByAddress, 'queries' | 'typed'> {
  /** How many of the queries are the marked intruder's. */
  readonly intruder: number
}

/** What one user did with files from one address, by whose doing it is. */
export interface FilesByUser {
  readonly user: string
  readonly ip: string | null
  readonly marked: string | null
  readonly activities: number
  readonly files: number
  readonly downloads: number
  readonly first: string
  readonly last: string
}

/** All that a report shows of a case: plain data. */
export interface CaseReport {
  readonly title: string
  /** ISO 8601, UTC. */
  readonly writtenAt: string
  /** What investigators marked, and when. */
  readonly marks?: readonly DatedMark[]
  readonly answers: Answers
  readonly evidence: readonly ReportedEvidence[]
  readonly rejects: Listed<Omit<RejectedRow, 'stream'>>
  /** Files that stood among evidence and are none that is known. */
  readonly skipped: Listed<SkippedFile>
  /** What a service had and could not be had; those that were had later are left out. */
  readonly gaps?: readonly Omit<StoredGap, 'firstSeen' | 'closed'>[]
  /** What a collector has not read to its end. */
  readonly behind?: readonly Behind[]
  /** What was deleted from the case since it was delivered. */
  readonly forgotten?: Forgotten
  /** How many rows something else than this program took from the case, or put into it. */
  readonly altered?: number
  /** What says where addresses are; their licences want to be told. */
  readonly databases?: readonly DatabaseNote[]
  /** The files beside the report, by what they hold, e.g. `search-activity` → `case-search-activity.tsv`. */
  readonly tables: Readonly<Record<string, string>>
}

/** A file that was read; what most files have nothing of may be left out. */
export type ReportedEvidence = Omit<Evidence, 'id' | 'mailbox' | Rare> & Partial<Pick<Evidence, Rare>>
type Rare = 'dates' | 'isShown' | 'byOther' | 'brokeOff' | 'claims'
