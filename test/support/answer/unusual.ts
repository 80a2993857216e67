import type { estypes } from '@elastic/elasticsearch'
import { type Asked, combinations, figuresOf, type Lot } from './ask.ts'
import * as docs from './documents.ts'
import { all, any, count, extreme, type Figure, has, is, named, networks, not, type Query } from './figure.ts'
import { sessionExempt, sessionFigures } from './finding-figures.ts'
import { lines } from './numbers.ts'
import type { Facts, SectionSearch } from './section.ts'

const novel = has('hoofprint.first_seen')
const dayMs = 24 * 3_600_000

/** What is new, shared or too fast, which are sections of their own in one. */
export const unusual: SectionSearch = {
  key: ({ kind, session, user, ip, id }) =>
    `${kind} ${kind === 'shared session' ? session : String(kind) in ways ? `${user} ${ip}` : id}`,
  findings: async (asked) => (await Promise.all([waysIn(asked), sharedSessions(asked), firsts(asked)])).flat(),
  figures: (facts, asked) => lots[String(facts['kind'])]?.(facts, asked) ?? { figures: {} },
  exempt: sessionExempt,
  unlisted: {
    which: ({ kind }) => kind === 'travel',
    why: 'which two events of a user follow each other no search tells',
  },
  said: lines(
    /was (?<kilometres>\d+) km apart within (?<minutes>\d+) minutes|^one session from (?<addresses>\d+) addresses|: (?<times>[\d,]+) (?:stopped only|sign-ins? by a code)/,
    { kilometres: 0, minutes: 0, addresses: 0, times: 0 },
  ),
}

/** What tells each kind of unusual sign-in, and which of its documents count. */
const ways: Readonly<Record<string, { readonly which: Query; readonly counts: readonly Query[] }>> = {
  'first factor': { which: has('hoofprint.first_factor'), counts: [docs.once] },
  'device code': { which: docs.deviceCode, counts: [] },
}

/** The logons of a user from an address. */
function logonsOf(user: string, ip: string): Query {
  const ofUser = docs.users.map(([field, ...of]) => all(named(field, user), ...of))
  return all(docs.category('logon'), is('source.ip', ip), docs.namesAddress, any(...ofUser))
}

function wayFigures(kind: string, user: unknown, ip: unknown): Lot {
  const { which, counts } = ways[kind] as (typeof ways)[string]
  const isTold = [which, ...counts]
  return {
    of: logonsOf(String(user), String(ip)),
    figures: {
      first: extreme('min', '@timestamp', which),
      last: extreme('max', '@timestamp', which),
      times: count(...isTold),
      password: count(is('hoofprint.first_factor', 'password')),
      token: count(is('hoofprint.first_factor', 'token')),
      succeeded: count(...isTold, is('event.outcome', 'success')),
    },
  }
}

/** Users and addresses that came by device codes, or passed the first factor and never got in. */
async function waysIn(asked: Asked): Promise<string[]> {
  const found = Object.entries(ways).map(async ([kind, { which, counts }]) => {
    const told = [docs.category('logon'), docs.namesAddress, has('source.ip'), which, ...counts]
    const by = docs.users.map(([field, ...of]) =>
      combinations(asked, [...told, ...of, has(field)], [field, 'source.ip']),
    )
    const all = (await Promise.all(by)).flat().map(([user = '', ip = '']) => ({ user: user.toLowerCase(), ip }))
    const lots = all.map(({ user, ip }) => ({
      of: logonsOf(user, ip),
      figures: { got: count(is('event.outcome', 'success')) },
    }))
    const gotIn = await figuresOf(asked, lots)
    return all
      .filter((_, i) => kind === 'device code' || gotIn[i]?.['got'] === 0)
      .map(({ user, ip }) => `${kind} ${user} ${ip}`)
  })
  return [...new Set((await Promise.all(found)).flat())]
}

const lots: Readonly<Record<string, (facts: Facts, asked: Asked) => Lot | Promise<Lot>>> = {
  'shared session': sessionFigures,
  'first seen': async ({ id, mailbox, at, ip }, asked) => {
    const ofAddress = ip === null ? [] : [is('source.ip', String(ip))]
    const [begun] = await figuresOf(asked, [{ figures: { at: extreme('min', '@timestamp', novel, ...ofAddress) } }])
    const known = Number(ip !== null && Date.parse(String(at)) > Date.parse(String(begun?.['at'])))
    const own = all(is('event.id', String(id)), novel)
    return {
      figures: {
        at: extreme('min', '@timestamp', own),
        row: extreme('max', 'hoofprint.evidence.row', own),
        since: extreme('min', '@timestamp', novel, is('hoofprint.mailbox', String(mailbox))),
        asn: extreme('max', 'source.as.number', own),
        known: { aggs: {}, read: () => known },
      },
    }
  },
  travel: journey,
  ...Object.fromEntries(Object.keys(ways).map((kind) => [kind, ({ user, ip }: Facts) => wayFigures(kind, user, ip)])),
}

