import { afterEach, expect, test } from '@jest/globals'
import type { Joinable, Joins } from '#src/case/joins.ts'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { type Entry, type Logon, type Message, stoppedLogon } from '#src/entry.ts'
import { createRandom, type Random } from '../../samples/random.ts'
import { entry, put } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'

const closing: (() => void)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const mailbox = 'alice@contoso.example'
const hour = 60 * 60 * 1000
const start = Date.UTC(2018, 5, 20)
const [a, b, c] = ['198.51.100.1', '198.51.100.2', '198.51.100.3']

test('records that share an id are told however often is asked', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  for (const [i, id] of ['twice', 'once', 'twice'].entries()) {
    put(store, `${i}.csv`, [entry({ dataset: 'o365.audit', id, time: start + i, content: '{}' })])
  }
  store.close()
  const { joins, close } = openReader(folder)
  closing.push(close)

  const answers = Array.from({ length: 300 }, () => [...joins.shared(['once', 'twice', 'never'])])

  expect(answers).toEqual(answers.map(() => [['twice', start]]))
})

test('an activity belongs to the logon of its session, even when another is nearer', () => {
  const joins = joinsOver([logon(1, a, { session: 's1' }), logon(3, b), logon(4, c, { session: 's2' })])

  expect(found(joins.logon(activity(5, { session: 's1' })))).toBe(`${a} session`)
})

test('a logon that was stopped proves from where its session was begun, and is nobody’s nearest or last', () => {
  const joins = joinsOver([
    logon(1, a),
    logon(3, b, { session: 's1', platform: stoppedLogon }),
    logon(4, c, { platform: stoppedLogon }),
  ])

  expect(found(joins.logon(activity(5, { session: 's1' })))).toBe(`${b} session`)
  expect(found(joins.logon(activity(5)))).toBe(`${a} nearest`)
  expect(joins.lastLogon(activity(5))?.ip).toBe(a)
})

test('of the logons of its session it is the latest before, and the first when all came later', () => {
  const joins = joinsOver([
    logon(2, a, { session: 's1' }),
    logon(4, b, { session: 's1' }),
    logon(6, c, { session: 's1' }),
  ])

  expect(found(joins.logon(activity(5, { session: 's1' })))).toBe(`${b} session`)
  expect(found(joins.logon(activity(1, { session: 's1' })))).toBe(`${a} session`)
})

test('of a session of months with thousands of logons it is the latest before, too, in whatever order is asked', () => {
  const many = Array.from({ length: 2500 }, (_, i) => logon(i, i < 2400 ? a : b, { session: 's1' }))
  const joins = joinsOver(many)
  const ip = (hours: number) => found(joins.logon(activity(hours, { session: 's1' })))

  expect([2450.5, 3, 2399.5, 2400.5, -1].map(ip)).toEqual([b, a, a, b, a].map((ip) => `${ip} session`))
})

test('after logons from A, from B and from A again, a read is from A', () => {
  const joins = joinsOver([logon(1, a), logon(2, b), logon(3, a)])

  expect(found(joins.logon(activity(4)))).toBe(`${a} nearest`)
  expect(joins.lastLogon(activity(4))?.ip).toBe(a)
  expect(joins.lastLogon(activity(2.5))?.ip).toBe(b)
})

test('a logon of another session is never taken for an activity that has one', () => {
  const joins = joinsOver([logon(1, a), logon(2, b, { session: 's2' })])

  expect(found(joins.logon(activity(3, { session: 's1' })))).toBe(`${a} nearest`)
  expect(found(joins.logon(activity(3)))).toBe(`${b} nearest`)
})

test('where every logon names another session, an activity that has one gets none', () => {
  const joins = joinsOver([logon(1, a, { session: 's1' }), logon(2, b, { session: 's2' })])

  expect(found(joins.logon(activity(3, { session: 's3' })))).toBe('none')
  expect(joins.lastLogon(activity(3, { session: 's3' }))?.ip).toBe(b)
})

