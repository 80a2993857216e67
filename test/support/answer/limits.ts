import { type Asked, combinations, figuresOf } from './ask.ts'
import * as docs from './documents.ts'
import {
  all,
  any,
  count,
  different,
  extreme,
  type Figure,
  has,
  is,
  not,
  type Query,
  type Value,
  valueCount,
} from './figure.ts'

type Told = Readonly<Record<string, string>>
type Found = Readonly<Record<string, Value | undefined>>

/** A limit of an answer: its words with their numbers, and what searches say of each; or why none can. */
export interface LimitSearch {
  readonly words: RegExp
  readonly found: ((told: Told, asked: Asked) => Promise<Found>) | string
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const unknown = all(docs.category('other'), is('tags', 'unknown-operation'))

/** Accounts that the intruder used, out of which nobody else kept people since by any record, or only somebody in an account that he used. */
async function openAccounts(asked: Asked, kind: 'unsaid' | 'perhaps his'): Promise<Found> {
  const his = [is('hoofprint.actor', 'intruder'), not(is('hoofprint.actor_certainty', 'inferred'))]
  const tried = all(docs.category('logon'), not(is('event.outcome', 'success')))
  const uses = [...his, not(any(is('event.outcome', 'failure'), tried, docs.category('alert')))]
  const used = (await combinations(asked, uses, ['user.email'])).map(([name = '']) => name)
  const accounts = used.filter((name) => name.includes('@')).sort()
  const kept = ['Reset', 'Change'].flatMap((how) => [`${how} user password`, `${how} password`])
  const names = [...kept, 'Update StsRefreshTokenValidFrom Timestamp', 'Disable account']
  const operations = is('event.action', ...names, ...names.map((name) => `${name}.`))
  const found: string[] = []
  for (const account of accounts) {
    const { since } = await figures(asked, {
      since: extreme('min', '@timestamp', ...uses, is('user.email', account)),
    })
    const after: Query = { range: { '@timestamp': { gte: String(since) } } }
    const others = [operations, is('user.target.email', account), after, not(is('hoofprint.actor', 'intruder'))]
    const { times, perhaps } = await figures(asked, {
      times: count(...others),
      perhaps: count(...others, not(is('hoofprint.actor', 'owner')), is('user.email', ...accounts)),
    })
    if (times === perhaps && (times === 0) === (kind === 'unsaid')) found.push(account)
  }
  return found.length === 0 ? {} : { accounts: found.join(', ') }
}

/** Every limit that a sample's answers tell. */
export const limitSearches: readonly LimitSearch[] = [
  {
    words: /^".*" holds [\d,]+ of [\d,]+ results that its search says it had: [\d,]+ at least are missing\.$/,
    found: 'it is of the rows of a file, of which an event that several files show names one only',
  },
  {
    words: /^(?<activities>[\d,]+) activit(?:y|ies) of (?<operations>[\d,]+) operations? that Hoofprint does not know/,
    found: (_told, asked) =>
      figures(asked, { activities: count(unknown), operations: different(['event.action', unknown]) }),
  },
  {
    words:
      /^Nothing was recorded of (?<mailbox>\S+)(?: in (?<log>.+))? for (?:(?<days>\d+) days?)? ?(?:(?<hours>\d+) hours?)?, from (?<from>.{16}) UTC to (?<until>.{16}) UTC: /,
    async found({ mailbox = '', log = '', from = '', until = '' }, asked) {
      const own = [is('hoofprint.mailbox', mailbox), ...(log === '' ? [] : [is('event.dataset', logs[log] ?? '')])]
      const [begin, end] = [from, until].map((time) => Date.parse(`${time.replace(' ', 'T')}Z`)) as [number, number]
      const silence = await figures(asked, { meanwhile: count(...own, between(begin, end)) })
      const around = await figures(asked, {
        before: count(...own, between(begin - hourMs, begin)),
        after: count(...own, between(end, end + hourMs)),
      })
      if (silence['meanwhile'] !== 0 || around['before'] === 0 || around['after'] === 0) return {}
      const hours = ((end - begin) / hourMs) % 24
      return {
        days: Math.floor((end - begin) / dayMs),
        hours: hours === 0 ? undefined : hours,
        ...{ mailbox, log: log === '' ? undefined : log, from, until },
      }
    },
  },
  {
    words:
      /^Nobody has a record in (?<log>.+) on (?<days>\d+) of the (?<all>\d+) days \(UTC\) from (?<from>.{10}) to (?<to>.{10}): (?<empty>.+?)(?:, Saturdays and Sundays alone)?\. Nothing happened then/,
    async found({ log = '' }, asked) {
      const seen = (await times(asked, [is('event.dataset', logs[log] ?? '')], dayMs)).map(([at]) => at)
      const [from = 0, to = 0] = [seen[0], seen.at(-1)]
      const gaps = seen.slice(1).flatMap((at, i) => {
        const [first, last] = [(seen[i] as number) + dayMs, at - dayMs]
        return first > last ? [] : [first === last ? date(first) : `${date(first)} to ${date(last)}`]
      })
      const all = (to - from) / dayMs + 1
      return { log, days: all - seen.length, all, from: date(from), to: date(to), empty: gaps.join(', ') }
    },
  },
  {
    words:
      /^(?<records>[\d,]+) records? of (?<mailbox>\S+), (?:at (?<at>.{16}) UTC|from (?<from>.{16}) UTC to (?<to>.{16}) UTC), (?:is|are) marked as throttled/,
    async found({ mailbox = '', at }, asked) {
      const own = [is('tags', 'throttled'), is('hoofprint.mailbox', mailbox)]
      const { records, first, last } = await figures(asked, {
        records: count(...own),
        first: extreme('min', '@timestamp', ...own),
        last: extreme('max', '@timestamp', ...own),
      })
      const span = at === undefined ? { from: minute(first), to: minute(last) } : { at: minute(first) }
      return { mailbox, records, at: undefined, from: undefined, to: undefined, ...span }
    },
  },
  {
    words:
      /^(?<mailbox>\S+) has (?<records>[\d,]+) records of mail access \(bind\) within 24 hours, and more than 1,000 since (?<since>.{16}) UTC: /,
    found: async ({ mailbox = '' }, asked) => ({ mailbox, ...(await busiest(asked, mailbox)) }),
  },
  {
    words:
      /^(?<records>[\d,]+) records? (?:is|are) of a whole folder being synchronized \((?<folders>[\d,]+) folders?\)/,
    async found(_told, asked) {
      const folders = await combinations(asked, [docs.copying], ['hoofprint.mailbox', docs.folderPath])
      return { ...(await figures(asked, { records: count(docs.copying) })), folders: folders.length }
    },
  },
  {
    words:
      /^Of (?<all>[\d,]+) displays and accesses of mail, (?:(?<own>[\d,]+) \((?<ownShare>.+?)%\) name their address themselves, )?(?<session>[\d,]+) \((?<sessionShare>.+?)%\) are tied to a logon by its session, (?<nearest>[\d,]+) \((?<nearestShare>.+?)%\) to the nearest earlier logon, (?:(?<service>[\d,]+) \((?<serviceShare>.+?)%\) came through a service of Microsoft's, )?(?<nobody>[\d,]+) \((?<nobodyShare>.+?)%\) to none\.$/,
    found: (_told, asked) => attribution(asked),
  },
  {
    words:
      /^After a link to (?<object>.+) was made, one to it was used (?<times>[\d,]+) times?(?:, (?<own>[\d,]+) of these by the marked intruder)?, from /,
    found: ({ object = '', own }, asked) => {
      const uses = ['Anonymous', 'Sharing', 'Secure', 'Company'].map((kind) => is('event.action', `${kind}LinkUsed`))
      const used = [is('o365.audit.ObjectId', object), any(...uses)]
      const his = count(...used, is('hoofprint.actor', 'intruder'))
      return figures(asked, { times: count(...used), ...(own !== undefined && { own: his }) })
    },
  },
  {
    words: /^Exchange records two minutes of mail access at once/,
    found: 'it is how Exchange records, whatever the case',
  },
  {
    words:
      /^(?<whose>The marked intruder|Somebody) used (?<mailboxes>[\d,]+) (?:mailbox or account|mailboxes or accounts) \((?<names>.+)\) of which no (?<what>mail access|search) is recorded at all/,
    async found({ whose = '', what = '' }, asked) {
      const acted = any(category('send', 'delete', 'move', 'attachment', 'search', 'read'), loggedOn)
      const own = whose === 'Somebody' ? [] : [is('hoofprint.actor', 'intruder')]
      const kind = what === 'search' ? mailSearch : docs.category('read')
      const [used, recorded] = [await mailboxes(asked, [acted, ...own]), await mailboxes(asked, [kind])]
      const without = used.filter((name) => name.includes('@') && !recorded.includes(name)).sort()
      return { whose, what, mailboxes: without.length, names: without.join(', ') }
    },
  },
  {
    words:
      /^Microsoft says that audit records are there after 60 to 90 minutes.* The last here is of the hour from (?<hour>.{13}):00 UTC; nothing later is known\.$/,
    async found(_told, asked) {
      const { last } = await figures(asked, { last: extreme('max', '@timestamp', is('event.dataset', 'o365.audit')) })
      return { hour: minute(last).slice(0, 13) }
    },
  },
  {
    words: /^By mailbox, those first that others than their owner read: (?<mailboxes>.+)$/,
    async found({ mailboxes = '' }, asked) {
      const mails = await mailsOf(asked, [docs.reading, docs.of(asked)])
      const counts = Map.groupBy(mails, ([mailbox = '']) => mailbox)
      const found = [...counts].map(
        ([mailbox, { length }]) =>
          `${length.toLocaleString('en')} ${length === 1 ? 'mail' : 'mails'} of ${mailbox || 'a mailbox not named'}`,
      )
      const told = mailboxes.split('; ')
      return {
        mailboxes: [...told.filter((one) => found.includes(one)), ...found.filter((one) => !told.includes(one))].join(
          '; ',
        ),
      }
    },
  },
  {
    words: /^The subject is known of (?<known>[\d,]+) \((?<share>.+?)%\) of (?<mails>[\d,]+) mails? that were read: /,
    async found(_told, asked) {
      const mails = await mailsOf(asked, [docs.reading])
      const titled = await titledMails(asked)
      const known = mails.filter(([, mail = '']) => titled.has(mail)).length
      return { known, mails: mails.length, share: share(known, mails.length) }
    },
  },
  {
    words:
      /^(?<traces>[\d,]+) message traces? of mail to (?<address>\S+), whoever sent it \((?<fates>.+)\), (?<from>.{16}) to (?<to>.{16})$/,
    async found({ address = '' }, asked) {
      const own = [is('event.dataset', 'o365.messagetrace'), is('email.to.address', address)]
      const { traces, first, last } = await figures(asked, {
        traces: count(...own),
        first: extreme('min', '@timestamp', ...own),
        last: extreme('max', '@timestamp', ...own),
      })
      const names = (await combinations(asked, own, ['event.action'])).map(([name = '']) => name)
      const counts = await figures(
        asked,
        Object.fromEntries(names.map((name) => [name, count(...own, is('event.action', name))])),
      )
      const told = Object.entries(counts).toSorted(([, one], [, other]) => Number(other) - Number(one))
      const fates = told.map(([name, n]) => `${name} ${Number(n).toLocaleString('en')}`).join(', ')
      return { traces, address, fates, from: minute(first), to: minute(last) }
    },
  },
  {
    words:
      /^(?<shared>[\d,]+) of the (?<activities>[\d,]+) activit(?:y|ies) from (?<ip>\S+) that counts? as the marked intruder’s (?:is|are) of (?<sessions>[\d,]+) sessions? that (?:was|were) used from elsewhere too /,
    async found({ ip = '' }, asked) {
      const isHis = all(is('hoofprint.actor', 'intruder'), is('hoofprint.actor_certainty', 'record'))
      const his = [docs.once, is('source.ip', ip), not(docs.service), isHis]
      const elsewhere = [has('source.ip'), not(docs.service), not(isHis)]
      const field = 'hoofprint.session.id'
      const own = (await combinations(asked, [...his, has(field)], [field])).flat()
      const others = new Set((await combinations(asked, [...elsewhere, has(field)], [field])).flat())
      const both = own.filter((session) => others.has(session))
      if (both.length === 0) return {}
      const found = await figures(asked, { shared: count(...his, is(field, ...both)), activities: count(...his) })
      return { ...found, ip, sessions: both.length }
    },
  },
  {
    words: /^To whom (?<unaddressed>[\d,]+) of (?<mails>[\d,]+) sent mails? went no record here says: /,
    found(_told, asked) {
      const operations = is('event.action', 'Send', 'SendAs', 'SendOnBehalf')
      const sent = [docs.once, docs.of(asked), category('send'), operations, not(is('event.outcome', 'failure'))]
      return figures(asked, { mails: count(...sent), unaddressed: count(...sent, not(has('email.to.address'))) })
    },
  },
  {
    words:
      /^(?<log>.+): no record here is of (?<side>before|after) (?<edge>.{13}):00 UTC, and what is the marked intruder's (?<verb>begins|ends) (?<his>.{16}) UTC: /,
    async found({ log = '', side, verb }, asked) {
      const own = [is('hoofprint.actor', 'intruder'), not(is('hoofprint.actor_certainty', 'inferred'))]
      const which = side === 'before' ? 'min' : 'max'
      const { edge, his } = await figures(asked, {
        edge: extreme(which, '@timestamp', is('event.dataset', logs[log] ?? '')),
        his: extreme(which, '@timestamp', ...own),
      })
      return { log, side, verb, edge: minute(edge).slice(0, 13), his: minute(his) }
    },
  },
  {
    words:
      /^No record says that the password of (?<accounts>.+) was reset, or tokens were ended or the account closed, since the marked intruder first used /,
    found: (_told, asked) => openAccounts(asked, 'unsaid'),
  },
  {
    words:
      /^The marked intruder was stopped only after the right password of (?<accounts>.+), which he used no further, /,
    async found(_told, asked) {
      const his = [is('hoofprint.actor', 'intruder'), not(is('hoofprint.actor_certainty', 'inferred'))]
      const tried = all(docs.category('logon'), not(is('event.outcome', 'success')))
      const uses = [...his, not(any(is('event.outcome', 'failure'), tried, docs.category('alert')))]
      const names = async (where: readonly Query[]) =>
        (await combinations(asked, where, ['user.email'])).map(([name = '']) => name)
      const [knew, used] = [await names([...his, is('hoofprint.first_factor', 'password')]), await names(uses)]
      const accounts = knew.filter((name) => name.includes('@') && !used.includes(name)).sort()
      return accounts.length === 0 ? {} : { accounts: accounts.join(', ') }
    },
  },
  {
    words:
      /^That the password of (?<accounts>.+) was reset, or tokens were ended or the account closed, is recorded only in the name of accounts /,
    found: (_told, asked) => openAccounts(asked, 'perhaps his'),
  },
  {
    words:
      /^After “(?<operation>.+)” of (?<account>\S+), (?<at>.{16}) UTC by (?<who>\S+), the marked intruder still used that account, until (?<until>.{16}) UTC: /,
    async found({ operation = '', account = '', who }, asked) {
      const his = [is('hoofprint.actor', 'intruder'), not(is('hoofprint.actor_certainty', 'inferred'))]
      const tried = all(category('logon'), not(is('event.outcome', 'success')))
      const used = [is('user.email', account), not(any(is('event.outcome', 'failure'), tried, category('alert')))]
      const { until } = await figures(asked, { until: extreme('max', '@timestamp', ...his, ...used) })
      const keptOut = [is('event.action', operation), is('user.target.email', account)]
      const before: Query = { range: { '@timestamp': { lt: String(until) } } }
      const others = not(is('hoofprint.actor', 'intruder'))
      const { at } = await figures(asked, { at: extreme('max', '@timestamp', ...keptOut, before, others) })
      return { operation, account, who, at: minute(at), until: minute(until) }
    },
  },
  {
    words:
      /^Changed again by others(?:, or by him unmarked)?: (?<at>.{16}) UTC (?<operation>[^:]+?)(?:: .*)? \((?<who>\S+)\)$/,
    async found({ at = '', operation = '', who = '' }, asked) {
      const begin = Date.parse(`${at.replace(' ', 'T')}Z`)
      const others = not(is('hoofprint.actor', 'intruder'))
      const own = [is('event.action', operation), is('user.id', who), between(begin, begin + 60_000), others]
      return (await figures(asked, { records: count(...own) }))['records'] === 0 ? {} : { at, operation, who }
    },
  },
  {
    words: /^May still stand, for no record takes it back: /,
    found: 'what was changed has its name from whatever field its record has it in, so that no field can be searched',
  },
]

const { category } = docs
const loggedOn = all(category('logon'), is('event.outcome', 'success'))
/** SharePoint's searches are of files. */
const mailSearch = all(
  category('search'),
  not(is('event.action', 'SearchQueryInitiatedSharePoint', 'SearchQueryPerformed')),
)

async function mailboxes(asked: Asked, where: readonly Query[]): Promise<string[]> {
  return (await combinations(asked, where, ['hoofprint.mailbox'])).map(([name = '']) => name)
}

const logs: Readonly<Record<string, string>> = {
  'Audit log': 'o365.audit',
  'Entra sign-ins': 'azure.signinlogs',
  'Outlook activities': 'o365.activity',
  'Message trace': 'o365.messagetrace',
  'Graph requests': 'azure.graphactivitylogs',
}

async function figures(asked: Asked, lot: Readonly<Record<string, Figure>>): Promise<Readonly<Record<string, Value>>> {
  return (await figuresOf(asked, [{ figures: lot }]))[0] ?? {}
}

function between(from: number, until: number): Query {
  return { range: { '@timestamp': { gte: new Date(from).toISOString(), lt: new Date(until).toISOString() } } }
}

function date(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function minute(at: Value | undefined): string {
  return String(at).slice(0, 16).replace('T', ' ')
}

/** How many stretches of more than 72 hours have no record of a mailbox in a log that should have some. */
export async function silences(asked: Asked): Promise<number> {
  const trace = is('event.dataset', 'o365.messagetrace')
  const lots = await combinations(asked, [not(trace)], ['hoofprint.mailbox', 'event.dataset'])
  let found = 0
  for (const [mailbox = '', dataset = ''] of lots) {
    if (mailbox === '' && dataset !== 'o365.activity') continue // Of many that have none.
    const hours = await times(asked, [is('hoofprint.mailbox', mailbox), is('event.dataset', dataset)], hourMs)
    found += hours.filter(([at], i) => i > 0 && at - (hours[i - 1] as [number, number])[0] > 73 * hourMs).length
  }
  return found
}

/** The most records that any 24 hours have, and when they were more than 1,000 first. */
async function busiest(asked: Asked, mailbox: string) {
  const binds = [
    is('hoofprint.mail_access', 'bind'),
    is('event.action', 'MailItemsAccessed'),
    is('hoofprint.mailbox', mailbox),
  ]
  const seconds = await times(asked, binds, 1000)
  const windows = seconds.map(([end]) => {
    const inside = seconds.filter(([at]) => at > end - dayMs && at <= end)
    return [end, inside.reduce((sum, [, records]) => sum + records, 0)] as const
  })
  const since = windows.find(([, records]) => records > 1000)?.[0] ?? 0
  return { records: Math.max(...windows.map(([, records]) => records)), since: minute(new Date(since).toISOString()) }
}

/** When there is something, in steps of so many milliseconds, and how much. */
async function times(
  { client, index }: Asked,
  where: readonly Query[],
  stepMs: number,
): Promise<[at: number, records: number][]> {
  const { aggregations } = await client.search<unknown, { found: { buckets: { key: number; doc_count: number }[] } }>({
    index,
    size: 0,
    query: all(...where),
    aggs: { found: { date_histogram: { field: '@timestamp', fixed_interval: `${stepMs}ms`, min_doc_count: 1 } } },
  })
  return (aggregations?.found.buckets ?? []).map(({ key, doc_count }) => [key, doc_count])
}

async function mailsOf(asked: Asked, where: readonly Query[]): Promise<string[][]> {
  const ways = docs.mailNames.map(([field, ...own]) =>
    combinations(asked, [...where, ...own, has(field)], ['hoofprint.mailbox', field]),
  )
  return (await Promise.all(ways)).flat()
}

/**
 * Mails of which some document says the subject: it names no other mail, for of several it has the subjects as one list; or its record
 * tells the subject of each.
 */
async function titledMails(asked: Asked): Promise<ReadonlySet<string>> {
  const alone = any(is('hoofprint.messages', 1), not(has('hoofprint.messages')))
  const named = (await mailsOf(asked, [alone, has('email.subject')])).map(([, mail = '']) => mail)
  const { hits } = await asked.client.search<{ o365: { audit: { AffectedItems: AffectedItem[] } } }>({
    index: asked.index,
    size: 10_000,
    query: has('o365.audit.AffectedItems.Subject'),
  })
  const items = hits.hits.flatMap(({ _source }) => _source?.o365.audit.AffectedItems ?? [])
  return new Set([
    ...named,
    ...items.flatMap(({ InternetMessageId, Subject = '' }) => (Subject === '' ? [] : [InternetMessageId ?? ''])),
  ])
}

interface AffectedItem {
  readonly InternetMessageId?: string
  readonly Subject?: string
}

/** How many mails each way of knowing an address has: a record may name many. */
async function attribution(asked: Asked): Promise<Found> {
  const unsaid = any(not(has('source.ip')), docs.service)
  const method = 'hoofprint.logon.method'
  const ways = {
    own: all(has('source.ip'), not(docs.service)),
    session: all(unsaid, is(method, 'session')),
    nearest: all(unsaid, is(method, 'nearest')),
    service: all(docs.service, has('source.ip'), not(has(method))),
    nobody: all(not(has('source.ip')), not(has(method))),
  }
  const found: Record<string, number> = {}
  for (const [name, way] of Object.entries(ways)) found[name] = await mailsNamed(asked, way)
  const sum = Object.values(found).reduce((total, number) => total + number, 0)
  const shares = Object.entries(found).map(([name, number]) => [`${name}Share`, share(number, sum)])
  const told = { ...found, ...Object.fromEntries(shares), all: sum }
  const silent = ['own', 'service'].filter((name) => found[name] === 0)
  return {
    ...told,
    ...Object.fromEntries(
      silent.flatMap((name) => [
        [name, undefined],
        [`${name}Share`, undefined],
      ]),
    ),
  }
}

/** Mails that records of reading name, each as often as it is named; a record that names none counts as one. */
async function mailsNamed(asked: Asked, way: Query): Promise<number> {
  const named = docs.mailNames.map(([field, ...own]) => valueCount(field, docs.reading, way, ...own))
  const unnamed = count(docs.reading, way, ...docs.mailNames.map(([field]) => not(has(field))))
  const lot = Object.fromEntries([...named, unnamed].map((figure, i) => [`${i}`, figure]))
  return Object.values(await figures(asked, lot)).reduce<number>((total, number) => total + Number(number ?? 0), 0)
}

function share(part: number, whole: number): number | string {
  const rounded = Math.round((100 * part) / whole)
  if (part > 0 && rounded === 0) return 'under 1'
  return part < whole && rounded === 100 ? 'over 99' : rounded
}
