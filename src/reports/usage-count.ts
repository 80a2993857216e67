import type { EcsDocument } from '../document.ts'
import type { ReportedActivity } from './reported-activity.ts'
import * as said from './said.ts'

/** What was done in one way, from one place, in one session: activities of some slices, counted. */
export interface UsageCount {
  readonly session: string | undefined
  /** How the session is known: by the record, a token, or a sign-in's audit record. */
  readonly knownBy: string | undefined
  readonly mailbox: string | undefined
  readonly user: string | undefined
  /** The address that the records themselves name. */
  readonly ip: string | undefined
  /** The address of the logon they are attributed to, where they name none. */
  readonly via: string | undefined
  readonly agent: string | undefined
  readonly platform: string | undefined
  readonly country: string | undefined
  readonly dataset: string | undefined
  readonly category: string
  readonly outcome: string
  readonly firstFactor: string | undefined
  /** How the second factor was met. */
  readonly secondFactor: string | undefined
  /** 1 for sign-ins by a code that was entered on another device. */
  readonly deviceCode: number
  readonly marked: string | undefined
  readonly certainty: string | undefined
  /** Without sign-ins that the audit log has too. */
  count: number
  /** With these. */
  records: number
  readonly first: string
  last: string
  /** The first of them, by `event.id`. */
  readonly id: string
}

/** In the order of the columns of the `usage` table. */
export const usageColumns = [
  ...(['session', 'knownBy', 'mailbox', 'user', 'ip', 'via', 'agent', 'platform', 'country', 'dataset'] as const),
  ...(['category', 'outcome', 'firstFactor', 'secondFactor', 'deviceCode', 'marked', 'certainty'] as const),
  ...(['count', 'records', 'first', 'last', 'id'] as const),
] satisfies readonly (keyof UsageCount)[]

/** Usages of some slices, in the order in which they began. */
export interface UsageCounts {
  readonly rows: readonly UsageCount[]
  /** Counts an activity; they come in time order. */
  count(activity: ReportedActivity): void
}

/** Counts nothing yet. */
export function newUsageCounts(): UsageCounts {
  const rows: UsageCount[] = []
  // One session, or one address without any, has few usages: to compare them costs a tenth of making one key of all that tells them apart.
  const alike = new Map<string | undefined, UsageCount[]>()
  return {
    rows,
    count(activity) {
      const usage = usageOf(activity)
      if (usage === undefined) return
      const near = usage.session ?? usage.ip ?? usage.via
      const known = alike.get(near)
      const same = known?.find((other) => isSame(other, usage))
      if (same !== undefined) {
        same.count += usage.count
        same.records += 1
        same.last = usage.last
        return
      }
      if (known === undefined) alike.set(near, [usage])
      else known.push(usage)
      rows.push(usage)
    },
  }
}

/** One activity's usage; nothing where nobody's session or address is known and no mark tells whose doing it is. */
function usageOf({ document }: ReportedActivity): UsageCount | undefined {
  const session = said.sessionOf(document)
  const marked = said.markedOf(document)
  const service = said.isService(document)
  const own = service ? undefined : document['source.ip']
  const via = own === undefined ? viaOf(document) : undefined
  const category = document['hoofprint.category']
  // Whose session or doing it is, or from where it was done; a delivery's address is its sender's.
  const address = category === 'delivery' ? undefined : (own ?? via)
  if (session === undefined && marked === undefined && address === undefined) return undefined
  const at = document['@timestamp']
  return {
    session,
    knownBy: document['hoofprint.session.known_by'],
    mailbox: document['hoofprint.mailbox'],
    user: said.userOf(document)?.toLowerCase(),
    ip: own,
    via,
    agent: service ? undefined : document['user_agent.original'],
    platform: said.platformOf(document),
    country: document['source.geo.country_iso_code'],
    dataset: document['event.dataset'],
    category,
    outcome: document['event.outcome'],
    firstFactor: document['hoofprint.first_factor'],
    secondFactor: document['hoofprint.second_factor'],
    deviceCode: said.isByDeviceCode(document) ? 1 : 0,
    marked,
    certainty: document['hoofprint.actor_certainty'],
    count: said.isToldElsewhere(document) ? 0 : 1,
    records: 1,
    first: at,
    last: at,
    id: document['event.id'],
  }
}

function viaOf(document: EcsDocument): string | undefined {
  return document['source.ip'] === undefined ? said.addressOf(document) : document['hoofprint.logon.ip']
}

/** What differs most often is looked at first. */
function isSame(a: UsageCount, b: UsageCount): boolean {
  return (
    a.category === b.category &&
    a.platform === b.platform &&
    a.agent === b.agent &&
    a.ip === b.ip &&
    a.via === b.via &&
    a.user === b.user &&
    a.mailbox === b.mailbox &&
    a.session === b.session &&
    a.outcome === b.outcome &&
    a.firstFactor === b.firstFactor &&
    a.secondFactor === b.secondFactor &&
    a.deviceCode === b.deviceCode &&
    a.dataset === b.dataset &&
    a.knownBy === b.knownBy &&
    a.country === b.country &&
    a.certainty === b.certainty &&
    a.marked === b.marked
  )
}