test('a session proves in whichever mailbox it was used: who opens another mailbox has logged on to his own', () => {
  const joins = joinsOver([logon(1, a, { session: 's1', mailbox: 'bob@contoso.example' })])

  expect(found(joins.logon(activity(2, { session: 's1' })))).toBe(`${a} session`)
  expect(found(joins.logon(activity(2)))).toBe('none')
  expect(joins.lastLogon(activity(2))).toBeUndefined()
})

test('a logon more than a day ago is the last one, but no attribution', () => {
  const joins = joinsOver([logon(1, a)])

  expect(found(joins.logon(activity(25)))).toBe(`${a} nearest`)
  expect(found(joins.logon(activity(25 + 1 / hour)))).toBe('none')
  expect(joins.lastLogon(activity(1000))?.ip).toBe(a)
})

test('a session is a proof however long ago it began', () => {
  const joins = joinsOver([logon(1, a, { session: 's1' })])

  expect(found(joins.logon(activity(1000, { session: 's1' })))).toBe(`${a} session`)
})

test('a logon after the activity is none of its, unless it is of its session', () => {
  const joins = joinsOver([logon(5, a)])

  expect(found(joins.logon(activity(4)))).toBe('none')
  expect(joins.lastLogon(activity(4))).toBeUndefined()
  expect(found(joins.logon(activity(5)))).toBe(`${a} nearest`)
})

test('failed logons and logons from nowhere do not count', () => {
  const failed = entry({ time: start + 2 * hour, operation: 'ServerLogon', logon: undefined })
  const joins = joinsOver([logon(1, a), failed])

  expect(found(joins.logon(activity(3)))).toBe(`${a} nearest`)
  expect(joins.lastLogon(activity(3))?.ip).toBe(a)
})

test('a logon of one client is not taken for the activity of another, only the server sees all', () => {
  const joins = joinsOver([logon(1, a, { platform: 'Exchange' }), logon(2, b, { platform: 'IMAP4' })])

  expect(found(joins.logon(activity(3, { platform: 'Web' })))).toBe(`${a} nearest`)
  expect(found(joins.logon(activity(3, { platform: 'IMAP4' })))).toBe(`${b} nearest`)
  expect(found(joins.logon(activity(3, { platform: 'Exchange' })))).toBe(`${a} nearest`)
  expect(joins.lastLogon(activity(3, { platform: 'Web' }))?.ip).toBe(b)
})

test('a logon comes with its id, its time and its client', () => {
  const given = logon(1, a)
  const joins = joinsOver([given])

  expect(joins.logon(activity(2))?.logon).toEqual({
    id: given.id,
    time: given.time,
    at: new Date(given.time).toISOString(),
    ip: a,
    userAgent: `agent of ${a}`,
  })
})

test('what the server tells of a mail wins, what it does not tell is taken from others', () => {
  const joins = joinsOver([
    telling(1, 'item-1', {
      rank: 1,
      subject: 'as a client has it',
      from: 'bob@fabrikam.example',
      messageId: '<1@x.example>',
    }),
    telling(2, 'item-1', { rank: 0, subject: 'Invoice', received: '6/20/2018 8:00:00 AM' }),
    telling(3, 'item-2', { rank: 1, subject: 'another mail' }),
  ])

  const [first, second, third] = joins.messages(['item-1', 'item-2', 'item-3'])
  expect(first).toMatchObject({
    subject: 'Invoice',
    from: 'bob@fabrikam.example',
    received: '6/20/2018 8:00:00 AM',
    messageId: '<1@x.example>',
  })
  expect(second).toEqual({ item: 'item-2', subject: 'another mail' })
  expect(third).toEqual({ item: 'item-3' })
})

test('joins are those of a plain search through all logons, in whatever order they are imported and looked up', () => {
  for (let seed = 1; seed <= 12; seed += 1) {
    const random = createRandom(seed)
    const logons = Array.from({ length: random.whole(0, 400) }, (_, i) => randomLogon(random, i))
    const activities = Array.from({ length: 300 }, () => randomActivity(random))
    const [one, other] = [joinsOver(logons), joinsOver(shuffled(random, logons), random.whole(1, 5))]

    const plain = plainJoins(logons)
    const expected = activities.map((given) => answers(plain, given))
    const inTimeOrder = new Map(
      activities.toSorted((x, y) => x.time - y.time).map((given) => [given, answers(other, given)]),
    )

    expect(activities.map((given) => answers(one, given))).toEqual(expected)
    expect(activities.map((given) => inTimeOrder.get(given))).toEqual(expected)
    expect(activities.map((given) => answers(other, given))).toEqual(expected)
  }
})

