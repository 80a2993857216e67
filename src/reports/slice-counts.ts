import { foundOrMade } from '../remember.ts'
import type { CountColumns } from './merged-rows.ts'
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
    // An address has one of each.
    const { 'source.geo.country_iso_code': country, 'source.as.organization.name': network } = document
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

/** What one application did in one mailbox, or who let it in: activities of one slice, counted. */
export interface ApplicationCount {
  readonly application: string
  readonly name: string | undefined
  /** Of a consent, whose it is. */
  readonly mailbox: string
  readonly category: string
  /** As recorded; of a request to Graph what was asked for. */
  readonly operation: string
  readonly outcome: string
  readonly marked: string | undefined
  readonly certainty: string | undefined
  /** Without sign-ins that the audit log has too. */
  count: number
  readonly first: string
  last: string
  /** The first of them, by `event.id`. */
  readonly id: string
}

/** The columns of the `application` table. */
export const applicationColumns = {
  keys: ['application', 'name', 'mailbox', 'category', 'operation', 'outcome', 'marked', 'certainty'],
  sums: ['count'],
  others: ['first', 'last', 'id'],
} as const satisfies CountColumns<ApplicationCount>

/** Counts an activity among those of its slice, which come in time order; one that names no application is none's. */
export function countApplication(counts: Map<string, ApplicationCount>, { document }: ReportedActivity): void {
  const application = document['hoofprint.application.id']
  if (application === undefined) return
  const name = document['application.name']
  const mailbox = document['hoofprint.mailbox'] ?? ''
  const category = document['hoofprint.category']
  const operation = document['hoofprint.request'] ?? document['event.action']
  const outcome = document['event.outcome']
  const marked = markedOf(document)
  const certainty = document['hoofprint.actor_certainty']
  const at = document['@timestamp']
  const times = isToldElsewhere(document) ? 0 : 1
  const key = `${application} ${category} ${outcome} ${marked} ${certainty} ${mailbox}\n${operation}\n${name}`
  const known = foundOrMade(counts, key, () => {
    const told = { application, name, mailbox, category, operation, outcome, marked, certainty }
    return { ...told, count: 0, first: at, last: at, id: document['event.id'] }
  })
  known.count += times
  known.last = at
}

export const hourMs = 3_600_000

/** How much one dataset shows of one mailbox in one hour. */
export interface HourCount {
  readonly mailbox: string
  readonly dataset: string
  /** Hours since 1970. */
  readonly hour: number
  count: number
}

/** In the order of the columns of the `hour` table. */
export const hourColumns = ['mailbox', 'dataset', 'hour', 'count'] as const satisfies readonly (keyof HourCount)[]

/** Counts an activity among those of its slice. */
export function countHour(counts: Map<string, HourCount>, { document }: ReportedActivity): void {
  const at = document['@timestamp']
  const mailbox = document['hoofprint.mailbox'] ?? ''
  const dataset = document['event.dataset'] ?? ''
  const begin = () => ({ mailbox, dataset, hour: Math.floor(Date.parse(at) / hourMs), count: 0 })
  foundOrMade(counts, `${at.slice(0, 13)} ${dataset} ${mailbox}`, begin).count += 1
}

/** Message traces of some slices that name one recipient and tell the same of his mails, counted. */
export interface TraceCount {
  /** In lower case. */
  readonly recipient: string
  /** What became of the mails: `Delivered`, `Failed`, …, or an event on their way. */
  readonly status: string
  count: number
  readonly first: string
  last: string
}

/** In the order of the columns of the `trace` table. */
export const traceColumns = [
  ...(['recipient', 'status', 'count', 'first', 'last'] as const),
] satisfies readonly (keyof TraceCount)[]

/** Counts a message trace for each of its recipients; they come in time order, and other activities are none. */
export function countTrace(counts: Map<string, TraceCount>, { document }: ReportedActivity): void {
  if (document['event.dataset'] !== 'o365.messagetrace') return
  const status = document['event.action']
  const at = document['@timestamp']
  for (const address of document['email.to.address'] ?? []) {
    const recipient = address.toLowerCase()
    const begin = () => ({ recipient, status, count: 0, first: at, last: at })
    const known = foundOrMade(counts, `${status}\n${recipient}`, begin)
    known.count += 1
    known.last = at
  }
}
