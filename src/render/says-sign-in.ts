import { isObject, type JsonObject } from '../activity.ts'
import { canonicalAddress } from '../bytes/address-bytes.ts'
import { interrupts } from '../normalize/interrupts.ts'
import { plain } from './near-rows.ts'

/** What both have to say, one of each, of a sign-in of the same second: who, from where and to what. */
const identifying = [
  ['userPrincipalName', 'userId', 'servicePrincipalId'],
  ['ipAddress'],
  ['appId', 'appDisplayName'],
] as const
/** What else is the same wherever both say it: portals show the rest in words of their own. */
const telling = [
  'correlationId',
  'resourceId',
  'resourceDisplayName',
  'uniqueTokenIdentifier',
  'userAgent',
  'isInteractive',
  'homeTenantId',
  'resourceTenantId',
]

/** What few sign-ins of one second have in common. */
const proving = ['correlationId', 'uniqueTokenIdentifier']

/** The same as `telling` of what stands inside. */
const tellingInside = [
  ['status', 'errorCode'],
  ['deviceDetail', 'deviceId'],
] as const

const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name] as const))

/** In which columns two records of a sign-in say one text, or one of them none: those by which sign-ins of one second are told apart. */
export const alikeInSignIns = named([...identifying.flat(), ...proving])

/** What is read of two records of a sign-in where both say it, and what whether both do or not. */
export const sameInSignIns = named([...identifying.flat(), ...telling, ...tellingInside.map(([outer]) => outer)])
export const readInSignIns = ['isInteractive', 'status']

/** The same of the audit log's record of a logon, and of a sign-in beside it. */
export const alikeInLogons = { userPrincipalName: 'UserId' }
export const comparedInLogons = {
  teller: ['ErrorNumber', 'ActorIpAddress', 'ClientIP', 'Operation', 'UserId'],
  row: ['status', 'ipAddress', 'userPrincipalName', 'isInteractive'],
  ifBoth: { correlationId: 'InterSystemsId', appId: 'ApplicationId' },
  isWhen: true,
} as const

/**
 * Whether a record of a sign-in says what a row of the same second says that has no id.
 * One sign-in in a second may be several of one client, which the correlation id, the token, the device or the outcome tell apart where they are told.
 * One that nobody was asked for often follows one that somebody was: it tells no row that does not say that it is such a one.
 */
export function saysSignIn(record: JsonObject, row: JsonObject): boolean {
  const said = (name: string) => [plain(record[name]), plain(row[name])] as const
  const saidInside = ([outer, name]: readonly [string, string]) => [
    inside(record, outer, name),
    inside(row, outer, name),
  ]
  const areSaid = (name: string) => !said(name).includes('')
  const [isInteractive, toldInteractive] = said('isInteractive')
  return (
    identifying.every((names) => names.some(areSaid)) &&
    (isInteractive !== 'false' || toldInteractive === 'false') &&
    tellsOutcome(record, row, proving.some(areSaid)) &&
    [...[...identifying.flat(), ...telling].map(said), ...tellingInside.map(saidInside)].every(
      ([own = '', told = '']) => own === '' || told === '' || own === told,
    )
  )
}

/** What the audit log calls a sign-in, as far as a row tells how it ended. */
export function logonOperation(row: JsonObject): string | null {
  const outcome = outcomeOf(row)
  return outcome === undefined ? null : outcome === 'success' ? 'userloggedin' : 'userloginfailed'
}

/**
 * Whether the audit log's record of a logon says what a row says of a sign-in that has no id: who and from where, and nothing otherwise of the
 * application, the error and the correlation id, which alone tells one of the second before or after, and one that nobody was asked for.
 */
export function saysLogon(record: JsonObject, row: JsonObject, isOfSameSecond: boolean): boolean {
  const pairs = [
    [record['InterSystemsId'], row['correlationId']],
    [record['ApplicationId'], row['appId']],
    [record['ErrorNumber'], inside(row, 'status', 'errorCode')],
  ].map(([own, told]) => [plain(own), plain(told)] as const)
  const isProven = pairs[0]?.[0] !== '' && pairs[0]?.[0] === pairs[0]?.[1]
  const address = plain(record['ActorIpAddress'] ?? record['ClientIP'])
  const isTold = isProven || (outcomeOf(row) ?? (/loggedin/i.test(plain(record['Operation'])) ? 'success' : '')) !== ''
  return (
    address !== '' &&
    canonicalAddress(address) === canonicalAddress(plain(row['ipAddress'])) &&
    plain(record['UserId']) === plain(row['userPrincipalName']) &&
    /^userlog(?:gedin|infailed)$/.test(plain(record['Operation'])) &&
    (isProven || (isOfSameSecond && plain(row['isInteractive']) !== 'false')) &&
    isTold &&
    pairs.every(([own, told]) => own === '' || told === '' || own === told)
  )
}

/**
 * Whether a record says how a sign-in ended that a row tells: a row that says it is not told by a record that does not, and one that does not is
 * told by a success alone, for it may be what came after a failure in the same second, unless what both name is of one sign-in.
 */
function tellsOutcome(record: JsonObject, row: JsonObject, isProven: boolean): boolean {
  const [own, told] = [outcomeOf(record), outcomeOf(row)]
  return told === undefined ? own === undefined || own === 'success' || isProven : own === told
}

/** In the words in which the portal shows it. */
function outcomeOf(record: JsonObject): string | undefined {
  const [code, result] = [inside(record, 'status', 'errorCode'), inside(record, 'status', 'result')]
  if (result !== '' || code === '') return result || undefined
  return code === '0' ? 'success' : interrupts.has(Number(code)) ? 'interrupted' : 'failure'
}

function inside(record: JsonObject, outer: string, name: string): string {
  const value = record[outer] ?? null
  return plain(isObject(value) ? value[name] : undefined)
}