test('logons in great number at one moment, and more than are remembered at once, change nothing', () => {
  const crowd = Array.from({ length: 700 }, (_, i) =>
    logon(2, `2001:db8::${i}`, { id: `id-${String(i).padStart(4, '0')}` }),
  )
  const logons = [
    logon(1, a),
    ...crowd,
    ...Array.from({ length: 600 }, (_, i) => logon(3 + i / 600, `2001:db8:1::${i}`)),
  ]
  const joins = joinsOver(logons)

  for (const at of [1.5, 2, 2.5, 3, 3.2501, 3.9999, 5, 1, 0.5, 4]) {
    expect(answers(joins, activity(at))).toEqual(answers(plainJoins(logons), activity(at)))
  }
})

test('what is told of a mail does not depend on the order of import', () => {
  for (let seed = 1; seed <= 12; seed += 1) {
    const random = createRandom(seed)
    const maybe = (text: string) => (random.chance(0.6) ? `${text} ${random.whole(1, 3)}` : undefined)
    const tellings = Array.from({ length: 30 }, (_, i) =>
      telling(i, 'item-1', {
        ...{ rank: random.whole(0, 1), subject: maybe('subject'), from: maybe('from') },
        ...{ received: maybe('received'), messageId: maybe('id') },
      }),
    )

    const [one] = joinsOver(tellings).messages(['item-1'])
    const [other] = joinsOver(shuffled(random, tellings), 3).messages(['item-1'])

    expect(one).toBeDefined()
    expect(other).toEqual(one)
  }
})

test('of records that know as much of a mail the one that says its subject is taken whole, whatever order they come in', () => {
  const tellings = [
    telling(0, 'item-1', { rank: 1, from: 'another@contoso.example' }),
    telling(1, 'item-1', { rank: 1, subject: 'b', from: 'lena@contoso.example' }),
    telling(2, 'item-1', { rank: 1, subject: 'a', from: 'lena@contoso.example' }),
  ]
  for (const order of [tellings, tellings.toReversed()]) {
    expect(joinsOver(order, 3).messages(['item-1'])).toMatchObject([{ subject: 'a', from: 'lena@contoso.example' }])
  }
})

test('of a mail that thousands of records tell the same of, the one that knows better is found', () => {
  const same = { rank: 1, subject: 'as traced', received: '2018-06-20T00:00:00.000Z' } as const
  const traces = Array.from({ length: 2500 }, (_, i) => telling(i, 'item-1', same))
  const joins = joinsOver([
    ...traces,
    telling(2500, 'item-1', { rank: 0, subject: 'as recorded' }),
    telling(2501, 'item-2', same),
  ])

  const [mail, other] = joins.messages(['item-1', 'item-2'])

  expect(mail).toMatchObject({ subject: 'as recorded', received: same.received })
  expect(other).toMatchObject({ subject: 'as traced' })
})

/** Joins over a case to which these were imported, in so many files. */
function joinsOver(entries: readonly Entry[], files = 1): Joins {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const size = Math.max(1, Math.ceil(entries.length / files))
  for (let at = 0; at < entries.length; at += size) put(store, `${at}.csv`, entries.slice(at, at + size))
  store.close()
  const reader = openReader(folder)
  closing.push(() => reader.close())
  return reader.joins
}

interface LogonOptions extends Partial<Entry> {
  readonly platform?: string
}

function logon(hours: number, ip: string, { platform = 'Web', ...given }: LogonOptions = {}): Entry {
  const time = start + Math.round(hours * hour)
  const made: Logon = { platform, ip, userAgent: `agent of ${ip}` }
  return entry({ time, id: `id-${time}-${ip}-${platform}`, operation: 'Logon', logon: made, ...given })
}

