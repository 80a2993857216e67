import { foundOrMade } from '../remember.ts'
import type { CountColumns } from './merged-rows.ts'
import { placeOf } from './place.ts'
import type { ReportedActivity } from './reported-activity.ts'
import { actorOf, isByDeviceCode, isToldElsewhere, markedOf, platformOf, reasonOf } from './said.ts'

/** Logons of one slice by one user to one mailbox from one address with one client, counted. */
export interface LogonCount {
  readonly dataset: string | undefined
  readonly mailbox: string | undefined
  /** Who logged on, where that is not the mailbox's owner. */
  readonly actor: string | undefined
  readonly ip: string | undefined
  readonly agent: string | undefined
  readonly platform: string | undefined
  /** Why they failed. */
  readonly reason: string | undefined
  readonly marked: string | undefined
  /** Apart, so that when some failed is not when others succeeded. */
  readonly outcome: string
  readonly country: string | undefined
  readonly network: string | undefined
  success: number
  failure: number
  unknown: number
  /** Of these, how many were stopped by what comes after the first factor. */
  accepted: number
  /** How many records say that the password was right, and how many are sign-ins by a code of another device, also of those that the audit log has. */
  password: number
  deviceCode: number
  readonly first: string
  last: string
}

/** The columns of the `logon` table. */
export const logonColumns = {
  keys: [
    ...(['dataset', 'mailbox', 'actor', 'ip', 'agent', 'platform', 'reason', 'marked', 'outcome'] as const),
    ...(['country', 'network'] as const),
  ],
  sums: ['success', 'failure', 'unknown', 'accepted', 'password', 'deviceCode'],
  others: ['first', 'last'],
} as const satisfies CountColumns<LogonCount>

/** Counts a logon among those of its slice, which come in time order; one that the audit log has too only says where else it is recorded. */
export function countLogon(counts: Map<string, LogonCount>, { document }: ReportedActivity): void {
  const outcome = document['event.outcome']
  const dataset = document['event.dataset']
  const mailbox = document['hoofprint.mailbox']
  const actor = actorOf(document)
  const ip = document['source.ip'] ?? document['source.address']
  const agent = document['user_agent.original']
  const platform = platformOf(document)
  const reason = outcome === 'success' ? undefined : reasonOf(document)
  const at = document['@timestamp']
  const marked = markedOf(document)
  const key = `${outcome} ${marked} ${dataset} ${mailbox}\n${actor}\n${ip} ${platform}\n${reason}\n${agent}`
  const logons = foundOrMade(counts, key, () => {
    const { country, network } = placeOf(document) // An address has one.
    const who = { dataset, mailbox, actor, ip, agent, platform, reason, marked, outcome, country, network }
    const none = { success: 0, failure: 0, unknown: 0, accepted: 0, password: 0, deviceCode: 0 }
    return { ...who, ...none, first: at, last: at }
  })
  const firstFactor = document['hoofprint.first_factor']
  if (!isToldElsewhere(document)) {
    logons[outcome] += 1
    if (firstFactor !== undefined) logons.accepted += 1
  }
  if (firstFactor === 'password') logons.password += 1
  if (isByDeviceCode(document)) logons.deviceCode += 1
  logons.last = at
}
