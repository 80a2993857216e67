import type { Activity, Json, JsonObject, Origin } from '#src/activity.ts'
import { categories } from '#src/normalize/categories/index.ts'
import { createRandom, type Random } from '../../samples/random.ts'

/** Endless Outlook activities as nobody should send them: the same seed gives the same ones. */
export function* hostileActivities(seed: number): Generator<{ activity: Activity; origin: Origin }> {
  const random = createRandom(seed)
  for (let row = 2; ; row += 1) {
    const record: JsonObject = { ...plainRecord(random), CustomProperties: properties(random) }
    for (let i = random.whole(0, 2); i > 0; i -= 1) record[random.pick(columns)] = anything(random, 0)
    const mailbox = random.chance(0.2) ? text(random) : 'victim@example.com'
    yield {
      activity: {
        dataset: 'o365.activity',
        id: random.hex(32),
        time: random.chance(0.3) ? random.pick(extremes) : Date.UTC(2026, 0, 1) + random.whole(0, 1e9),
        operation: random.chance(0.1) ? text(random) : random.pick(operations),
        mailbox,
        record,
        original: random.chance(0.2) ? text(random) : JSON.stringify(record).slice(0, 100_000),
      },
      origin: {
        source: 'retriever-csv',
        file: random.chance(0.1) ? text(random) : 'a.csv',
        sha256: random.hex(64),
        row,
      },
    }
  }
}

const operations = categories.flatMap(({ activity }) => Object.keys(activity?.operations ?? {}))

/** The earliest and the latest that a record may say. */
export const extremes = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z'), 0, -1]

const columns = [
  'TimeStamp',
  'AppIdType',
  'ActivityIdType',
  'ActivityItemId',
  'ActivityCreationTime',
  'ClientSessionId',
  'CustomProperties',
]

/** Every property that some table reads, then others. */
const names = [
  ...['ClientIP', 'IPAddress', 'ClientIPAddress', 'UserAgent', 'Browser', 'UserName', 'Subject', 'From', 'Recipients'],
  ...['SenderSmtpAddress', 'SenderAddress', 'ReceivedTime', 'SentTime', 'InternetMessageId', 'Query', 'Result'],
  ...['SuggestionStimulus', 'ExceptionInfo', 'BodyPreview', 'constructor', '__proto__', 'toString'],
]

function plainRecord(random: Random): JsonObject {
  return {
    TimeStamp: '2026-01-01T00:00:00.0000000Z',
    AppIdType: 'Web',
    ActivityIdType: random.pick(operations),
    ActivityItemId: random.hex(40),
    ActivityCreationTime: time(random),
    ClientSessionId: random.guid(),
  }
}

/** A map as nobody should send it. */
export function properties(random: Random): Json {
  if (random.chance(1 / 400)) return manyKeys(random)
  if (random.chance(1 / 20)) return deep(random, 50)
  if (random.chance(1 / 20)) return longPath(random)
  const own: JsonObject = { ClientIP: address(random), ReceivedTime: time(random), SentTime: time(random) }
  for (let i = random.whole(0, 6); i > 0; i -= 1) set(own, random.pick(names), anything(random, 0))
  for (let i = random.whole(0, 3); i > 0; i -= 1) set(own, key(random), anything(random, 0))
  return own
}

/** As JSON.parse would: `__proto__` is a key like others. */
export function set(object: JsonObject, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}

/** Ten thousand keys. */
export function manyKeys(random: Random): JsonObject {
  return Object.fromEntries(
    Array.from({ length: 10_000 }, (_, i) => [`${key(random).slice(0, 20)}${i}`, random.hex(8)]),
  )
}

/** Objects and lists within each other. */
export function deep(random: Random, levels: number): Json {
  const inner = levels === 0 ? anything(random, 9) : deep(random, levels - 1)
  return random.chance(0.1) ? [inner, anything(random, 9)] : { [key(random)]: inner }
}