function activity(hours: number, given: Partial<Joinable> = {}): Joinable {
  return { mailbox, time: start + hours * hour, platform: 'Web', session: undefined, infers: true, ...given }
}

function telling(at: number, item: string, message: Partial<Message> & Pick<Message, 'rank'>): Entry {
  const nothing = { subject: undefined, from: undefined, received: undefined, messageId: undefined }
  return entry({ time: start + at, row: at + 2, messages: [{ ...nothing, item, ...message }] })
}

function found(joined: ReturnType<Joins['logon']>): string {
  return joined === undefined ? 'none' : `${joined.logon.ip} ${joined.method}`
}

type LogonJoins = Pick<Joins, 'logon' | 'lastLogon'>

function answers(joins: LogonJoins, given: Joinable): unknown[] {
  const joined = joins.logon(given)
  return [joined?.logon.id, joined?.method, joins.lastLogon(given)?.id]
}

/** The rules of attribution as they are told, by going through all logons each time. */
function plainJoins(logons: readonly Entry[]): LogonJoins {
  // Of two at one time: the server's after others, one with a session after one without, then by id.
  const rank = ({ logon, session, id }: Entry) => [
    logon?.platform === 'Exchange' ? 1 : 0,
    session === undefined ? 0 : 1,
    id,
  ]
  const later = (x: Entry, y: Entry) => x.time - y.time || compare(rank(x), rank(y))
  const byPlatform = (x: Entry, y: Entry) =>
    x.time - y.time ||
    compare([x.logon?.platform ?? '', ...rank(x).slice(1)], [y.logon?.platform ?? '', ...rank(y).slice(1)])
  const joined = ({ id, time, logon }: Entry) => {
    const at = new Date(time).toISOString()
    return { id, time, at, ip: logon?.ip ?? '', userAgent: logon?.userAgent }
  }

  return {
    logon(given) {
      const own = logons.filter((one) => one.mailbox === given.mailbox)
      const ofSession = logons
        .filter((one) => given.session !== undefined && one.session === given.session)
        .sort((x, y) => x.time - y.time || compare([x.id], [y.id]))
      const proven = ofSession.findLast((one) => one.time <= given.time) ?? ofSession[0]
      if (proven !== undefined) return { logon: joined(proven), method: 'session' }
      const near = own
        .filter(({ logon }) => logon?.platform === given.platform || logon?.platform === 'Exchange')
        .filter(({ session }) => given.session === undefined || session === undefined)
        .filter(({ time }) => time <= given.time && given.time - time <= 24 * hour)
        .sort(later)
        .at(-1)
      return near === undefined ? undefined : { logon: joined(near), method: 'nearest' }
    },
    lastLogon(given) {
      const earlier = logons.filter((one) => one.mailbox === given.mailbox && one.time <= given.time).sort(byPlatform)
      const last = earlier.at(-1)
      return last === undefined ? undefined : joined(last)
    },
  }
}

function compare(x: readonly (string | number)[], y: readonly (string | number)[]): number {
  const i = x.findIndex((part, at) => part !== y[at])
  return i === -1 ? 0 : (x[i] as string) < (y[i] as string) ? -1 : 1
}

const platforms = ['Web', 'Exchange', 'IMAP4', 'Mobile']

function randomLogon(random: Random, i: number): Entry {
  const session = random.chance(0.4) ? `s${random.whole(1, 9)}` : undefined
  const platform = random.pick(platforms)
  return logon(random.whole(0, 90), `198.51.100.${random.whole(1, 254)}`, {
    ...randomMailbox(random),
    platform,
    session,
    id: `id-${i}`,
  })
}

function randomActivity(random: Random): Joinable {
  const session = random.chance(0.5) ? `s${random.whole(1, 12)}` : undefined
  const hours = random.whole(0, 120) + random.pick([0, 0, 0.5])
  return activity(hours, { ...randomMailbox(random), platform: random.pick(platforms), session })
}

function randomMailbox(random: Random): { mailbox: string } {
  return { mailbox: random.chance(0.8) ? mailbox : 'bob@contoso.example' }
}

function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: random.fraction() }))
    .sort((x, y) => x.at - y.at)
    .map(({ item }) => item)
}
