import type { Activity } from '../activity.ts'
import { type CategoryName, type Outcome, serviceTag } from '../document.ts'
import { type Keys, type Logon, stoppedLogon, type Usage } from '../entry.ts'
import { isServiceClient } from '../microsoft/service-clients.ts'
import type { DatasetTable, Reader } from './table.ts'

/** What of an activity the tables read. */
export type Envelope = Omit<Activity, 'original'>

/** Where the records of one operation have what joins them to others. */
export interface KeyReaders {
  readonly dataset: DatasetTable
  readonly category: CategoryName
  /** Whether its records only speak of what was done, which has records of its own. */
  readonly isAlert: boolean
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
    users: table.dataset.users?.(record, activity) ?? none,
    sessionIds: table.dataset.sessionIds?.(record, activity) ?? none,
    messages: table.dataset.messages?.(record, activity, table.category) ?? none,
    logon: table.category === 'logon' ? toLogon(table, activity) : undefined,
    // A delivery's address is its sender's.
    usage: table.isAlert || table.category === 'delivery' ? undefined : toUsage(table, activity),
  }
}

const none: readonly never[] = []

function toUsage(table: KeyReaders, activity: Envelope): Usage | undefined {
  const { record } = activity
  const ip = table.ip(record, activity)
  if (ip === undefined || table.dataset.markers?.(record, activity)?.includes(serviceTag)) return undefined
  const names = [table.email(record, activity), table.user(record, activity)?.toLowerCase()]
  // Through a service's client come applications too, each time from another of the service's addresses: none is the user's.
  const isUsers = names.includes(activity.mailbox) && !isServiceClient(table.client(record, activity))
  const isOwn = isUsers && table.outcome(record, activity) !== 'failure'
  return { ip, userAgent: table.userAgent(record, activity), isOwn, asks: isOwn && table.category === 'account' }
}

function toLogon(table: KeyReaders, activity: Envelope): Logon | undefined {
  const { record } = activity
  const ip = table.ip(record, activity)
  if (ip === undefined || table.outcome(record, activity) === 'failure') return undefined
  const isStopped = table.dataset.isStopped?.(record, activity) === true
  const platform = isStopped ? stoppedLogon : (table.dataset.platform?.(record, activity) ?? '')
  return { platform, ip, userAgent: table.userAgent(record, activity) }
}
