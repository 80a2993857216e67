import type { DatabaseSync } from 'node:sqlite'
import type { LogonMethod } from '../document.ts'
import { stoppedLogon } from '../entry.ts'
import { itemHash } from '../item-hash.ts'
import { listQuery, query } from '../query.ts'
import { afterSome, recent, remember } from '../remember.ts'
import { dayMs, isoOf } from '../time/time.ts'
import { eventsAtMost } from './events-at-most.ts'
import { latestIn, logonWindows } from './logon-windows.ts'
import { type JoinedMessage, mergeTellings, nothingKnown, type Telling } from './tellings.ts'

/** A logon that an activity is attributed to. */
export interface JoinedLogon {
  readonly id: string
  readonly time: number
  /** The same as ISO 8601 in UTC: many activities tell of one logon. */
  readonly at: string
  readonly ip: string
  readonly userAgent: string | undefined
}

/** An activity, as far as joining goes. */
export interface Joinable {
  readonly mailbox: string
  readonly time: number
  readonly platform: string
  readonly session: string | undefined
  /** Whether a logon may be inferred; else only that of its session counts. */
  readonly infers: boolean
}

/** What the rest of the case adds to one activity. It is looked up on the way out, when all evidence is in. */
export interface Joins {
  /** The logon of its session; else, as an inference, the nearest earlier one that can be its client's. */
  logon(activity: Joinable): { readonly logon: JoinedLogon; readonly method: LogonMethod } | undefined
  /** The latest earlier logon to the mailbox, whoever's and however long ago. */
  lastLogon(activity: Joinable): JoinedLogon | undefined
  /** The audit log's record of the sign-in of this id and time: Entra and the audit log give it one id. */
  auditTwin(time: number, id: string): { readonly session: string | undefined } | undefined
  /** Which of these ids of audit records stand for several, and when the first of them was made. */
  shared(ids: readonly string[]): ReadonlyMap<string, number>
  /** The message traces of mails, by Internet message id: of each at most the first 1,000, which is as many as a mail may go to. */
  traces(messageIds: readonly string[]): readonly number[]
  /** What is known of each of these items. */
  messages(items: readonly string[]): readonly JoinedMessage[]
}

/** How long a logon may be inferred to be an activity's. */
export const nearestMs = dayMs

/**
 * ServerLogon comes with AppIdType `Exchange` whatever client logged on (seen in the samples), so it may be any
 * client's; other platforms' logons are theirs alone.
 */
const anyPlatform = 'Exchange'

// What workers may keep is a few MB: what fills their 40 MB is collected again and again.
const mailsKept = 4000
const mailboxesKept = 1000
// More records than these tell of one item only where it is a mail that was sent to thousands.
const crowd = 1000
// Hardly a case has ids that several records share: whether one has is asked once so many lists of ids make that worth it. That goes through all of
// them, which takes as long as so many lists as there are of so many events.
const [listsAskedAlone, eventsForOne] = [100, 5000] as const