/** The longest keys around the longest values: together they must stay below Lucene's limit for a term. */
export function longPath(random: Random): JsonObject {
  const long = random.pick(['漢', 'é', 'x', '\ud800', '😀'])
  let value: Json = long.repeat(random.pick([2000, 4000, 7990, 8000, 8001, 16_000]))
  for (let i = random.whole(1, 12); i > 0; i -= 1)
    value = { [long.repeat(random.pick([100, 255, 256, 512, 513]))]: value }
  return value as JsonObject
}

/** Any value, some of them absurd. */
export function anything(random: Random, depth: number): Json {
  if (depth < 4 && random.chance(0.1))
    return Array.from({ length: random.whole(0, 5) }, () => anything(random, depth + 1))
  if (depth < 4 && random.chance(0.1)) {
    const object: JsonObject = {}
    for (let i = random.whole(0, 4); i > 0; i -= 1) set(object, key(random), anything(random, depth + 1))
    return object
  }
  return random.pick([text, text, text, address, time, number, literal])(random)
}

function number(random: Random): Json {
  return random.pick([0, -0, 1.5, -1, 1e308, 5e-324, 2 ** 53, 2 ** 63, 99999, 1e21])
}

function literal(random: Random): Json {
  return random.pick([null, true, false, {}, [], [null], [[]], { '': null }])
}

const letters = [
  'a',
  'Z',
  '0',
  ' ',
  '.',
  '..',
  ';',
  '@',
  '<',
  '>',
  '"',
  '\\',
  '/',
  '*',
  '\0',
  '\n',
  '\x7f',
  '\ud800',
  '\udfff',
]
const others = [
  'é',
  '漢',
  '😀',
  '\u2028',
  '\ufeff',
  '\ufffe',
  '\u202e',
  '<script>',
  '{{',
  '%s',
  '=1+1',
  'null',
  '_id',
  '_source',
]

/** A text that somebody might trip over. */
export function text(random: Random): string {
  if (random.chance(1 / 40))
    return random.pick([...letters, ...others]).repeat(random.pick([8191, 8192, 32_766, 40_000]))
  let made = ''
  for (let i = random.whole(0, 12); i > 0; i -= 1) made += random.pick(random.chance(0.5) ? letters : others)
  return random.chance(0.2) ? `${made}@${made}` : made
}

/** A name that JSON allows. */
export function key(random: Random): string {
  return random.pick([
    text,
    text,
    () => '',
    () => '.',
    () => '..',
    () => '.a',
    () => 'a.',
    () => 'a..b',
    () => ' ',
    () => 'a b',
  ])(random)
}

/** Something like an address. */
export function address(random: Random): string {
  const octet = () => random.pick(['0', '1', '01', '127', '255', '256', '999'])
  const group = () => random.pick(['0', '1', 'ffff', 'FFFF', '00001', 'g', '', ''])
  const v4 = [octet(), octet(), octet(), octet()].join('.')
  const v6 = Array.from({ length: random.whole(2, 9) }, group).join(':')
  const mixed = random.pick([`::ffff:${v4}`, `::${v4}`, `64:ff9b::${v4}`, `::FFFF:0:${v4}`, `::1:${v4}`])
  const zone = random.pick(['', '', '%eth0', '%1', '/24', ' '])
  const any = random.pick([v4, v4, v6, v6, mixed, '::', '::1', 'fe80::1', '1::', '1.2.3', '<null>', 'localhost']) + zone
  const port = random.pick(['', ':0', ':443', ':65535', ':65536', ':99999', ':-1', ':1e3'])
  return random.pick([any, any + port, `[${any}]${port}`, `HOST (${any})`, `${any}, ${v4}`])
}

/** Something like a time. */
export function time(random: Random): string {
  const year = random.pick(['0000', '0001', '1600', '1970', '2026', '9999'])
  const day = random.pick(['01-01', '02-29', '02-31', '12-31', '13-01'])
  const zone = random.pick(['', 'Z', '+14:00', '-12:00', '+23:59', '-23:59', '+9900'])
  return random.pick([
    `${year}-${day}T${random.pick(['00:00:00', '23:59:59', '24:00:00', '23:59:60'])}.1234567${zone}`,
    `${year}-${day} 00:00${zone}`,
    `12/31/${year} 11:59:59 PM`,
    '1/1/0000 12:00:00 AM',
    'yesterday',
    '1767225600000',
  ])
}
