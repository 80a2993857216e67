import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Activity, isObject, type Json, type JsonObject, type Origin } from '#src/activity.ts'
import { createRandom, type Random } from '../../samples/random.ts'
import { address, anything, deep, extremes, key, longPath, manyKeys, set, text, time } from './hostile.ts'

/** Endless audit records as nobody should send them, made from one fixture or another: the same seed gives the same ones. */
export function* hostileAudits(seed: number): Generator<{ activity: Activity; origin: Origin }> {
  const random = createRandom(seed)
  const texts = globSync('*/audit/*.json', { cwd: fixtures })
    .filter((file) => !file.endsWith('.expected.json'))
    .sort()
    .map((file) => readFileSync(join(fixtures, file), 'utf8'))
  for (let row = 2; ; row += 1) {
    const record: JsonObject = JSON.parse(random.pick(texts))
    const operation = String(record['Operation'])
    for (let i = random.whole(1, 5); i > 0; i -= 1) random.pick(mutations)(random, record)
    yield {
      activity: {
        dataset: 'o365.audit',
        id: random.hex(32),
        time: random.chance(0.3) ? random.pick(extremes) : Date.UTC(2026, 0, 1) + random.whole(0, 1e9),
        operation: random.chance(0.1) ? text(random) : operation,
        mailbox: random.chance(0.2) ? text(random) : 'victim@example.com',
        record,
        truncated: random.chance(0.1),
        original: random.chance(0.2) ? text(random) : JSON.stringify(record).slice(0, 100_000),
      },
      origin: { source: 'management-api', file: 'a.json', sha256: random.hex(64), row },
    }
  }
}

const fixtures = join(import.meta.dirname, '../fixtures')

/** Lists of names and values, the JSON in texts, and what else the normalizer takes apart. */
const taken = [
  ...['Parameters', 'ExtendedProperties', 'ModifiedProperties', 'OperationProperties', 'DeviceProperties', 'Data'],
  'Actor',
  'Target',
  'AffectedItems',
  'Item',
  'Folders',
  'Messages',
  'AppAccessContext',
  'PolicyDetails',
  'Members',
  ...['recipientList', 'Recipients', 'ExchangeMetaData', 'SharePointMetaData', 'AlertLinks', 'AdditionalInfo', 'Other'],
]
const plain = [
  ...['CreationTime', 'Id', 'Operation', 'RecordType', 'Workload', 'UserId', 'UserType', 'LogonType', 'OrganizationId'],
  'ObjectId',
  'ClientIP',
  'ClientIPAddress',
  'ActorIpAddress',
  'OriginatingServer',
  'ClientInfoString',
  'UserAgent',
  ...['MailboxOwnerUPN', 'SessionId', 'ErrorNumber', 'LogonError', 'ResultStatus', 'OperationCount', 'FileSizeBytes'],
  ...['QueryText', 'Severity', 'InternetMessageId', 'Subject', 'SenderIp', 'recipientCount', 'Comments', 'Version'],
]

const mutations: readonly ((random: Random, record: JsonObject) => void)[] = [
  (random, record) => set(record, random.pick(taken), anything(random, 0)),
  (random, record) => set(record, random.pick(taken), namesAndValues(random)),
  (random, record) => set(record, random.pick(plain), random.pick([anything, text, address, time])(random, 0)),
  (random, record) => set(record, key(random), anything(random, 0)),
  (random, record) => void delete record[random.pick(Object.keys(record))],
  (random, record) => alter(random, record, random.pick(Object.keys(record).length > 0 ? Object.keys(record) : [''])),
  (random, record) => {
    const name = random.pick(taken)
    set(record, name, JSON.stringify(record[name] ?? anything(random, 0)).slice(0, random.chance(0.3) ? 20 : undefined))
  },
  (random, record) => {
    const name = random.pick(random.chance(0.5) ? taken : plain)
    if (random.chance(0.02)) set(record, name, manyKeys(random))
    else set(record, name, random.pick([longPath, (any: Random) => deep(any, 50)])(random))
  },
  (random, record) =>
    set(record, random.pick(plain), random.pick(['2', ' 12 ', '1156492.00', 1.5, 1e308, '1e400', -0])),
]

/** Changes something somewhere within. */
function alter(random: Random, parent: JsonObject | Json[], name: string | number): void {
  const value = (parent as JsonObject)[name]
  if (typeof value === 'object' && value !== null && random.chance(0.7)) {
    const inner = Object.keys(value)
    if (inner.length > 0) {
      alter(random, value, random.pick(inner))
      return
    }
  }
  if (Array.isArray(parent)) parent.push(anything(random, 0))
  else set(parent, String(name), isObject(value) ? [value, anything(random, 0), [value]] : anything(random, 0))
}

function namesAndValues(random: Random): Json {
  const list = Array.from({ length: random.whole(0, random.chance(0.01) ? 1000 : 5) }, () => {
    const entry: JsonObject = {}
    const name = random.chance(0.5) ? random.pick(names) : key(random)
    if (random.chance(0.9)) set(entry, 'Name', random.chance(0.9) ? name : anything(random, 0))
    for (const part of ['Value', 'NewValue', 'OldValue']) {
      if (random.chance(0.6)) set(entry, part, anything(random, 0))
    }
    return random.chance(0.05) ? anything(random, 0) : entry
  })
  return random.chance(0.2) ? JSON.stringify(list) : list
}

const names = [
  ...['ForwardTo', 'ForwardingSmtpAddress', 'Name', 'Identity', '_raw', '__proto__', 'constructor', 'a.b', 'a b', 'a'],
  ...['MailAccessType', 'IsThrottled', 'RuleActions', 'additionalDetails', 'UserAgent', 'SessionId', 'NewValue'],
  'StrongAuthenticationMethod',
  'Role.DisplayName',
  '*',
  '_id',
  '_source',
  '\ud800',
  '\u0000',
  '\u00a0',
  '\u200b',
  '…',
]
