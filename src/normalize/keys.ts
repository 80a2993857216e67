import type { Activity } from '../activity.ts'
import type { CategoryName, Outcome } from '../document.ts'
import type { Keys, Logon, Usage } from '../entry.ts'
import { isServiceClient } from '../service-clients.ts'
import type { DatasetTable, Reader } from './table.ts'

/** What of an activity the tables read. */
export type Envelope = Omit<Activity, 'original'>

/** Where the records of one operation have what joins them to others. */
export interface KeyReaders {
  readonly dataset: DatasetTable
  readonly category: CategoryName
  readonly outcome: Reader<Outcome>
  readonly userAgent: Reader<string>
  readonly client: Reader<string>
  readonly ip: Reader<string>
  readonly session: Reader<string>
  readonly email: Reader<string>
  readonly user: Reader<string>
}

/** What joins an activity to others. */
export function toKeys(table: KeyReaders, activity: Envelope): Keys {
  const { record } = activity
  return {
    session: table.session(record, activity),
    sessionIds: table.dataset.sessionIds?.(record, activity) ?? noIds,
    messages: table.dataset.messages(record, activity, table.category),
    logon: table.category === 'logon' ? toLogon(table, activity) : undefined,
    usage: table.category === 'delivery' ? undefined : toUsage(table, activity), // A delivery's address is its sender's.
  }
}

const noIds: readonly string[] = []

function toUsage(table: KeyReaders, activity: Envelope): Usage | undefined {
  const { record } = activity
  const ip = table.ip(record, activity)
  if (ip === undefined || table.dataset.markers?.(record, activity)?.includes('microsoft-service')) return undefined
  const user = table.email(record, activity) ?? table.user(record, activity)?.toLowerCase()
  const isOwn = user === activity.mailbox && table.outcome(record, activity) !== 'failure'
  // An application of somebody else's comes through a service's client too: only who knows whose the address is can tell.
  const client = table.client(record, activity)
  const userAgent = isServiceClient(client) ? client : table.userAgent(record, activity)
  return { ip, userAgent, isOwn, asks: isOwn && table.category === 'account' }
}

function toLogon(table: KeyReaders, activity: Envelope): Logon | undefined {
  const { record } = activity
  const ip = table.ip(record, activity)
  if (ip === undefined || table.outcome(record, activity) === 'failure') return undefined
  const platform = table.dataset.platform(record, activity) ?? ''
  return { platform, ip, userAgent: table.userAgent(record, activity) }
}
