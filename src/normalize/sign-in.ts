import { deviceCodeTag, type FirstFactor, type Outcome } from '../document.ts'
import { isNobodys } from '../guid.ts'
import { applicationId, applicationName } from '../microsoft/applications.ts'
import { isoOf } from '../time/time.ts'
import { shownId } from '../withheld.ts'
import { addressIn, clientFields } from './client-fields.ts'
import { firstFactorOf, isAfterFirstFactor } from './first-factor.ts'
import { interrupts, isStopped } from './interrupts.ts'
import { at, fieldsOf, objects, restOf, truth, whole, word, words } from './leaves.ts'
import { secondFactorOf } from './second-factor.ts'
import { signInLeaves } from './sign-in-leaves.ts'
import { type DatasetTable, firstOf, lower, madeOf, one, type Reader } from './table.ts'
import { partsOf, userFields, usersNamed } from './users.ts'

const client = clientFields(addressIn(at('ipAddress', word)))

const userPrincipalName = at('userPrincipalName', word)

/** An application that signs in for itself has this, or nothing, for a user. */
const userId = madeOf(at('userId', word), (id) => (isNobodys(id) ? undefined : id))

/** What the portal shows of the outcome; Graph says it by the error code alone. */
const results: ReadonlyMap<string, Outcome> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['interrupted', 'unknown'],
])
const result = at('status.result', word)
const errorCode = at('status.errorCode', whole)

const outcome: Reader<Outcome> = (record, activity) => {
  const shown = results.get(result(record, activity)?.toLowerCase() ?? '')
  const code = errorCode(record, activity)
  if (shown !== undefined || code === undefined) return shown ?? 'unknown'
  return code === 0 ? 'success' : interrupts.has(code) ? 'unknown' : 'failure'
}

const failureReason = at('status.failureReason', word)

/** Of a success the failure's reason is "Other.", which is none; an export may leave out why a sign-in was interrupted. */
const reason: Reader<string> = (record, activity) =>
  outcome(record, activity) === 'success'
    ? undefined
    : (failureReason(record, activity) ?? interrupts.get(errorCode(record, activity) ?? 0))

/** Whether it was stopped before anybody was in; where there is no code, interrupted may be that. */
const isStoppedSignIn: Reader<boolean> = (record, activity) => {
  const code = errorCode(record, activity)
  return code === undefined ? result(record, activity)?.toLowerCase() === 'interrupted' : isStopped(code)
}

const steps = at('authenticationDetails', objects)
const tokenType = at('incomingTokenType', word)

/** What was accepted of a user's sign-in that was stopped after its first factor; that of an application is no password. */
const firstFactor: Reader<FirstFactor> = (record, activity) => {
  if (!isAfterFirstFactor(`${errorCode(record, activity)}`)) return undefined
  if (userId(record, activity) === undefined && userPrincipalName(record, activity) === undefined) return undefined
  return firstFactorOf(steps(record, activity) ?? [], tokenType(record, activity))
}

const detail = at('status.additionalDetails', word)
const method = at('mfaDetail.authMethod', word)

const secondFactor: Reader<string> = (record, activity) =>
  outcome(record, activity) === 'success'
    ? secondFactorOf(steps(record, activity) ?? [], detail(record, activity), method(record, activity))
    : undefined

/**
 * Graph's `authenticationProtocol` and `originalTransferMethod`: a code that was shown on one device was entered on another in this sign-in
 * (`deviceCode`), or in the one that its session goes back to (`deviceCodeFlow`). The portal writes both with blanks.
 */
const waysIn = [at('authenticationProtocol', word), at('originalTransferMethod', word)]
const deviceCodes: ReadonlySet<string> = new Set(['devicecode', 'devicecodeflow'])
const marked = [deviceCodeTag]
const unmarked: readonly string[] = []

/** In whose log it stands. Graph does not say: where user and resource are of one tenant it is that one, for a guest it may be either. */
const homeTenant = at('homeTenantId', word)
const resourceTenant = at('resourceTenantId', word)
const tenantId = firstOf(at('tenantId', word), (record, activity) => {
  const home = homeTenant(record, activity)
  return home !== undefined && home === resourceTenant(record, activity) && !isNobodys(home) ? home : undefined
})

/** Azure's word for the outcome, which Graph says by the error code alone; of an interrupt it has none here. */
const signatures: Readonly<Record<Outcome, string | undefined>> = {
  success: 'SUCCESS',
  failure: 'FAILURE',
  unknown: undefined,
}
const resultSignature: Reader<string> = (record, activity) => signatures[outcome(record, activity) ?? 'unknown']

