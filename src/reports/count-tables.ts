import type { EcsDocument } from '../document.ts'
import { lettingOf } from '../microsoft/letting-in.ts'
import { hourMs } from '../time/time.ts'
import { auditMap } from './raw.ts'
import * as said from './said.ts'
import { evidenceColumns, markColumns, operationOf, type ScratchColumns } from './scratch-columns.ts'

type Reader<Said> = (document: EcsDocument, one: string) => Said

/** A table of counts: activities of which all keys say the same are one row. They come in time order. */
export interface CountTable {
  /** For whom an activity counts, in a row for each; for nobody where it does not. */
  readonly each: (document: EcsDocument) => readonly string[]
  /** What tells rows apart; what differs most often is compared first. */
  readonly keys: Readonly<Record<string, Reader<string | number | undefined>>>
  /** The keys by which rows are found that may be the same: to compare these costs a tenth of making one text of all keys. */
  readonly near: readonly string[]
  readonly sums: Readonly<Record<string, Reader<number>>>
  /** Of `last` what the last activity says stays, of all others what the first one does. */
  readonly others: ScratchColumns
}

/** The columns of its rows, in their order. */
export function columnsOf({ keys, sums, others }: CountTable): readonly string[] {
  return Object.keys({ ...keys, ...sums, ...others })
}

const [once, never]: readonly (readonly string[])[] = [[''], []]
const countsIf = (isSo: boolean) => (isSo ? once : never) as readonly string[]

const at = (document: EcsDocument) => document['@timestamp']
const span = { first: at, last: at }

/** What another record tells too counts there. */
const count = (document: EcsDocument) => (said.isToldElsewhere(document) ? 0 : 1)
const countOf = (outcome: EcsDocument['event.outcome']) => (document: EcsDocument) =>
  document['event.outcome'] === outcome ? count(document) : 0

/** Logons by one user to one mailbox from one address with one client. */
const logon: CountTable = {
  each: (document) => countsIf(document['hoofprint.category'] === 'logon'),
  keys: {
    ip: (document) => document['source.ip'] ?? document['source.address'],
    agent: (document) => document['user_agent.original'],
    platform: said.platformOf,
    mailbox: (document) => document['hoofprint.mailbox'],
    /** Who logged on, where that is not the mailbox's owner. */
    actor: said.actorOf,
    /** Apart, so that when some failed is not when others succeeded. */
    outcome: (document) => document['event.outcome'],
    /** Why they failed. */
    reason: (document) => (document['event.outcome'] === 'success' ? undefined : said.reasonOf(document)),
    dataset: (document) => document['event.dataset'],
    ...markColumns,
    country: (document) => document['source.geo.country_iso_code'],
    network: (document) => document['source.as.organization.name'],
  },
  near: ['ip', 'mailbox'],
  sums: {
    success: countOf('success'),
    failure: countOf('failure'),
    unknown: countOf('unknown'),
    /** Of these, how many were stopped by what comes after the first factor. */
    accepted: (document) => (document['hoofprint.first_factor'] === undefined ? 0 : count(document)),
    /** How many records say that the password was right, and how many are sign-ins by a code of another device, also of those that the audit log has. */
    password: (document) => Number(document['hoofprint.first_factor'] === 'password'),
    deviceCode: (document) => Number(said.isByDeviceCode(document)),
  },
  others: span,
}

const letting = (document: EcsDocument) =>
  document['hoofprint.category'] === 'consent'
    ? lettingOf(document['event.action'], auditMap(document, 'ModifiedProperties'))
    : undefined

/** What one application did in one mailbox, or who let it in; what names no application is none's. */
const application: CountTable = {
  each: (document) => countsIf(document['hoofprint.application.id'] !== undefined),
  keys: {
    operation: operationOf,
    /** Of a consent, whose it is. */
    mailbox: (document) => document['hoofprint.mailbox'] ?? '',
    application: (document) => document['hoofprint.application.id'],
    name: (document) => document['application.name'],
    category: (document) => document['hoofprint.category'],
    outcome: (document) => document['event.outcome'],
    /** Whether it was let in, or that taken back. */
    letting,
    ...markColumns,
  },
  near: ['application', 'mailbox'],
  sums: { count },
  others: { ...span, id: evidenceColumns.id },
}

/** How much one dataset shows of one mailbox in one hour. */
const hour: CountTable = {
  each: () => countsIf(true),
  keys: {
    mailbox: (document) => document['hoofprint.mailbox'] ?? '',
    dataset: (document) => document['event.dataset'] ?? '',
    /** Hours since 1970. */
    hour: (document) => Math.floor(Date.parse(document['@timestamp']) / hourMs),
  },
  near: ['hour', 'mailbox'],
  sums: { count: () => 1 },
  others: {},
}

/** The address that a record itself names; a service's says nothing of who asked. */
const ownAddress = (document: EcsDocument) => (said.isService(document) ? undefined : document['source.ip'])

/** The address of the logon that it is attributed to, where it names none. */
const viaAddress = (document: EcsDocument) => {
  const isOwn = document['source.ip'] !== undefined && !said.isService(document)
  return isOwn ? undefined : document['hoofprint.logon.ip']
}

/** What was done in one way, from one place, in one session. */
const usage: CountTable = {
  each(document) {
    // Whose session or doing it is, or from where it was done; a delivery's address is its sender's.
    const isOf = said.sessionOf(document) ?? said.markedOf(document)
    if (isOf !== undefined || document['hoofprint.category'] === 'delivery') return countsIf(isOf !== undefined)
    return countsIf((ownAddress(document) ?? viaAddress(document)) !== undefined)
  },
  keys: {
    category: (document) => document['hoofprint.category'],
    platform: said.platformOf,
    agent: (document) => (said.isService(document) ? undefined : document['user_agent.original']),
    ip: ownAddress,
    via: viaAddress,
    user: (document) => said.userOf(document)?.toLowerCase(),
    mailbox: (document) => document['hoofprint.mailbox'],
    session: said.sessionOf,
    outcome: (document) => document['event.outcome'],
    firstFactor: (document) => document['hoofprint.first_factor'],
    /** How the second factor was met. */
    secondFactor: (document) => document['hoofprint.second_factor'],
    /** 1 for sign-ins by a code that was entered on another device. */
    deviceCode: (document) => Number(said.isByDeviceCode(document)),
    dataset: (document) => document['event.dataset'],
    /** How the session is known: by the record, a token, or a sign-in's audit record. */
    knownBy: (document) => document['hoofprint.session.known_by'],
    country: (document) => document['source.geo.country_iso_code'],
    ...markColumns,
  },
  near: ['session', 'ip', 'via'],
  sums: {
    count,
    /** With sign-ins that the audit log has too. */
    records: () => 1,
  },
  others: { ...span, id: evidenceColumns.id },
}

/** Message traces that name one recipient, in lower case, and tell the same of his mails. */
const trace: CountTable = {
  each: (document) =>
    document['event.dataset'] === 'o365.messagetrace'
      ? (document['email.to.address'] ?? []).map((address) => address.toLowerCase())
      : countsIf(false),
  keys: {
    recipient: (_document, recipient) => recipient,
    /** What became of the mails: `Delivered`, `Failed`, …, or an event on their way. */
    status: (document) => document['event.action'],
  },
  near: ['recipient'],
  sums: { count },
  others: span,
}

/** Every table of counts, by its name. */
export const countTables = { logon, application, hour, usage, trace } as const
