import { expect, test } from '@jest/globals'
import type { Activity, Json, JsonObject, Origin } from '#src/activity.ts'
import { encode } from '#src/encode.ts'
import { categories } from '#src/normalize/categories/index.ts'
import { compile, normalizer } from '#src/normalize/index.ts'
import { createRandom, type Random } from '../../samples/random.ts'
import { activityOf } from '../support/audit.ts'
import { hostileAudits } from '../support/hostile-audits.ts'

const origin: Origin = { source: 'retriever-csv', file: 'alice.csv', sha256: '5'.repeat(64), row: 2 }

test('an operation that no category lists is kept as other, and said to be unknown', () => {
  const document = documentOf({
    operation: 'Unheard',
    record: { CustomProperties: { UserName: 'bob@contoso.example' } },
  })

  expect(document['hoofprint.category']).toBe('other')
  expect(document.tags).toEqual(['other', 'unknown-operation'])
  expect(document['event.action']).toBe('Unheard')
  expect(document['event.type']).toEqual(['info'])
  expect(document['user.id']).toBe('bob@contoso.example')
  expect(documentOf({ operation: 'GetUserUnifiedGroups' }).tags).toEqual(['other'])
})

test.each([
  'serverlogon',
  'SERVERLOGON',
  ' ServerLogon\t',
  'ServerLogon.',
  '\nserverLogon. ',
])('the operation %j is ServerLogon, and keeps the name it came with', (operation) => {
  const document = documentOf({ operation })

  expect(document['hoofprint.category']).toBe('logon')
  expect(document['event.action']).toBe(operation)
  expect(document.tags).toEqual(['logon'])
})

test.each(['__proto__', 'constructor', 'toString', ''])('the operation %j is unknown like any other', (operation) => {
  const document = documentOf({ operation })

  expect(document['hoofprint.category']).toBe('other')
  expect(document.tags).toEqual(['other', 'unknown-operation'])
})

test.each(['ServerLogon', 'serverlogon', 'SERVERLOGON.'])('two categories cannot both claim %s', (operation) => {
  const twin = {
    name: 'other' as const,
    ecs: { category: [], type: [] },
    activity: { operations: { [operation]: {} } },
  }

  expect(() => compile([...categories, twin])).toThrow(operation)
})

test.each<[JsonObject, string]>([
  [{ Result: 'Success' }, 'success'],
  [{ Result: 'success', ExceptionInfo: '' }, 'success'],
  [{ Result: ' Succeeded ', ExceptionInfo: null }, 'success'],
  [{ Result: 'TRUE' }, 'success'],
  [{ Result: 'Failure' }, 'failure'],
  [{ Result: 'failed' }, 'failure'],
  [{ Result: 'False' }, 'failure'],
  [{ Result: 'Failure', ExceptionInfo: 'LogonFailedException' }, 'failure'],
  [{ Result: 'Success', ExceptionInfo: 'LogonFailedException' }, 'failure'],
  [{ ExceptionInfo: 'LogonFailedException' }, 'failure'],
  [{}, 'unknown'],
  [{ Result: '' }, 'unknown'],
  [{ Result: 'Interrupted' }, 'unknown'],
  [{ Result: null, ExceptionInfo: '' }, 'unknown'],
])('a logon with %j ended in %s', (properties, outcome) => {
  const document = documentOf({ operation: 'ServerLogon', record: { CustomProperties: properties } })

  expect(document['event.outcome']).toBe(outcome)
  expect(document['event.reason']).toBe(properties['ExceptionInfo'] || undefined)
})

test.each<[JsonObject, boolean]>([
  [{ Result: 'Success', ClientIP: '198.51.100.7' }, true],
  [{ ClientIP: '198.51.100.7' }, true],
  [{ Result: 'Failure', ClientIP: '198.51.100.7' }, false],
  [{ Result: 'Success', ExceptionInfo: 'LogonFailedException', ClientIP: '198.51.100.7' }, false],
  [{ Result: 'Success' }, false],
  [{ Result: 'Success', ClientIP: 'unknown host' }, false],
])('others can be attributed to a logon with %j: %s', (properties, isTaken) => {
  const { logon } = normalizer.keys(activity({ operation: 'ServerLogon', record: { CustomProperties: properties } }))

  expect(logon !== undefined).toBe(isTaken)
})