/** For whom tokens were asked for, as Conditional Access took it. */
const audiences: Reader<readonly string[]> = (record, activity) => {
  const ids = audienceList(record, activity)?.map(({ applicationId = null }) => word(applicationId))
  return ids?.filter((id) => id !== undefined)
}
const audienceList = at('conditionalAccessAudiences', objects)

/** Azure's log category of each kind of sign-in that Graph's `signInEventTypes` tells. */
const logCategories: ReadonlyMap<string, string> = new Map([
  ['interactiveUser', 'SignInLogs'],
  ['nonInteractiveUser', 'NonInteractiveUserSignInLogs'],
  ['servicePrincipal', 'ServicePrincipalSignInLogs'],
  ['managedIdentity', 'ManagedIdentitySignInLogs'],
])
const eventTypes = at('signInEventTypes', words)
const isInteractive = at('isInteractive', truth)
const logCategory: Reader<string> = (record, activity) =>
  (eventTypes(record, activity) ?? (isInteractive(record, activity) ? ['interactiveUser'] : undefined))
    ?.map((type) => logCategories.get(type))
    .find((category) => category !== undefined)

/** Graph's v1.0 has no user agent: it tells of the browser alone, by a name and a version, `Edge 120.0.0`. */
const userAgent = firstOf(at('userAgent', word), at('deviceDetail.browser', word))

const appId = at('appId', word)

/** In Log Analytics `ResourceId` is Entra ID itself, in every row. */
const resourceId = firstOf(at('resourceIdentity', word), at('resourceId', word))

/** What fields are made of that no leaf takes. */
const derived = [
  ...['createdDateTime', 'ipAddress', 'userAgent', 'category', 'identity', 'resultType', 'resultDescription'],
  ...['resourceIdentity', 'tenantId', 'operationName', 'resultSignature'],
]

/** Sign-ins to Entra ID, of users and of service principals, as Graph's `signIn`. */
export const signIn: DatasetTable = {
  dataset: 'azure.signinlogs',
  operations: 'signIn',
  ecsCategory: [],
  fields: {
    ...fieldsOf(signInLeaves),
    'event.kind': 'event',
    'event.module': 'azure',
    'event.provider': 'Entra ID',
    'event.outcome': outcome,
    'event.reason': reason,
    'hoofprint.first_factor': firstFactor,
    'hoofprint.second_factor': secondFactor,
    'user.id': firstOf(userId, userPrincipalName),
    ...userFields(partsOf(userPrincipalName)),
    'user.full_name': at('userDisplayName', word),
    ...client,
    'user_agent.original': userAgent,
    'session.id': madeOf(at('sessionId', word), shownId),
    'application.name': firstOf(at('appDisplayName', word), madeOf(appId, applicationName)),
    'hoofprint.application.id': madeOf(appId, applicationId),
    'azure.signinlogs.caller_ip_address': client['source.ip'],
    'azure.signinlogs.category': firstOf(at('category', word), logCategory),
    'azure.signinlogs.identity': firstOf(at('identity', word), at('userDisplayName', word)),
    'azure.signinlogs.operation_name': firstOf(at('operationName', word), (_record, { operation }) => operation),
    'azure.signinlogs.result_signature': firstOf(at('resultSignature', word), resultSignature),
    'azure.signinlogs.result_type': firstOf(at('resultType', word), at('status.errorCode', word)),
    'azure.signinlogs.result_description': firstOf(at('resultDescription', word), at('status.failureReason', word)),
    'azure.signinlogs.tenant_id': tenantId,
    'azure.tenant_id': tenantId,
    'organization.id': lower(tenantId),
    'azure.signinlogs.properties.resource_id': resourceId,
    'azure.signinlogs.properties.correlation_id': at('correlationId', word),
    'azure.signinlogs.properties.tenant_id': tenantId,
    'azure.signinlogs.properties.conditional_access_audiences.application_id': audiences,
    'azure.signinlogs.properties.created_at': (_record, { time }) => isoOf(time),
    'azure.signinlogs.properties.other': restOf(signInLeaves, derived),
  },
  telling: ['id', 'userPrincipalName', 'userId', 'ipAddress', 'sessionId', 'uniqueTokenIdentifier'].map((name) =>
    at(name, word),
  ),
  markers: (record, activity) =>
    waysIn.some((read) => deviceCodes.has(read(record, activity)?.replaceAll(' ', '').toLowerCase() ?? ''))
      ? marked
      : unmarked,
  sessionIds: one(madeOf(at('uniqueTokenIdentifier', word), shownId)),
  users: (record, activity) => usersNamed([userId(record, activity), userPrincipalName(record, activity)]),
  platform: at('clientAppUsed', word),
  isStopped: isStoppedSignIn,
}
