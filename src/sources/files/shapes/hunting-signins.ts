import type { Json, JsonObject } from '../../../activity.ts'
import { logTable, logTableCsv } from './log-table.ts'
import { hasAll, mapOf } from './members.ts'
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
  title: `${table.title} as CSV`,
  columns: ofApplications,
})

function readSignIn(row: JsonObject, truncated: boolean): Shaped | string {
  return signInOf(nest(toGraph(row)), truncated)
}

function* toGraph(row: JsonObject): Generator<[string, Json]> {
  for (const [name, value] of Object.entries(row)) {
    const said =
      (typeof value === 'object' ? undefined : values.get(name)?.get(String(value).trim().toLowerCase())) ?? value
    if (said !== null && said !== '') yield [paths.get(name) ?? name.replaceAll('.', ' '), said]
  }
}