test.each<[string, string | undefined, number | undefined]>([
  ['198.51.100.7', '198.51.100.7', undefined],
  ['198.51.100.7:16902', '198.51.100.7', 16902],
  [' 198.51.100.7 ', '198.51.100.7', undefined],
  ['[198.51.100.7]', '198.51.100.7', undefined],
  ['[198.51.100.7]:12345', '198.51.100.7', 12345],
  ['198.51.100.7:0', '198.51.100.7', 0],
  ['198.51.100.7:65535', '198.51.100.7', 65535],
  ['198.51.100.7:65536', '198.51.100.7', undefined],
  ['[2001:db8::5]:99999', '2001:db8::5', undefined],
  ['2001:db8:800:125::13', '2001:db8:800:125::13', undefined],
  ['2001:DB8::ABCD', '2001:db8::abcd', undefined],
  ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1', undefined],
  ['[2001:db8:0:0:0:0:0:1]:443', '2001:db8::1', 443],
  ['::ffff:c633:6407', '198.51.100.7', undefined],
  ['[2001:db8::abcd]', '2001:db8::abcd', undefined],
  ['[2001:db8:c02:282a::5]:54088', '2001:db8:c02:282a::5', 54088],
  ['::1', '::1', undefined],
  ['::ffff:198.51.100.7', '198.51.100.7', undefined],
  ['[::FFFF:198.51.100.7]:12345', '198.51.100.7', 12345],
  ['MAIL7 (198.51.100.7)', '198.51.100.7', undefined],
  ['[MAIL7 (198.51.100.7)]', '198.51.100.7', undefined],
  ['MAIL7 (2001:db8::7)', '2001:db8::7', undefined],
  ['localhost', undefined, undefined],
  ['localhost:12345', undefined, undefined],
  ['client.contoso.example:12345', undefined, undefined],
  ['[client.contoso.example]:12345', undefined, undefined],
  ['198.5100.100.7', undefined, undefined],
  ['198.51.100.256', undefined, undefined],
  ['198.51.100', undefined, undefined],
  ['198.051.100.007', undefined, undefined],
  ['198.51.100.7:', undefined, undefined],
  ['198.51.100.7:8x', undefined, undefined],
  ['2001:db8::5::7', undefined, undefined],
  ['fe80::1%eth0', undefined, undefined],
  ['[fe80::1%25eth0]:443', undefined, undefined],
])('of the address %j the ip is %s and the port %s; its text is kept', (text, ip, port) => {
  const document = documentOf({ operation: 'ServerLogon', record: { CustomProperties: { ClientIP: text } } })

  expect(document['source.address']).toBe(text.trim())
  expect([document['source.ip'], document['source.port']]).toEqual([ip, port])
  expect([document['client.address'], document['client.ip'], document['client.port']]).toEqual([text.trim(), ip, port])
  expect(document['related.ip']).toEqual(ip === undefined ? undefined : [ip])
})

