import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { graphAddress, isGraphAddress, mailboxAsked } from '../../../microsoft/graph-address.ts'
import { parseCultureTime, whyNoTime } from '../../../time/culture-time.ts'
import { isWithheld } from '../../../withheld.ts'
import { isTooDeep } from '../depth.ts'
import { lowerCamel } from './camel.ts'
import { fullnessOf } from './fullness.ts'
import { logTable } from './log-table.ts'
import { member, textOf } from './members.ts'
import { timeText } from './powershell.ts'
import { hashId } from './record-id.ts'
import type { Shaped } from './shape.ts'
import { unfold } from './unfold.ts'

// Column names: learn.microsoft.com/azure/azure-monitor/reference/tables/microsoftgraphactivitylogs, where `TenantId` is the workspace, and
// learn.microsoft.com/defender-xdr/advanced-hunting-graphapiauditevents-table, whose token id is the other table's SignInActivityId.
const names: ReadonlyMap<string, string> = new Map([
  ['tenantId', 'workspaceId'],
  ['aadTenantId', 'tenantId'],
  ['accountObjectId', 'userId'],
  ['applicationId', 'appId'],
  ['requestDuration', 'durationMs'],
  ['responseSize', 'responseSizeBytes'],
  ['uniqueTokenIdentifier', 'signInActivityId'],
])

// What diagnostic settings send calls the session and the device by their claims in the token (elastic/integrations, azure,
// test-activitylogs-raw.log, of which it makes `session.id` and `device.id`).
const claims: ReadonlyMap<string, string> = new Map([
  ['c_Sid', 'sessionId'],
  ['c_DeviceId', 'deviceId'],
])

const columns = `TenantId AadTenantId RequestId OperationId ClientRequestId ApiVersion ResponseStatusCode IPAddress
  UserAgent DurationMs RequestDuration ResponseSizeBytes ResponseSize AppId UserId SignInActivityId
  UniqueTokenIdentifier Roles TokenIssuedAt ApplicationId AccountObjectId ServicePrincipalId Scopes IdentityProvider
  ClientAuthMethod SessionId DeviceId EntityType TargetWorkload ReportId`.split(/\s+/)

const operation = 'Microsoft Graph Activity' // What Azure calls every request; tables have no name for it.

/** Requests to Microsoft Graph: Log Analytics' table, Defender's, and the records of diagnostic settings, which are Graph's in Azure's envelope. */
export const graphActivity = logTable({
  name: 'graph-activity',
  title: 'Requests to Microsoft Graph (MicrosoftGraphActivityLogs, GraphApiAuditEvents, diagnostic settings)',
  columns: ['RequestUri', 'RequestMethod'],
  holds: (cells) => isGraphAddress(cells['RequestUri'] ?? ''),
  optional: columns,
  times: ['TimeGenerated', 'Timestamp'],
  recognizes: (record) => isRequest(record) || isEnvelope(record),
  read: (row, truncated) => requestOf(isEnvelope(row) ? unpacked(row) : toGraph(row, names), truncated),
})

function isEnvelope(record: JsonObject): boolean {
  return !isRequest(record) && isRequest(propertiesOf(record))
}

function isRequest(record: JsonObject): boolean {
  return member(record, 'requestMethod') !== undefined && isGraphAddress(textOf(member(record, 'requestUri')) ?? '')
}

function propertiesOf({ properties = null }: JsonObject): JsonObject {
  const inner = isTooDeep(properties) ? null : unfold(properties)
  return isObject(inner) ? inner : {}
}

/** The envelope tells little, and some of that, such as the duration, as text; what the properties tell too they tell better. */
function unpacked(record: JsonObject): JsonObject {
  const { time: at = null, callerIpAddress = null, correlationId = null } = record
  return { time: at, callerIpAddress, correlationId, ...toGraph(propertiesOf(record), claims) }
}

function toGraph(record: JsonObject, renamed: ReadonlyMap<string, string>): JsonObject {
  const named = Object.entries(record).map(([name, value]): [string, Json] => {
    const camel = lowerCamel(name)
    return [renamed.get(camel) ?? camel, value]
  })
  // Of two names of one thing the one that says something counts.
  const isEmpty = ([, value]: [string, Json]) => value === null || value === ''
  return Object.fromEntries([...named.filter(isEmpty), ...named.filter((one) => !isEmpty(one))])
}

function requestOf(record: JsonObject, truncated: boolean): Shaped | string {
  if (isTooDeep(record)) return 'nested deeper than a request can be'
  const told = ['timeGenerated', 'timestamp', 'time'].map((name) => timeText(record[name]))
  const at = told.find((text) => text !== undefined)
  const ms = parseCultureTime(at)
  if (ms === undefined) return at === undefined ? 'no TimeGenerated' : whyNoTime('TimeGenerated', at)

  const userId = textOf(record['userId'])
  const mailbox = mailboxAsked(graphAddress(textOf(record['requestUri']) ?? ''), userId)
  const own = { dataset: 'azure.graphactivitylogs', time: ms, operation, mailbox, record, truncated } as const
  const id = idOf(record)
  return id === undefined ? { ...own, id: hashId(record), fullness: 0 } : { ...own, id, fullness: fullnessOf(record) }
}

/**
 * Microsoft says of the requests of a batch that they share the batch's OperationId, and not that each has a RequestId of its own: so what was
 * asked for and what came of it are of the id too. With its time that is one request, in whatever table it stands.
 */
function idOf({ requestId = null, requestMethod = null, requestUri = null, responseStatusCode = null }: JsonObject) {
  const id = textOf(requestId)?.toLowerCase()
  const status = typeof responseStatusCode === 'number' ? `${responseStatusCode}` : responseStatusCode
  return id === undefined || isWithheld(id) ? undefined : hashId([id, requestMethod, requestUri, status])
}