async function sharedSessions(asked: Asked): Promise<string[]> {
  const field = 'hoofprint.session.id'
  const sessions = (await combinations(asked, [has(field), has('source.ip'), not(docs.service)], [field])).flat()
  const lots = sessions.map((session) => ({
    of: is(field, session),
    figures: { networks: networks('source.ip', not(docs.service)) },
  }))
  const counts = await figuresOf(asked, lots)
  return sessions.filter((_, i) => Number(counts[i]?.['networks']) > 1).map((session) => `shared session ${session}`)
}

/** Where the evidence of a mailbox begins, everything is new: only what is new a day later counts, or that it begins a week after its log. */
async function firsts(asked: Asked): Promise<string[]> {
  const mailboxes = (await combinations(asked, [novel], ['hoofprint.mailbox'])).flat()
  const ids = mailboxes.map(async (mailbox) => {
    const own = [novel, is('hoofprint.mailbox', mailbox)]
    const [start] = await figuresOf(asked, [{ figures: { since: extreme('min', '@timestamp', ...own) } }])
    const since = Date.parse(String(start?.['since']))
    const [[log = ''] = []] = await combinations(
      asked,
      [...own, is('@timestamp', new Date(since).toISOString())],
      ['event.dataset'],
    )
    const inLog = [novel, is('event.dataset', log)]
    const [begin] = await figuresOf(asked, [{ figures: { at: extreme('min', '@timestamp', ...inLog) } }])
    const late = Date.parse(String(begin?.['at'])) + 7 * dayMs
    const later = { range: { '@timestamp': { gte: new Date(since + dayMs).toISOString() } } }
    const first = since >= late ? [is('@timestamp', new Date(since).toISOString())] : []
    return combinations(asked, [...own, any(later, ...first)], ['event.id'])
  })
  return (await Promise.all(ids)).flat(2).map((id) => `first seen ${id}`)
}

/** How far and how fast it was between two documents, as Elasticsearch measures it. */
async function journey({ from, to }: Facts, asked: Asked): Promise<Lot> {
  const start = await eventOf(asked, from as Facts)
  const end = await eventOf(asked, to as Facts, start.location)
  const minutes = Math.max(0, Date.parse(end.at) - Date.parse(start.at)) / 60_000
  // Less what the databases may be wrong by at both ends, in no less than a second.
  const kilometresPerHour = Math.round((end.kilometres - 300) / Math.max(minutes / 60, 1 / 3600))
  const found = {
    ...{ 'from.at': start.at, 'from.row': start.row, 'to.at': end.at, 'to.row': end.row },
    ...{ kilometres: Math.round(end.kilometres), minutes: Math.round(minutes), kilometresPerHour },
  }
  const figures = Object.entries(found).map(([name, value]): [string, Figure] => [
    name,
    { aggs: {}, read: () => value },
  ])
  return { figures: Object.fromEntries(figures) }
}

interface Located {
  readonly '@timestamp': string
  readonly source: { readonly geo: { readonly location: estypes.LatLonGeoLocation } }
  readonly hoofprint: { readonly evidence: { readonly row: number } }
}

/** The event that stands in this row, and how far it was from a place. */
async function eventOf({ client, index }: Asked, { id, row }: Facts, place = { lat: 0, lon: 0 }) {
  const query = all(is('event.id', String(id)), is('hoofprint.evidence.row', Number(row)), has('source.geo.location'))
  const sort = [{ _geo_distance: { 'source.geo.location': place, unit: 'km' as const } }]
  const { hits } = await client.search<Located>({ index, query, sort, size: 1 })
  const [hit] = hits.hits
  if (hit?._source === undefined) throw new Error(`no event ${id} of row ${row} with a place`)
  const { '@timestamp': at, source, hoofprint } = hit._source
  return { at, location: source.geo.location, row: hoofprint.evidence.row, kilometres: Number(hit.sort?.[0]) }
}