test.each([null, '', '  ', '<null>', true, [], {}])('an address that is %j makes no field', (value) => {
  const document = documentOf({ operation: 'ServerLogon', record: { CustomProperties: { ClientIP: value } } })

  const fields = Object.entries(document).filter(
    ([field, value]) => /^(source|client)\./.test(field) && value !== undefined,
  )
  expect(fields).toEqual([])
  expect(encode(document)).not.toMatch(/"(source|client)":\{/)
})

test.each<[string, string | undefined]>([
  ['2018-06-20T08:00:01.019Z', '2018-06-20T08:00:01.019Z'],
  ['2018-06-20T08:00:01', '2018-06-20T08:00:01.000Z'],
  ['2018-06-20 08:00', '2018-06-20T08:00:00.000Z'],
  ['2018-06-20T08:00:01.1234567Z', '2018-06-20T08:00:01.123Z'],
  ['2018-06-20T08:00:01.9+02:00', '2018-06-20T06:00:01.900Z'],
  ['2018-06-20 08:00:01 -0330', '2018-06-20T11:30:01.000Z'],
  [' 2018-06-20T08:00:01Z ', '2018-06-20T08:00:01.000Z'],
  ['2020-02-29T00:00:00Z', '2020-02-29T00:00:00.000Z'],
  ['6/20/2018 8:05:00 AM', '2018-06-20T08:05:00.000Z'],
  ['06/20/2018 08:05:00 PM', '2018-06-20T20:05:00.000Z'],
  ['6/20/2018 12:00:00 AM', '2018-06-20T00:00:00.000Z'],
  ['6/20/2018 12:00:00 pm', '2018-06-20T12:00:00.000Z'],
  ['2018-02-31T00:00:00Z', undefined],
  ['2019-02-29T00:00:00Z', undefined],
  ['2/31/2018 8:05:00 AM', undefined],
  ['20/6/2018 8:05:00 AM', undefined],
  ['6/20/2018 13:05:00 PM', undefined],
  ['6/20/2018 08:05:00', undefined],
  ['2018-06-20T25:00:00Z', undefined],
  ['2018-13-01T00:00:00Z', undefined],
  ['2018-06-20', undefined],
  ['2018-06-20T08:00:01 Eastern', undefined],
  ['20.06.2018 08:00:01', undefined],
  ['+012018-06-20T08:00:01Z', undefined],
  ['9999-12-31T23:59:59-01:00', undefined],
  ['0000-01-01T00:00:00+01:00', undefined],
  ['yesterday', undefined],
  ['', undefined],
])('the time %j is %s', (value, time) => {
  const record = { ActivityCreationTime: value, CustomProperties: { ReceivedTime: value, SentTime: value } }

  const document = documentOf({ operation: 'MessageDelivered', record })

  expect(document['email.delivery_timestamp']).toBe(time)
  expect(document['email.origination_timestamp']).toBe(time)
  expect(document['o365.activity.ActivityCreationTime']).toBe(time)
})

test.each<[string, string | undefined, string | undefined]>([
  ['Alice@Contoso.example', 'alice@contoso.example', 'contoso.example'],
  ["o'neil@contoso.example", "o'neil@contoso.example", 'contoso.example'],
  ['S-1-5-21-1-2-3-4', undefined, undefined],
  ['NT AUTHORITY\\SYSTEM (w3wp)', undefined, undefined],
  ['a@b@contoso.example', undefined, undefined],
  ['@contoso.example', undefined, undefined],
])('the user %j is kept as it came, and split only when it is an address', (name, email, domain) => {
  const document = documentOf({ operation: 'ServerLogon', record: { CustomProperties: { UserName: name } } })

  expect(document['user.id']).toBe(name)
  expect(document['user.email']).toBe(email)
  expect(document['user.name']).toBe(email?.split('@')[0])
  expect(document['user.domain']).toBe(domain)
  expect(document['related.user']).toEqual(expect.arrayContaining([name, 'alice@contoso.example']))
})

test('the sender of a mail is its SMTP address, else what stands between brackets', () => {
  const from = (properties: JsonObject) =>
    documentOf({ operation: 'MessageDelivered', record: { CustomProperties: properties } })['email.from.address']

  expect(from({ SenderSmtpAddress: 'bob@fabrikam.example', From: 'Eve <eve@fabrikam.example>' })).toEqual([
    'bob@fabrikam.example',
  ])
  expect(from({ From: '"Bob <B>" <bob@fabrikam.example> ' })).toEqual(['bob@fabrikam.example'])
  expect(from({ From: 'Bob' })).toBeUndefined()
})

test('what a record tells of its mail has the better rank when the server tells it', () => {
  const record = { ActivityItemId: 'item-1', CustomProperties: { Subject: 'Invoice', ReceivedTime: 'whenever' } }

  const delivered = normalizer.keys(activity({ operation: 'MessageDelivered', record }))
  const marked = normalizer.keys(activity({ operation: 'MarkAsRead', record }))
  const displayed = normalizer.keys(activity({ operation: 'Print', record: { ActivityItemId: 'item-1' } }))

  expect(delivered.messages).toMatchObject([{ item: 'item-1', rank: 0, subject: 'Invoice', received: 'whenever' }])
  expect(marked.messages[0]?.rank).toBe(1)
  expect(displayed.messages).toEqual([])
})

test('no record makes it throw, and whatever comes out is JSON with one type per field', () => {
  const operations = [...categories.flatMap(({ activity }) => Object.keys(activity?.operations ?? {})), 'Unheard', '']
  const typesByField = new Map<string, Set<string>>()

  for (let seed = 1; seed <= 4000; seed += 1) {
    const random = createRandom(seed)
    const given = activity({ operation: random.pick(operations), record: randomRecord(random) })
    const document = normalizer.document(given, origin)
    const { session, messages } = normalizer.keys(given)
    expect(JSON.parse(encode(document))).toMatchObject({ event: { id: given.id }, hoofprint: { evidence: { row: 2 } } })
    expect(
      [session, ...messages.map(({ item }) => item)].every((key) => key === undefined || typeof key === 'string'),
    ).toBe(true)
    for (const [field, value] of Object.entries(document)) {
      if (value === undefined) continue
      typesByField.set(field, (typesByField.get(field) ?? new Set()).add(Array.isArray(value) ? 'list' : typeof value))
    }
  }

  expect([...typesByField].filter(([, types]) => types.size > 1)).toEqual([])
})

test('no audit record makes it throw, and each field has one type whether it stands alone or in a list', () => {
  const typesByField = new Map<string, Set<string>>()

  for (const { activity, origin } of take(hostileAudits(1), 1000)) {
    const document = normalizer.document(activity, origin)
    const { session, messages } = normalizer.keys(activity)
    expect(JSON.parse(encode(document))).toMatchObject({ event: { id: activity.id } })
    const joining = [session, ...messages.map(({ item }) => item)].filter((key) => key !== undefined)
    expect(joining.filter((key) => typeof key !== 'string')).toEqual([])
    for (const [field, value] of Object.entries(document)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined) typesByField.set(field, (typesByField.get(field) ?? new Set()).add(typeof one))
      }
    }
  }

  expect([...typesByField].filter(([, types]) => types.size > 1)).toEqual([])
})

