import { join } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from '@jest/globals'
import { openForReading } from '#src/case/database.ts'
import { firstSeenOf, unknownSurroundings } from '#src/case/first-seen.ts'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import type { Entry } from '#src/entry.ts'
import { entry, put } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'

const alice = 'alice@contoso.example'

test('ids that one record bears are one session, whatever order the records come in', () => {
  const records = [
    entry({ id: '1', session: 's-b', sessionIds: ['0-1'] }),
    entry({ id: '2', time: 2, session: 's-a', sessionIds: ['0-1'] }),
    entry({ id: '3', time: 3, session: 's-a', sessionIds: ['0-2'] }),
    entry({ id: '4', time: 4, session: 's-other', sessionIds: ['0-3'] }),
  ]
  for (const order of [records, records.toReversed()]) {
    const { sessions } = caseOf(order)

    expect(['s-a', 's-b', 's-other', 's-alone'].map(sessions.key)).toEqual(['s-a', 's-a', 's-other', 's-alone'])
    expect(['0-1', '0-2', '0-3', '0-none'].map(sessions.ofToken)).toEqual(['s-a', 's-a', 's-other', undefined])
  }
})

test('of many sessions those that share a token are one, and each other is its own', () => {
  const name = (number: number) => `s-${String(number).padStart(4, '0')}`
  const records = Array.from({ length: 600 }, (_, i) =>
    // Sessions 0 and 1, 100 and 101 … have a token in common; 550's token is called like session 551.
    entry({ id: `${i}`, time: i, session: name(i), sessionIds: [`t-${i % 100 === 1 ? i - 1 : i}`] }),
  )
  const { sessions } = caseOf([...records, entry({ id: 'x', time: 1000, session: name(550), sessionIds: [name(551)] })])

  const keys = records.map((_, i) => sessions.key(name(i)))

  const joined = new Map([1, 101, 201, 301, 401, 501, 551].map((i) => [i, name(i - 1)]))
  expect(keys).toEqual(records.map((_, i) => joined.get(i) ?? name(i)))
  expect(records.map((_, i) => sessions.ofToken(`t-${i}`))).toEqual(
    records.map((_, i) => (i % 100 === 1 ? undefined : (joined.get(i) ?? name(i)))),
  )
})

test('a session with more tokens than names are gone through is one with the other that its last token names, and is looked for once', () => {
  const tokens = Array.from({ length: 1200 }, (_, i) => `t-${String(i).padStart(4, '0')}`)
  const { sessions } = caseOf([
    entry({ id: '1', session: 's-b', sessionIds: tokens, usage: usage('203.0.113.66') }),
    entry({ id: '2', time: 2, session: 's-a', sessionIds: ['t-1199'], usage: usage('198.51.100.7') }),
  ])

  const { found, lookUps } = watched(() => [...tokens, 's-b', 's-a'].map(sessions.key))

  expect(new Set(found)).toEqual(new Set(['s-a']))
  expect(lookUps).toBeLessThanOrEqual(2)
  expect(sessions.usages('s-b').map(({ ip }) => ip)).toEqual(['198.51.100.7', '203.0.113.66'])
})

test('a session is used under another name, too, by which no record proves anything more', () => {
  const { sessions } = caseOf([
    entry({ id: '1', session: 's-1', sessionIds: ['s-2'], usage: usage('203.0.113.66') }),
    entry({ id: '2', time: 2, session: 's-2', usage: usage('198.51.100.7') }),
  ])

  expect(sessions.usages('s-1').map(({ ip }) => ip)).toEqual(['198.51.100.7', '203.0.113.66'])
})

test('a name of a session that nothing was used under leads on to what it shares a token with', () => {
  const { sessions } = caseOf([
    entry({ id: '1', session: 's-1', sessionIds: ['s-2'], usage: usage('203.0.113.66') }),
    entry({ id: '2', time: 2, session: 's-2', sessionIds: ['t-1'] }),
    entry({ id: '3', time: 3, session: 's-3', sessionIds: ['t-1'], usage: usage('198.51.100.7') }),
  ])

  expect(sessions.usages('s-1').map(({ ip }) => ip)).toEqual(['198.51.100.7', '203.0.113.66'])
})

