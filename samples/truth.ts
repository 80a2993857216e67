import type { Row } from './retriever-csv.ts'

/** Who is behind an activity, and the address they really used. */
export type By = { actor: 'owner' | 'intruder'; ip: string }

type PerActor<T> = Record<By['actor'], T>
type Reads = { displays: number; items: Set<string> }
type LogonTally = By & { succeeded: number; failed: number; unknown: number; clientLogons: number } & {
  first: number
  last: number
}

/** Types that no published list of the Activities API has. */
export const unknownTypes = ['PeopleHubOpened', 'SidePanelPinned']

const sentTypes = ['MessageSent', 'NewMessage', 'Reply', 'ReplyAll', 'Forward']

/** Keeps the count of what really happened, as the story tells it. */
export function createTruth(mailbox: string) {
  const byType = new Map<string, number>()
  const logons = new Map<string, LogonTally>()
  const queries: PerActor<string[]> = { owner: [], intruder: [] }
  const typed = { owner: 0, intruder: 0 }
  const reads: PerActor<Reads> = { owner: noReads(), intruder: noReads() }
  const readsByIp = new Map<string, Reads>()
  const proof = { session: 0, nearestLogon: 0 }
  const attachments = { owner: 0, intruder: 0 }
  const sent: PerActor<Map<string, number>> = { owner: new Map(), intruder: new Map() }
  const deleted = { owner: 0, intruder: 0 }

  const tallies: Record<string, (row: Row, by: By) => void> = {
    ServerLogon: (row, by) => addLogon(logonsOf(logons, row, by), row),
    Logon: (row, by) => addLogon(logonsOf(logons, row, by), row),
    SearchSuggestionsDisplay: (_, by) => typed[by.actor]++,
    SearchResult: (row, by) => queries[by.actor].push(row.properties['Query'] ?? ''),
    ReadingPaneDisplayStart(row, by) {
      addRead(reads[by.actor], row)
      addRead(readsOf(readsByIp, by), row)
      proof[row.app === 'Web' ? 'session' : 'nearestLogon']++
    },
    OpenedAnAttachment: (_, by) => attachments[by.actor]++,
    Delete: (_, by) => deleted[by.actor]++,
    ...Object.fromEntries(sentTypes.map((type) => [type, (row: Row, by: By) => increment(sent[by.actor], row.type)])),
  }

  return {
    /** Counts one activity; without `by` it is the service's own. */
    add(row: Row, by: By | undefined) {
      increment(byType, row.type)
      if (by !== undefined) tallies[row.type]?.(row, by)
    },
    /** Everything counted so far, ready to be written as JSON. */
    summary(first: number, last: number) {
      const total = [...byType.values()].reduce((sum, count) => sum + count, 0)
      const addresses = [...logons.values()].sort((a, b) => a.first - b.first)
      return {
        mailbox,
        activities: total,
        first: iso(first),
        last: iso(last),
        byType: sorted(byType),
        intruderAddresses: addresses.filter((logon) => logon.actor === 'intruder').map((logon) => logon.ip),
        logons: addresses.map((logon) => ({ ...logon, first: iso(logon.first), last: iso(logon.last) })),
        searches: {
          queries: queries.owner.length + queries.intruder.length,
          typed: typed.owner + typed.intruder,
          byActor: {
            owner: { queries: queries.owner.length, typed: typed.owner },
            intruder: { queries: queries.intruder.length, typed: typed.intruder },
          },
          intruderQueries: queries.intruder,
        },
        reads: {
          displays: reads.owner.displays + reads.intruder.displays,
          items: reads.owner.items.union(reads.intruder.items).size,
          byActor: { owner: plainReads(reads.owner), intruder: plainReads(reads.intruder) },
          byIp: Object.fromEntries([...readsByIp].map(([ip, counted]) => [ip, plainReads(counted)])),
          displaysByProof: proof,
        },
        attachments: { types: ['OpenedAnAttachment'], ...attachments },
        sent: { types: sentTypes, owner: withTotal(sent.owner), intruder: withTotal(sent.intruder) },
        deleted: { types: ['Delete'], ...deleted },
        unknownTypes: Object.fromEntries(unknownTypes.map((type) => [type, byType.get(type) ?? 0])),
      }
    },
  }
}

function noReads(): Reads {
  return { displays: 0, items: new Set() }
}

function increment(counts: Map<string, number>, key: string) {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function logonsOf(logons: Map<string, LogonTally>, row: Row, by: By): LogonTally {
  const none = { succeeded: 0, failed: 0, unknown: 0, clientLogons: 0, first: row.time, last: row.time }
  const found = logons.get(by.ip) ?? { ip: by.ip, actor: by.actor, ...none }
  logons.set(by.ip, found)
  return found
}

function addLogon(logon: LogonTally, row: Row) {
  logon.first = Math.min(logon.first, row.time)
  logon.last = Math.max(logon.last, row.time)
  if (row.type === 'Logon') logon.clientLogons++
  else if (row.properties['Result'] === 'Success') logon.succeeded++
  else if (row.properties['Result'] === 'Failure') logon.failed++
  else logon.unknown++
}

function readsOf(readsByIp: Map<string, Reads>, by: By): Reads {
  const found = readsByIp.get(by.ip) ?? noReads()
  readsByIp.set(by.ip, found)
  return found
}

function addRead(counted: Reads, row: Row) {
  counted.displays++
  counted.items.add(row.item)
}

function plainReads(counted: Reads) {
  return { displays: counted.displays, items: counted.items.size }
}

function withTotal(counts: Map<string, number>) {
  return { total: [...counts.values()].reduce((sum, count) => sum + count, 0), byType: sorted(counts) }
}

function sorted(counts: Map<string, number>) {
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)))
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