function* take<T>(endless: Generator<T>, count: number): Generator<T> {
  for (let i = 0; i < count; i += 1) yield endless.next().value as T
}

function activity({ operation, record = {} }: { operation: string; record?: JsonObject }): Activity {
  return activityOf({ dataset: 'o365.activity', operation, record })
}

function documentOf(given: { operation: string; record?: JsonObject }) {
  return normalizer.document(activity(given), origin)
}

const keys = ['TimeStamp', 'AppIdType', 'ActivityIdType', 'ActivityItemId', 'ActivityCreationTime', 'ClientSessionId']
const properties = [
  ...['ClientIP', 'IPAddress', 'UserName', 'UserAgent', 'Browser', 'Result', 'ExceptionInfo', 'Query'],
  ...['SuggestionStimulus', 'From', 'SenderSmtpAddress', 'SenderAddress', 'Recipients', 'ReceivedTime', 'SentTime'],
  ...['InternetMessageId', 'Subject', '__proto__', 'constructor', '', 'a\0b', 'k'.repeat(300)],
]
const texts = [
  '',
  ' ',
  '198.51.100.7:1',
  '[2001:db8::1]:70000',
  'a@b',
  'constructor',
  ';;',
  '<',
  '\ud800',
  '\0',
  '((((',
]

function randomRecord(random: Random): JsonObject {
  const record = randomObject(random, [...keys, '__proto__'], 2)
  const inner = random.chance(0.9) ? randomObject(random, properties, 1) : randomJson(random, 0)
  return random.chance(0.95) ? { ...record, CustomProperties: inner } : record
}

function randomObject(random: Random, names: readonly string[], depth: number): JsonObject {
  const chosen = names.filter(() => random.chance(0.6))
  return Object.fromEntries(chosen.map((name) => [name, randomJson(random, depth)]))
}

function randomJson(random: Random, depth: number): Json {
  const kind = random.whole(0, depth > 12 ? 5 : 8)
  if (kind === 0) return null
  if (kind === 1) return random.chance(0.5)
  if (kind === 2) return random.pick([0, -1, 1.5, 1e21, 2 ** 53, random.whole(0, 99999)])
  if (kind <= 5) return random.chance(0.8) ? random.pick(texts) : random.hex(random.whole(1, 40))
  if (kind === 6) return Array.from({ length: random.whole(0, 3) }, () => randomJson(random, depth + 1))
  return randomObject(random, properties.slice(-6), depth + 1)
}