test.each([
  ['are looked for in all of it', 600, 1],
  ['of which it would take long are looked for one by one', 30_000_000, 0],
])('what many questions to a case have in common, %s', (_, last, passes) => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const records = Array.from({ length: 600 }, (_, i) =>
    entry({ id: `${i}`, time: i, dataset: 'o365.audit', session: `s-${i}`, sessionIds: [`t-${i}`] }),
  )
  put(store, 'a.csv', records)
  store.close()
  const db = new DatabaseSync(join(folder, 'case.sqlite'))
  db.exec(`update event set seq = ${last} where seq = 600`)
  db.close()
  const reader = openReader(folder)
  const asked: string[] = []
  const { all, get } = StatementSync.prototype
  const noting = (ask: typeof all | typeof get) =>
    function (this: StatementSync, ...values: unknown[]): unknown {
      asked.push(this.sourceSQL)
      return Reflect.apply(ask, this, values)
    }
  Object.assign(StatementSync.prototype, { all: noting(all), get: noting(get) })

  const keys = records.map(({ session = '' }) => reader.sessions.key(session))
  for (const { id } of records) reader.joins.shared([id])

  Object.assign(StatementSync.prototype, { all, get })
  reader.close()
  expect(keys).toEqual(records.map(({ session }) => session))
  for (const table of ['session_link', 'event']) {
    expect(
      asked.filter((sql) => sql.includes(`from ${table}`) && !sql.includes('?') && /group by/.test(sql)),
    ).toHaveLength(passes)
  }
})

test('a session was used from every address that a record of it names, under each of its ids', () => {
  const { sessions } = caseOf([
    entry({ id: '1', session: 's-1', sessionIds: ['t-1'], usage: usage('203.0.113.66') }),
    entry({ id: '2', time: 2, session: 's-2', sessionIds: ['t-1'], usage: usage('198.51.100.7') }),
    entry({ id: '3', time: 3, session: 's-3', usage: usage('192.0.2.1') }),
  ])

  expect(sessions.usages('s-1').map(({ ip }) => ip)).toEqual(['198.51.100.7', '203.0.113.66'])
  expect(sessions.usages('s-2')).toEqual(sessions.usages('s-1'))
})

test('what an account’s owner asked for last counts for a minute', () => {
  const asked = (time: number, ip: string) => entry({ id: ip, time, usage: { ...usage(ip), asks: true } })
  const { sessions } = caseOf([asked(100_000, '203.0.113.66'), asked(110_000, '198.51.100.7')])

  expect([99_999, 100_000, 110_000, 170_000, 170_001].map((time) => sessions.request(alice, time)?.ip)).toEqual([
    undefined,
    '203.0.113.66',
    '198.51.100.7',
    '198.51.100.7',
    undefined,
  ])
})

test('first is what is first in time, whatever order the records come in, of the owner alone', () => {
  const records = [
    entry({ id: 'b', time: 2, usage: usage('203.0.113.66') }),
    entry({ id: 'z', time: 1, usage: usage('203.0.113.66') }),
    entry({ id: 'c', time: 3, usage: usage('192.0.2.1') }),
    entry({ id: 'c', time: 3, dataset: 'o365.audit', usage: usage('192.0.2.1') }),
    entry({ id: 'c-later', time: 3, usage: usage('192.0.2.1') }),
    entry({ id: 'd', time: 0, usage: { ...usage('192.0.2.1'), isOwn: false } }),
    entry({ id: 'e', time: 4, usage: usage('192.0.2.1', 'Safari') }),
    entry({ id: 'f', time: 5, mailbox: 'bob@contoso.example', usage: usage('192.0.2.1') }),
  ]
  for (const order of [records, records.toReversed()]) {
    const { firstSeen } = caseOf(order)

    const firsts = ['z', 'b', 'c', 'c-later', 'd', 'e'].map((id) => firstSeen.of(alice, 'o365.activity', id))

    expect(firsts).toEqual([['ip', 'user_agent'], undefined, ['ip'], undefined, undefined, ['user_agent']])
    expect(firstSeen.of(alice, 'o365.audit', 'c')).toBeUndefined()
    expect(firstSeen.of('bob@contoso.example', 'o365.activity', 'f')).toEqual(['ip', 'user_agent'])
  }
})