/** Joins on one open case. Remembers what it looked up: call it in time order and it looks up little. */
export function joinsOf(db: DatabaseSync): Joins {
  const worthIt = Math.max(listsAskedAlone, eventsAtMost(db) / eventsForOne)
  const logonColumns = 'select id, time, ip, user_agent from logon'
  const logons = (where: string) => (sql: string) => listQuery<LogonRow>(db, `${logonColumns} ${where} ${sql}`)
  const byMailbox = logons('where mailbox = ? and platform = ? and (session is null) = ?')
  const ofMailbox = logonWindows({ ask: byMailbox, toLogon, smallestWindow: 8, kept: 16_000, areMostlyFew: false })
  // A session of months may have thousands.
  const bySessions = logons('where session = ?')
  const ofSession = logonWindows({ ask: bySessions, toLogon, smallestWindow: 64, kept: 4000, areMostlyFew: true })
  const platformsOf = query<{ platform: string }>(
    db,
    `select distinct platform from logon where mailbox = ? and platform <> '${stoppedLogon}' order by platform`,
  )
  const said = 'rank, subject, sender, received, message_id'
  const tellings = tellingsOf('item', 'hash = wanted.value', 'group by hash')
  const byMessageId = tellingsOf(
    'message_id',
    'message_id = wanted.value and message_id <> item',
    'where message_id <> item group by message_id',
  )

  const audited = query<{ session: string | null }>(
    db,
    `select session from event where time = ? and id = ? and dataset = 'o365.audit'`,
  )
  const sharing = query<{ id: string; first: number }>(
    db,
    `select event.id, min(time) as first from (select distinct value from json_each(?)) as wanted
    join event on event.id = wanted.value and dataset = 'o365.audit' group by event.id having count(*) > 1`,
  )

  const anyShared = query(
    db,
    `select 1 from event where dataset = 'o365.audit' group by id having count(*) > 1 limit 1`,
  )
  const sharesNone = afterSome(worthIt, () => anyShared.get() === undefined)

  const tracing = query<{ event: number }>(
    db,
    `select event from
    (select event, row_number() over (partition by item order by event) as n from json_each(?) as wanted
      join message on hash = wanted.value join event on event.seq = message.event and dataset = 'o365.messagetrace')
    where n <= 1000`,
  )

  const known = recent<JoinedMessage>(mailsKept)
  const platforms = remember(mailboxesKept, (mailbox) => platformsOf.all(mailbox).map(({ platform }) => platform))

  function messages(items: readonly string[]): readonly JoinedMessage[] {
    const asked = new Set<string>()
    const found = items.map((item) => {
      const message = known.get(item)
      if (message === undefined) asked.add(item)
      return message
    })
    const told = asked.size > 0 ? learned([...asked]) : undefined
    return found.map((message, i) => message ?? (told?.get(items[i] as string) as JoinedMessage))
  }

  /**
   * What records tell of some items. Of a mail that went to a hundred thousand as many records may say the same: in a case that has such
   * mails, each thing that is said counts once, which costs too much to be done always.
   */
  function tellingsOf(name: string, isWanted: string, grouped: string): (wanted: string) => Telling[] {
    const from = `${name}, ${said} from json_each(?) as wanted join message on ${isWanted}`
    const plain = listQuery<Telling>(db, `select ${from}`)
    const distinct = listQuery<Telling>(db, `select distinct ${from}`)
    const crowded = query(db, `select 1 from message ${grouped} having count(*) > ${crowd} limit 1`)
    const hasNoCrowd = afterSome(worthIt, () => crowded.get() === undefined)
    return (wanted) => (hasNoCrowd() === true ? plain : distinct).all(wanted)
  }

  /** Asks for all of them at once: one question for each would cost twice as much. */
  function learned(items: readonly string[]): ReadonlyMap<string, JoinedMessage> {
    const rows = tellings(JSON.stringify(items.map(itemHash)))
    const messageIds = items.filter((item) => item.startsWith('<'))
    const told = mergeTellings(messageIds.length === 0 ? rows : rows.concat(byMessageId(JSON.stringify(messageIds))))
    const found = new Map(items.map((item) => [item, told.get(item) ?? { item, ...nothingKnown }]))
    for (const [item, message] of found) known.set(item, message)
    return found
  }

  function latestOf(list: readonly string[], { mailbox, time }: Joinable, session?: string): JoinedLogon | undefined {
    let best: JoinedLogon | undefined
    for (const platform of list) {
      // A logon that names another session is that session's; one that names none may be this one's.
      const candidates = session === undefined ? ([1, 0] as const) : ([1] as const)
      for (const sessionless of candidates) {
        const logon = latestIn(ofMailbox([mailbox, platform, sessionless], time), time)
        if (logon !== undefined && (best === undefined || logon.time >= best.time)) best = logon
      }
    }
    return best
  }

  function bySession({ session, time }: Joinable): JoinedLogon | undefined {
    if (session === undefined) return undefined
    const logons = ofSession([session], time)
    return latestIn(logons, time) ?? logons[0]
  }

  return {
    logon(activity) {
      const proven = bySession(activity)
      if (proven !== undefined) return { logon: proven, method: 'session' }
      if (!activity.infers) return undefined
      const { platform, time } = activity
      const near = latestOf([platform, anyPlatform], activity, activity.session)
      return near === undefined || time - near.time > nearestMs ? undefined : { logon: near, method: 'nearest' }
    },
    lastLogon: (activity) => latestOf(platforms(activity.mailbox), activity),
    shared(ids) {
      if (ids.length === 0 || sharesNone() === true) return new Map()
      return new Map(sharing.all(JSON.stringify(ids)).map(({ id, first }) => [id, first]))
    },
    auditTwin(time, id) {
      // The audit log has whole seconds, cut or rounded.
      for (const shift of [0, 1000, -1000]) {
        const twin = audited.get(time - (time % 1000) + shift, id)
        if (twin !== undefined) return { session: twin.session ?? undefined }
      }
      return undefined
    },
    traces: (ids) => tracing.all(JSON.stringify([...new Set(ids.map(itemHash))])).map(({ event }) => event),
    messages,
  }
}

/** As SQLite gives it, in the order of `logonColumns`. */
type LogonRow = [id: string, time: number, ip: string, userAgent: string | null]

function toLogon([id, time, ip, userAgent]: LogonRow): JoinedLogon {
  return { id, time, at: isoOf(time), ip, userAgent: userAgent ?? undefined }
}
