import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { jsonCell } from './json-cell.ts'
import { logTable, logTableCsv } from './log-table.ts'
import { hasAll, mapOf, member, said } from './members.ts'
import { nest } from './nest.ts'
import type { Shaped } from './shape.ts'
import { signInOf } from './sign-in.ts'
import { signInColumns } from './sign-in-columns.ts'
import { guid } from './starts-row.ts'

// Where Graph has what advanced hunting's tables of sign-ins say in other words: AADSignInEventsBeta, since December 2025 EntraIdSignInEvents,
// and AADSpnSignInEventsBeta and EntraIdSpnSignInEvents of applications (MicrosoftDocs/defender-docs, advanced-hunting-…-table.md).
const paths: ReadonlyMap<string, string> = mapOf({
  Timestamp: 'createdDateTime',
  RequestId: 'id',
  Application: 'appDisplayName',
  ApplicationId: 'appId',
  LogonType: 'signInEventTypes',
  IsManagedIdentity: 'signInEventTypes',
  ErrorCode: 'status.errorCode',
  AccountDisplayName: 'userDisplayName',
  AccountObjectId: 'userId',
  AccountUpn: 'userPrincipalName',
  IsGuestUser: 'userType',
  DeviceName: 'deviceDetail.displayName',
  EntraIdDeviceId: 'deviceDetail.deviceId',
  AadDeviceId: 'deviceDetail.deviceId',
  OSPlatform: 'deviceDetail.operatingSystem',
  DeviceTrustType: 'deviceDetail.trustType',
  IsManaged: 'deviceDetail.isManaged',
  IsCompliant: 'deviceDetail.isCompliant',
  Browser: 'deviceDetail.browser',
  Country: 'location.countryOrRegion',
  State: 'location.state',
  City: 'location.city',
  Latitude: 'location.geoCoordinates.latitude',
  Longitude: 'location.geoCoordinates.longitude',
  UniqueTokenId: 'uniqueTokenIdentifier',
})

const truths = mapOf<Json>({ 0: false, 1: true })
// 0 is "not set".
const riskLevels = mapOf<Json>({ 0: '', 1: 'none', 10: 'low', 50: 'medium', 100: 'high' })

/** Graph's word for what these tables number. */
const values: ReadonlyMap<string, ReadonlyMap<string, Json>> = mapOf({
  IsManagedIdentity: mapOf<Json>({
    true: 'managedIdentity',
    1: 'managedIdentity',
    false: 'servicePrincipal',
    0: 'servicePrincipal',
  }),
  IsGuestUser: mapOf<Json>({ true: 'guest', 1: 'guest', false: 'member', 0: 'member' }),
  IsManaged: truths,
  IsCompliant: truths,
  TokenIssuerType: mapOf<Json>({ 0: 'AzureAD', 1: 'ADFederationServices' }),
  ConditionalAccessStatus: mapOf<Json>({ 0: 'success', 1: 'failure', 2: 'notApplied' }),
  RiskLevelAggregated: riskLevels,
  RiskLevelDuringSignIn: riskLevels,
  RiskState: mapOf<Json>({
    0: 'none',
    1: 'confirmedSafe',
    2: 'remediated',
    3: 'dismissed',
    4: 'atRisk',
    5: 'confirmedCompromised',
  }),
})

const ofUsers = ['ErrorCode', 'IPAddress', 'AccountUpn']
const ofApplications = ['ErrorCode', 'IPAddress', 'ServicePrincipalId']
const table = {
  title: 'Sign-ins of advanced hunting (AADSignInEventsBeta, EntraIdSignInEvents)',
  optional: [...paths.keys(), ...signInColumns],
  times: ['Timestamp'],
  begins: { RequestId: guid },
  keepsEmpty: true,
  read: readSignIn,
}

/** Sign-ins of advanced hunting, as its API gives them; those of users as Defender's portal exports them. */
export const huntingSignIns = logTable({
  ...table,
  name: 'hunting-signins',
  columns: ofUsers,
  recognizes: (record) => hasAll(record, 'Timestamp', ...ofUsers) || hasAll(record, 'Timestamp', ...ofApplications),
})

/** Those of applications. */
export const huntingApplicationSignInsCsv = logTableCsv({
  ...table,
  name: 'hunting-spn-signins-csv',
  columns: ofApplications,
})

function readSignIn(row: JsonObject, truncated: boolean): Shaped | string {
  return signInOf(nest(toGraph(row, paths, values)), truncated)
}

// Where Graph has what IdentityLogonEvents says (advanced-hunting-identitylogonevents-table.md). Its application is the product that is connected to
// Defender, not what somebody signed in to.
const ofLogons: ReadonlyMap<string, string> = mapOf({
  ActionType: 'status.result',
  FailureReason: 'status.failureReason',
  AccountDisplayName: 'userDisplayName',
  AccountObjectId: 'userId',
  AccountUpn: 'userPrincipalName',
  DeviceName: 'deviceDetail.displayName',
  OSPlatform: 'deviceDetail.operatingSystem',
  Location: 'location.countryOrRegion',
})
const results = mapOf({ ActionType: mapOf<Json>({ logonsuccess: 'Success', logonfailed: 'Failure' }) })

/**
 * Logons that Defender repeats from other logs. Those of Entra have the id of the sign-in, so they are the same event as the sign-in wherever
 * that is told, which says more; of others nothing proves that no other log has them, so none is counted.
 */
export const huntingLogons = logTable({
  name: 'hunting-logons',
  title: 'IdentityLogonEvents of advanced hunting',
  columns: ['ActionType', 'LogonType', 'FailureReason', 'AccountUpn', 'IPAddress', 'AdditionalFields'],
  optional: [...ofLogons.keys()],
  times: ['Timestamp', 'TimeGenerated'],
  read: logonOf,
})

// A copy that says less than any sign-in does, but is not cut off.
const leastOfAll = 1

function logonOf(row: JsonObject, truncated: boolean): Shaped | string {
  const further = jsonCell(member(row, 'AdditionalFields') ?? null)
  const id = isObject(further) ? said(further['Request ID']) : undefined
  if (id === undefined || !guid.test(id)) {
    return 'a logon that Defender repeats without the request id of a sign-in (one of Active Directory, or of another application): nothing tells it from those of other logs, so it is not counted'
  }
  const created = said(member(row, 'Timestamp')) ?? said(member(row, 'TimeGenerated'))
  const named = nest(toGraph(row, ofLogons, results))
  const shaped = signInOf({ ...named, id, ...(created !== undefined && { createdDateTime: created }) }, truncated)
  return typeof shaped === 'string' ? shaped : { ...shaped, fullness: leastOfAll }
}

/** What says something, at Graph's paths and in Graph's words. */
function* toGraph(
  row: JsonObject,
  places: ReadonlyMap<string, string>,
  words: ReadonlyMap<string, ReadonlyMap<string, Json>>,
): Generator<[string, Json]> {
  for (const [name, value] of Object.entries(row)) {
    const word = typeof value === 'object' ? undefined : String(value).trim().toLowerCase()
    const told = words.get(name)?.get(word ?? '') ?? value
    if (told !== null && told !== '') yield [places.get(name) ?? name.replaceAll('.', ' '), told]
  }
}
