import { mapOf } from './members.ts'
import { nest } from './nest.ts'
import type { Cells, CsvShape } from './shape.ts'
import { signInOf } from './sign-in.ts'
import { guid, startsRowBy, time } from './starts-row.ts'

/** Graph's name of each of the portal's columns: of users' sign-ins, then those that only service principals' have. */
const paths: ReadonlyMap<string, string> = mapOf({
  'Date (UTC)': 'createdDateTime',
  'Request ID': 'id',
  'User agent': 'userAgent',
  'Correlation ID': 'correlationId',
  'User ID': 'userId',
  User: 'userDisplayName',
  Username: 'userPrincipalName',
  'User type': 'userType',
  'Cross tenant access type': 'crossTenantAccessType',
  'Incoming token type': 'incomingTokenType',
  'Authentication Protocol': 'authenticationProtocol',
  'Unique token identifier': 'uniqueTokenIdentifier',
  'Original transfer method': 'originalTransferMethod',
  'Client credential type': 'clientCredentialType',
  'Token Protection - Sign In Session': 'tokenProtectionStatusDetails.signInSessionStatus',
  'Token Protection - Sign In Session StatusCode': 'tokenProtectionStatusDetails.signInSessionStatusCode',
  Application: 'appDisplayName',
  'Application ID': 'appId',
  'App owner tenant ID': 'appOwnerTenantId',
  Resource: 'resourceDisplayName',
  'Resource ID': 'resourceId',
  'Resource tenant ID': 'resourceTenantId',
  'Resource owner tenant ID': 'resourceOwnerTenantId',
  'Home tenant ID': 'homeTenantId',
  'Home tenant name': 'homeTenantName',
  'IP address': 'ipAddress',
  Location: 'location',
  Status: 'status.result',
  'Sign-in error code': 'status.errorCode',
  'Failure reason': 'status.failureReason',
  'Client app': 'clientAppUsed',
  'Device ID': 'deviceDetail.deviceId',
  Browser: 'deviceDetail.browser',
  'Operating System': 'deviceDetail.operatingSystem',
  Compliant: 'deviceDetail.isCompliant',
  Managed: 'deviceDetail.isManaged',
  'Join Type': 'deviceDetail.trustType',
  'Multifactor authentication result': 'status.additionalDetails',
  'Multifactor authentication auth method': 'mfaDetail.authMethod',
  'Multifactor authentication auth detail': 'mfaDetail.authDetail',
  'Authentication requirement': 'authenticationRequirement',
  'Sign-in identifier': 'signInIdentifier',
  'Session ID': 'sessionId',
  'IP address (seen by resource)': 'ipAddressFromResourceProvider',
  'Through Global Secure Access': 'isThroughGlobalSecureAccess',
  'Global Secure Access IP address': 'globalSecureAccessIpAddress',
  'Autonomous system number': 'autonomousSystemNumber',
  'Flagged for review': 'flaggedForReview',
  'Token issuer type': 'tokenIssuerType',
  'Token issuer name': 'tokenIssuerName',
  Latency: 'processingTimeInMilliseconds',
  'Conditional Access': 'conditionalAccessStatus',
  'Managed Identity type': 'managedServiceIdentity.msiType',
  'Associated Resource Id': 'managedServiceIdentity.associatedResourceId',
  'Federated Token Id': 'managedServiceIdentity.federatedTokenId',
  'Federated Token Issuer': 'managedServiceIdentity.federatedTokenIssuer',
  'Service principal ID': 'servicePrincipalId',
  'Service principal name': 'servicePrincipalName',
  'Credential key ID': 'servicePrincipalCredentialKeyId',
  'Credential thumbprint': 'servicePrincipalCredentialThumbprint',
})

/** Graph's word for what the portal shows in words of its own. */
const words: ReadonlyMap<string, ReadonlyMap<string, string>> = mapOf({
  authenticationRequirement: mapOf({
    'Single-factor authentication': 'singleFactorAuthentication',
    'Multifactor authentication': 'multiFactorAuthentication',
    'Multi-factor authentication': 'multiFactorAuthentication',
  }),
  conditionalAccessStatus: mapOf({ Success: 'success', Failure: 'failure', 'Not Applied': 'notApplied' }),
  userType: mapOf({ Member: 'member', Guest: 'guest' }),
  authenticationProtocol: mapOf({ 'Device code': 'deviceCode', 'Device Code': 'deviceCode' }),
  originalTransferMethod: mapOf({ 'Device code flow': 'deviceCodeFlow', 'Device Code Flow': 'deviceCodeFlow' }),
})

/** Sign-ins downloaded from the Entra admin center: of users, interactive or not, of service principals and managed identities. */
export const entraSignInsCsv: CsvShape = {
  name: 'entra-signins-csv',
  title: 'Sign-ins downloaded from the Entra admin center',
  columns: ['Date (UTC)', 'Request ID', 'Application', 'Status'],
  optional: [...paths.keys(), 'Autonomous system  number'],
  times: ['Date (UTC)'],
  startsRow: startsRowBy({ 'Date (UTC)': time, 'Request ID': guid, 'Correlation ID': guid }),
  read: (cells) => signInOf(nest(toGraph(cells)), false),
}

/** Empty cells say nothing; columns that nobody knows keep their names. */
function* toGraph(cells: Cells): Generator<[string, string]> {
  for (const [column, cell] of Object.entries(cells)) {
    if (cell.trim() === '') continue
    const path = paths.get(column) ?? pathOf(column)
    yield [path, words.get(path)?.get(cell) ?? cell]
  }
}

function pathOf(column: string): string {
  const name = column.replaceAll(/\s+/g, ' ') // `Autonomous system  number`
  return paths.get(name) ?? name.replaceAll('.', ' ')
}
