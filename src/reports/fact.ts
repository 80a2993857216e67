import type { CategoryName } from '../document.ts'
import type { ReportedActivity } from './reported-activity.ts'

/** A row of a scratch table, in the order of its columns. */
export type ScratchRow = readonly (string | number | null)[]

/** One activity that the report lists, as one row: the same columns for every category. */
export interface Fact {
  readonly category: CategoryName
  readonly operation: string
  readonly at: string
  readonly mailbox: string
  readonly platform: string | undefined
  /** Where the logon came from that it is attributed to. */
  readonly ip: string | undefined
  /** How that attribution is known; undefined for what is not attributed. */
  readonly method: string | undefined
  readonly session: string | undefined
  readonly item: string | undefined
  readonly subject: string | undefined
  readonly sender: string | undefined
  /** Searches: what was typed. Attachments: what was done. Sent mail: to whom. */
  readonly detail: string | undefined
  readonly file: string
  readonly row: number
}

/** In the order of the columns of the `fact` table. */
export const factColumns = [
  'category',
  'operation',
  'at',
  'mailbox',
  'platform',
  'ip',
  'method',
  'session',
  'item',
  'subject',
  'sender',
  'detail',
  'file',
  'row',
] as const satisfies readonly (keyof Fact)[]

const listed: ReadonlySet<CategoryName> = new Set(['search', 'attachment', 'send', 'delete'])

/** The row that lists and counts are made from; undefined for categories that have none. */
export function factOf({ document }: ReportedActivity): Fact | undefined {
  const category = document['hoofprint.category']
  if (!listed.has(category)) return undefined
  const action = document['o365.activity.CustomProperties']?.['AttachmentAction']
  return {
    category,
    operation: document['event.action'],
    at: document['@timestamp'],
    mailbox: document['hoofprint.mailbox'] ?? '',
    platform: document['o365.activity.AppIdType'],
    ip: document['hoofprint.logon.ip'],
    method: document['hoofprint.logon.method'],
    session: document['session.id'],
    item: document['email.local_id'],
    subject: joined(document['email.subject']),
    sender: document['email.from.address']?.join('; '),
    detail:
      document['hoofprint.search.query'] ??
      (typeof action === 'string' ? action : document['email.to.address']?.join('; ')),
    file: document['hoofprint.evidence.file'] ?? '',
    row: document['hoofprint.evidence.row'] ?? 0,
  }
}

function joined(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.join('; ')
}

/** Logons of one slice from one address with one client, counted. */
export interface LogonCount {
  readonly ip: string | undefined
  readonly agent: string | undefined
  readonly platform: string | undefined
  success: number
  failure: number
  unknown: number
  readonly first: string
  last: string
}

/** In the order of the columns of the `logon` table. */
export const logonColumns = [
  'ip',
  'agent',
  'platform',
  'success',
  'failure',
  'unknown',
  'first',
  'last',
] as const satisfies readonly (keyof LogonCount)[]

/** Counts a logon among those of its slice, which come in time order. */
export function countLogon(counts: Map<string, LogonCount>, { document }: ReportedActivity): void {
  const ip = document['source.ip'] ?? document['source.address']
  const agent = document['user_agent.original']
  const platform = document['o365.activity.AppIdType']
  const at = document['@timestamp']
  const key = `${ip} ${platform} ${agent}`
  const logons = counts.get(key) ?? { ip, agent, platform, success: 0, failure: 0, unknown: 0, first: at, last: at }
  logons[document['event.outcome']] += 1
  logons.last = at
  counts.set(key, logons)
}

/** One display of a mail, as a row of the `reading` table. */
export interface Reading {
  readonly item: string
  readonly at: string
  readonly displayed: number
  readonly ip: string | undefined
  readonly proven: number
  readonly subject: string | undefined
  readonly sender: string | undefined
  /** How many bytes its line in the table of readings has. */
  readonly bytes: number
}

/** In the order of the columns of the `reading` table. */
export const readingColumns = [
  'item',
  'at',
  'displayed',
  'ip',
  'proven',
  'subject',
  'sender',
  'bytes',
] as const satisfies readonly (keyof Reading)[]

/** The row of something displayed in the reading pane. */
export function readingOf({ document }: ReportedActivity, bytes: number): Reading {
  return {
    item: document['email.local_id'] ?? '',
    at: document['@timestamp'],
    displayed: document['event.action'] === 'ReadingPaneDisplayStart' ? 1 : 0,
    ip: document['hoofprint.logon.ip'],
    proven: document['hoofprint.logon.method'] === 'session' ? 1 : 0,
    subject: joined(document['email.subject']),
    sender: document['email.from.address']?.join('; '),
    bytes,
  }
}