test('of IPv6 a network is new once, in which devices change their addresses', () => {
  const ips = ['2001:db8:0:1::a', '2001:db8:0:1:ffff::b', '2001:db8:0:2::a', '192.0.2.1', '192.0.2.2']

  const { firstSeen } = caseOf(ips.map((ip, i) => entry({ id: String(i), time: i, usage: usage(ip) })))

  expect(ips.map((_, i) => firstSeen.of(alice, 'o365.activity', String(i)))).toEqual([
    ['ip', 'user_agent'],
    undefined,
    ['ip'],
    ['ip'],
    ['ip'],
  ])
})

test('networks, countries and clients are new once, though their addresses are several', () => {
  const places: Record<string, { asn: number; country: string }> = {
    '203.0.113.66': { asn: 64500, country: 'SG' },
    '203.0.113.67': { asn: 64501, country: 'SG' },
  }
  const records = ['203.0.113.66', '203.0.113.67'].map((ip, i) =>
    entry({ id: String(i), time: i, usage: usage(ip, `Firefox ${i}`) }),
  )
  // That it names no client is no new one.
  records.push(entry({ id: '2', time: 2, usage: { ...usage('203.0.113.67'), userAgent: undefined } }))

  const { firstSeen } = caseOf(records, {
    placeOf: (ip) => places[ip],
    agentOf: (userAgent) => userAgent.split(' ', 1)[0] ?? '',
  })

  expect(['0', '1', '2'].map((id) => firstSeen.of(alice, 'o365.activity', id))).toEqual([
    ['ip', 'asn', 'country', 'user_agent'],
    ['ip', 'asn'],
    undefined,
  ])
})

test.each([
  ['none asks for one', 'ip', '203.0.113.66', []],
  ['one asks for a network', 'asn', 'AS64500', ['203.0.113.66', '198.51.100.7']],
  ['one asks for a country', 'country', 'SG', ['203.0.113.66', '198.51.100.7']],
] as const)('where a session was used is looked up for marks: %s', (_, kind, value, expected) => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const asks = { ...usage('198.51.100.7'), asks: true }
  put(store, 'a.csv', [
    entry({ id: '1', session: 's-1', usage: usage('203.0.113.66') }),
    entry({ id: '2', time: 2, usage: asks }),
  ])
  store.close()
  const placed: string[] = []
  const surroundings = { ...unknownSurroundings, placeOf: (ip: string) => void placed.push(ip) }
  const reader = openReader(folder, surroundings, [{ kind, value, actor: 'intruder' }])

  const ips = [...reader.sessions.usages('s-1'), reader.sessions.request(alice, 3)].map((used) => used?.ip)
  reader.close()

  expect(ips).toEqual(['203.0.113.66', '198.51.100.7'])
  expect(placed).toEqual(expected)
})

test('first events of many mailboxes take little room', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const mailboxes = Array.from({ length: 5000 }, (_, i) => `user${i}@contoso.example`)
  const records = mailboxes.map((mailbox, i) => entry({ id: `${i}`, mailbox, usage: usage('192.0.2.1') }))
  put(store, 'a.csv', records)
  store.close()
  const db = openForReading(folder)
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  const firsts = firstSeenOf(db)
  const bytes = () => {
    collect()
    return process.memoryUsage().heapUsed
  }

  const before = bytes()
  const found = mailboxes.filter((mailbox, i) => firsts.of(mailbox, 'o365.activity', `${i}`) !== undefined).length
  const room = bytes() - before
  firsts.of('', '', '') // Until here they are kept.
  db.close()

  expect(found).toBe(5000)
  expect(room / 5000).toBeLessThan(300)
})

