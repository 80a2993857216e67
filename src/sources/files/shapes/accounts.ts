import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { booleanIn } from '../../../microsoft/booleans.ts'
import { valueText } from '../../../value-text.ts'
import { member, textOf } from './members.ts'
import { powerShellObject } from './powershell.ts'
import { mailAddress } from './starts-row.ts'
import { type StateForm, stateShapes } from './states.ts'

const begins = { UserPrincipalName: mailAddress }

// Columns: Get-AdminUsers, Get-PIMAssignments, Get-MFA of Microsoft-Extractor-Suite; CRT; Graph's userRegistrationDetails; reports of AdminDroid; Get-MobileDevice and
// Get-MobileDeviceStatistics, also as Untitled Goose Tool selects them.
const forms: readonly StateForm[] = [
  ...(
    [
      ['role-members', 'Get-AdminUsers of Microsoft-Extractor-Suite', 'Role', 'UserName', 'UserId'],
      ['role-assignments', 'Get-PIMAssignments of Microsoft-Extractor-Suite', 'RoleName', 'UserPrincipalName'],
      ['role-report', 'CRT', 'Role', 'User Principal Name'],
      ['administrators', 'Hawk', 'AdminGroupName', 'Members'],
      ['exchange-administrators', 'Hawk', 'ExchangeAdminGroup', 'Members'],
    ] as const
  ).map(
    ([name, by, role, member, ...others]): StateForm => ({
      ...{
        name,
        title: `Members of roles listed by ${by}`,
        operation: 'RoleMember',
        columns: [role, member, ...others],
      },
      ...{ whose: ['Member'], names: { [role.toLowerCase()]: 'Role', [member.toLowerCase()]: 'Member' } },
      make: withoutNobody,
    }),
  ),
  {
    name: 'sign-in-methods',
    title: 'Ways to sign in listed by Get-MFA of Microsoft-Extractor-Suite',
    operation: 'SignInMethods',
    columns: ['user', 'MFAstatus', 'phone', 'app'],
    whose: ['user'],
    make: withMethods,
  },
  ...[
    ['sign-in-registrations', 'Graph (userRegistrationDetails)', 'userPrincipalName', 'methodsRegistered'],
    ['sign-in-methods-report', 'AdminDroid', 'UPN', 'Registered Auth Methods'],
    ['mfa-status-report', 'AdminDroid', 'UPN', 'Authentication Methods'],
    ['mfa-methods-report', 'AdminDroid', 'UserPrincipalName', 'AllMFAMethods'],
  ].map(
    ([name = '', by = '', user = '', methods = '']): StateForm => ({
      ...{ name, title: `Ways to sign in listed by ${by}`, operation: 'SignInMethods', columns: [user, methods] },
      ...{ whose: [user], names: { [methods.toLowerCase()]: 'Methods' }, begins },
    }),
  ),
  {
    name: 'mobile-devices',
    title: 'Mobile devices listed by Get-MobileDevice, or by Hawk',
    operation: 'MobileDevice',
    columns: ['DeviceId', 'DeviceType', 'Identity'],
    oneOf: ['FirstSyncTime', 'FirstSyncTime_UTC'],
    whose: ['Mailbox', 'UserDisplayName'],
    names: { firstsynctime_utc: 'FirstSyncTime', lastsuccesssync_utc: 'LastSuccessSync' },
    make: withMailbox,
  },
  {
    name: 'application-credential',
    title: 'Credentials of applications listed by CRT, or by Hawk',
    operation: 'ApplicationCredential',
    columns: ['StartDate', 'EndDate', 'KeyId'],
    oneOf: ['AppId', 'AppName'],
    whose: [],
    names: { appname: 'DisplayName' },
    make: ofCredential,
  },
]

const credentials: StateForm = {
  name: 'application-credentials',
  title: 'Applications with their credentials, of Graph (applications, servicePrincipals)',
  operation: 'ApplicationCredential',
  columns: ['appId', 'displayName'],
  oneOf: ['passwordCredentials', 'keyCredentials'],
  whose: [],
  names: { appid: 'AppId', displayname: 'DisplayName', appownerorganizationid: 'AppOwnerOrganizationId' },
  make: ofApplication,
}

/** Every form in which it is listed what accounts were given. */
export const accounts = forms.map(stateShapes)
/** Applications with their credentials, which a CSV has the type alone of. */
export const applicationCredentials = stateShapes(credentials).json

/** Hawk lists roles that nobody has, too. */
function withoutNobody(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== 'No Members'))
}

/** Of these alone it is known that none holds a secret. */
const tellable = {
  application: ['appId', 'displayName', 'id', 'appOwnerOrganizationId', 'createdDateTime'],
  credential: ['AppId', 'AppName', 'AppObjectId', 'KeyId', 'Type', 'CredType', 'KeyType', 'StartDate', 'EndDate'],
}

function picked(record: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, member(record, name) ?? null]))
}

function ofCredential(record: JsonObject): JsonObject {
  const own = picked(record, tellable.credential)
  return withCredentials(own, [{ ...own, type: textOf(own['CredType']) ?? own['Type'] ?? null }])
}

const notMethods: ReadonlySet<string> = new Set(['user', 'mfastatus', 'password'])

/** A column says of each method whether somebody has it. */
function withMethods(record: JsonObject): JsonObject {
  const has = ([name, value]: [string, Json]) =>
    !notMethods.has(name.toLowerCase()) && booleanIn(valueText(value)) === true
  const methods = Object.entries(record).filter(has)
  return { user: member(record, 'user') ?? null, Methods: methods.map(([name]) => name) }
}

/** `alice\ExchangeActiveSyncDevices\…`, or the path to it. */
function withMailbox(record: JsonObject): JsonObject {
  const identity = textOf(member(record, 'Identity')) ?? ''
  return { ...record, Mailbox: /(?<![^\\/])([^\\/]+)[\\/]ExchangeActiveSyncDevices/i.exec(identity)?.[1] ?? null }
}

function ofApplication(record: JsonObject): JsonObject {
  const own = picked(record, tellable.application)
  const all: JsonObject[] = []
  for (const name of ['passwordCredentials', 'keyCredentials'])
    for (const one of [member(record, name) ?? []].flat()) {
      const given = typeof one === 'string' ? powerShellObject(one) : one
      if (isObject(given)) all.push({ type: name.slice(0, -11), ...given })
      else if (one !== '') own[name] = typeAlone
    }
  return withCredentials(own, all)
}

/** What stands where ConvertTo-Json went no deeper, or something else that may be a secret itself. */
const typeAlone = 'System.Object[]'

/** Each with what it is called, and from when to when it counts: never a secret itself. */
function withCredentials(record: JsonObject, all: readonly JsonObject[]): JsonObject {
  const at = (one: JsonObject, ...names: string[]) =>
    names.map((name) => valueText(member(one, name) ?? null)).find((text) => text !== undefined)
  const Starts = all.map((one) => at(one, 'startDateTime', 'StartDate'))
  const told = all.map((one, i) => {
    const [name, from, to] = [at(one, 'displayName'), Starts[i], at(one, 'endDateTime', 'EndDate')]
    const parts = [at(one, 'type'), name && `“${name}”`, from && `from ${from}`, to && `to ${to}`]
    return parts.filter((part) => part !== undefined).join(' ')
  })
  return { ...record, Credentials: told, Starts: Starts.filter((time) => time !== undefined) }
}
