import { parseCultureTime } from '../../time/culture-time.ts'
import { isoOf } from '../../time/time.ts'
import { integer, type Kind, type Leaves, leaf, truth, whole, word } from '../leaves.ts'

/** Scopes, roles and the like: one text with blanks between. */
const spaced: Kind<readonly string[]> = (value) => {
  const all = (typeof value === 'string' ? value.split(/\s+/) : []).filter((one) => one !== '')
  return all.length === 0 ? undefined : all
}

const moment: Kind<string> = (value) => {
  const time = typeof value === 'string' ? parseCultureTime(value) : undefined
  return time === undefined ? undefined : isoOf(time)
}

/** The properties of a request where the azure integration's `azure.graphactivitylogs` has them. */
export const requestLeaves: Leaves = {
  'azure.correlation_id': leaf('correlationId', word),
  'azure.tenant_id': leaf('tenantId', word),
  'azure.graphactivitylogs.properties.api_version': leaf('apiVersion', word),
  'azure.graphactivitylogs.properties.app_id': leaf('appId', word),
  'azure.graphactivitylogs.properties.client_auth_method': leaf('clientAuthMethod', integer),
  'azure.graphactivitylogs.properties.client_request_id': leaf('clientRequestId', word),
  'azure.graphactivitylogs.properties.device_id': leaf('deviceId', word),
  'azure.graphactivitylogs.properties.identity_provider': leaf('identityProvider', word),
  'azure.graphactivitylogs.properties.is_replay': leaf('isReplay', truth),
  'azure.graphactivitylogs.properties.operation_id': leaf('operationId', word),
  'azure.graphactivitylogs.properties.roles': leaf('roles', spaced),
  'azure.graphactivitylogs.properties.scopes': leaf('scopes', spaced),
  'azure.graphactivitylogs.properties.service_principal_id': leaf('servicePrincipalId', word),
  'azure.graphactivitylogs.properties.session_id': leaf('sessionId', word),
  'azure.graphactivitylogs.properties.sign_in_activity_id': leaf('signInActivityId', word),
  'azure.graphactivitylogs.properties.token_issued_at': leaf('tokenIssuedAt', moment),
  'azure.graphactivitylogs.properties.wids': leaf('wids', spaced),
  // The region that answered, never the client's place.
  'cloud.region': leaf('location', word),
  'http.request.id': leaf('requestId', word),
  'http.request.method': leaf('requestMethod', word),
  'http.response.body.bytes': leaf('responseSizeBytes', whole),
  'http.response.status_code': leaf('responseStatusCode', whole),
  'url.original': leaf('requestUri', word),
}