test('of more mailboxes than are remembered, each is read once, and no first event is lost', () => {
  const mailboxes = Array.from({ length: 20 }, (_, i) => `user${i}@contoso.example`)
  const records = mailboxes.flatMap((mailbox, i) =>
    Array.from({ length: 5 }, (_, k) => entry({ id: `${i} ${k}`, time: k, mailbox, usage: usage(`192.0.2.${k % 3}`) })),
  )
  const folder = temporaryFolder()
  const store = openCase(folder)
  put(
    store,
    'a.csv',
    records.map((record, row) => ({ ...record, row })),
  )
  store.close()
  const db = openForReading(folder)
  const placed: string[] = []
  const surroundings = { ...unknownSurroundings, placeOf: (ip: string) => void placed.push(ip) }
  // As events come in the order of time: mailbox after mailbox, again and again.
  const inTime = [0, 1, 2, 3, 4].flatMap((k) => mailboxes.map((mailbox, i) => [mailbox, `${i} ${k}`] as const))

  const [few, many] = [10, 1000].map((most) => {
    const firsts = firstSeenOf(db, surroundings, most)
    return inTime.map(([mailbox, id]) => firsts.of(mailbox, 'o365.activity', id))
  })
  db.close()

  expect(few).toEqual(many)
  expect(many?.filter((kinds) => kinds !== undefined)).toHaveLength(60)
  expect(placed).toHaveLength(2 * 60)
})

test('marks stay with the case; the last word on one counts, and all can be taken away', () => {
  const store = openCase(temporaryFolder())
  const mark = { kind: 'ip', value: '203.0.113.66' } as const

  store.changeMarks([{ ...mark, actor: 'intruder' }], [])
  store.changeMarks(
    [
      { ...mark, actor: 'owner' },
      { kind: 'country', value: 'DK', actor: 'owner' },
    ],
    [],
  )

  expect(store.marks()).toEqual([
    { kind: 'country', value: 'DK', actor: 'owner' },
    { ...mark, actor: 'owner' },
  ])
  store.changeMarks([], [mark])
  expect(store.marks()).toHaveLength(1)
  store.changeMarks([], 'all')
  expect(store.marks()).toEqual([])
  store.close()
})

test('a mark that is set again stands since it was set first, until it says something else', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const mark = { kind: 'ip', value: '203.0.113.66' } as const
  const since = () => store.datedMarks()[0]?.at
  const before = Math.floor(Date.now() / 1000) * 1000

  store.changeMarks([{ ...mark, actor: 'intruder' }], [])
  const set = since()
  const db = new DatabaseSync(join(folder, 'case.sqlite'))
  db.exec('update mark set at = 1000')
  db.close()
  store.changeMarks([{ ...mark, actor: 'intruder' }], [])
  const again = since()
  store.changeMarks([{ ...mark, actor: 'owner' }], [])

  expect(set).toBeGreaterThanOrEqual(before)
  expect(again).toBe(1000)
  expect(since()).toBeGreaterThanOrEqual(before)
  store.close()
})

/** What `ask` gives, and how often SQLite was asked meanwhile for all the names of a session. */
function watched<Found>(ask: () => Found) {
  const { get } = StatementSync.prototype
  let lookUps = 0
  StatementSync.prototype.get = function (this: StatementSync, ...values) {
    if (this.sourceSQL.includes('recursive')) lookUps += 1
    return Reflect.apply(get, this, values)
  }
  try {
    return { found: ask(), lookUps }
  } finally {
    StatementSync.prototype.get = get
  }
}

function usage(ip: string, userAgent = 'Firefox') {
  return { ip, userAgent, isOwn: true, asks: false }
}

function caseOf(records: readonly Entry[], surroundings?: Parameters<typeof openReader>[1]) {
  const folder = temporaryFolder()
  const store = openCase(folder)
  for (const [i, record] of records.entries()) put(store, `${i}.csv`, [record])
  store.close()
  return openReader(folder, surroundings)
}
