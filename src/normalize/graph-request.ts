import { type Outcome, serviceTag } from '../document.ts'
import { applicationId, applicationName, isServiceApplication } from '../microsoft/applications.ts'
import type { GraphAddress } from '../microsoft/graph-address.ts'
import { lastOf } from '../remember.ts'
import { shownId } from '../withheld.ts'
import { addressIn, clientFields } from './client-fields.ts'
import { address, mailAsked, requestKind } from './graph/kinds.ts'
import { requestLeaves } from './graph/leaves.ts'
import { at, fieldsOf, restOf, whole, word } from './leaves.ts'
import { type DatasetTable, firstOf, lower, madeOf, one, type Reader } from './table.ts'
import { partsOf, targetFields } from './users.ts'

const clientAddress = firstOf(at('ipAddress', word), at('callerIpAddress', word))

/** Of what an application did for itself there is none. */
const userId = lower(at('userId', word))
const appId = at('appId', word)
const principalId = at('servicePrincipalId', word)

/** Of whom the token is (`idtyp`), and his id in Entra: where tables leave it out, it is that of the user or else of the service principal. */
const ofWhom: Reader<string> = (record, activity) =>
  userId(record, activity) !== undefined ? 'user' : principalId(record, activity) !== undefined ? 'app' : undefined
const ofWhomId = firstOf(at('userPrincipalObjectID', word), userId, principalId)

const sessionId = at('sessionId', word)

const status = at('responseStatusCode', whole)

/** What failed changed and gave nothing; where else than here an answer is (3xx), nobody knows whether it was fetched. */
const outcome: Reader<Outcome> = (record, activity) => {
  const hundreds = Math.floor((status(record, activity) ?? 0) / 100)
  return hundreds === 2 ? 'success' : hundreds === 4 || hundreds === 5 ? 'failure' : 'unknown'
}

/** Whom the address names, where that is not whoever asks. */
const named: Reader<string> = (record, activity) => {
  const { owner } = address(record, activity) as GraphAddress
  return owner === 'me' || owner === userId(record, activity) ? undefined : owner
}

const tokenId = at('signInActivityId', word)

/** A URL's own parts, as they stand in it. */
const url = lastOf((text: string) => /^(?:https?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/i.exec(text))
const urlPart = (part: 1 | 2 | 3) => madeOf(at('requestUri', word), (text) => url(text)?.[part] || undefined)

/** What fields are made of that no leaf takes. */
const derived = [
  ...['time', 'timeGenerated', 'timestamp', 'ipAddress', 'callerIpAddress', 'userAgent', 'userId'],
  ...['c_Idtyp', 'userPrincipalObjectID'],
]

/**
 * Requests to Microsoft Graph, as diagnostic settings record them: what was asked for and whether it was answered, not what the answer held.
 * Exchange may record the same access, so none of them counts as a mail read or as a change.
 */
export const graphRequest: DatasetTable = {
  dataset: 'azure.graphactivitylogs',
  operations: 'request',
  ecsCategory: ['web'],
  fields: {
    ...fieldsOf(requestLeaves),
    'event.kind': 'event',
    'event.module': 'azure',
    'event.provider': 'Microsoft Graph',
    'event.outcome': outcome,
    'user.id': firstOf(userId, lower(principalId), lower(appId)),
    'user.target.id': named,
    ...targetFields(partsOf(named)),
    'organization.id': lower(at('tenantId', word)),
    ...clientFields(addressIn(clientAddress)),
    'user_agent.original': at('userAgent', word),
    'session.id': madeOf(sessionId, shownId),
    'token.id': tokenId,
    'device.id': at('deviceId', word),
    'application.name': madeOf(appId, applicationName),
    'hoofprint.application.id': madeOf(appId, applicationId),
    'email.local_id': mailAsked,
    'url.domain': lower(urlPart(1)),
    'url.path': urlPart(2),
    'url.query': urlPart(3),
    'hoofprint.request': requestKind,
    // What Elastic's rules ask of these, by the names of the diagnostic record, which has the status as text.
    'azure.graphactivitylogs.result_signature': at('responseStatusCode', word),
    'azure.graphactivitylogs.properties.c_idtyp': firstOf(at('c_Idtyp', word), ofWhom),
    'azure.graphactivitylogs.properties.c_sid': sessionId,
    'azure.graphactivitylogs.properties.user_principal_object_id': ofWhomId,
    'azure.graphactivitylogs.properties.other': restOf(requestLeaves, derived),
  },
  variant: requestKind,
  telling: [at('requestId', word), at('userId', word), sessionId, clientAddress, tokenId],
  // For itself a service of Microsoft's asks from its own addresses; for a user it asks as the user's client.
  markers: (record, activity) =>
    userId(record, activity) === undefined && isServiceApplication(appId(record, activity) ?? '') ? [serviceTag] : [],
  // It is the sign-in's uniqueTokenIdentifier (Microsoft, "Microsoft Graph activity logs"), of which a token's session is known.
  sessionIds: one(madeOf(tokenId, shownId)),
}
