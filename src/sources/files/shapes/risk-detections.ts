import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { atSecond, isAudit, readAudit } from './audit-record.ts'
import { lowerCamel, upperCamel } from './camel.ts'
import { jsonCell } from './json-cell.ts'
import { logTable } from './log-table.ts'
import { hasAll, isEmpty, member, objectAt, said, whole } from './members.ts'
import { isOfSession, isoTime, timeText } from './powershell.ts'
import type { Shaped } from './shape.ts'

/**
 * What Entra ID Protection found risky, at the time of what was risky: Graph's `riskDetection`, Log Analytics' AADUserRiskEvents, and the same of
 * diagnostic settings, in Azure's envelope; of users and of applications. The audit log has them as AadRiskDetection, so they become such records.
 */
export const riskDetections = logTable({
  name: 'risk-detections',
  title: 'Risk detections of Entra ID Protection (Graph, Get-MgRiskDetection, AADUserRiskEvents, diagnostic settings)',
  columns: ['RiskEventType', 'RiskLevel', 'RiskState'],
  times: ['ActivityDateTime', 'DetectedDateTime', 'LastUpdatedDateTime', 'TimeGenerated'],
  begins: { Activity: /^[a-z]+$/i },
  recognizes: (record) => isDetection(record) || isEnvelope(record),
  read: (row, truncated) => detectionOf(isEnvelope(row) ? unwrapped(row) : row, truncated),
})

function isEnvelope(record: JsonObject): boolean {
  return !isDetection(record) && isDetection(objectAt(record, 'properties'))
}

function isDetection(record: JsonObject): boolean {
  return hasAll(record, 'riskEventType', 'riskState', 'detectedDateTime') && !isAudit(record)
}

/** In the envelope alone stands the tenant. */
function unwrapped(envelope: JsonObject): JsonObject {
  return { organizationId: member(envelope, 'tenantId') ?? '', ...objectAt(envelope, 'properties') }
}

/** Members that have another name in the schema, or a place of their own. */
const placed: ReadonlySet<string> = new Set([
  ...['id', 'ipAddress', 'userId', 'userPrincipalName', 'servicePrincipalId', 'servicePrincipalDisplayName'],
  ...['operationName', 'organizationId', 'additionalInfo', 'location'],
])
const times: ReadonlySet<string> = new Set(['activityDateTime', 'detectedDateTime', 'lastUpdatedDateTime'])

function detectionOf(row: JsonObject, truncated: boolean): Shaped | string {
  const at = (name: string) => said(member(row, name))
  const timeAt = (name: string) => timeText(member(row, name))
  const info = jsonCell(member(row, 'additionalInfo') ?? null)
  const others = Object.entries(row).flatMap(([name, value]) =>
    placed.has(lowerCamel(name)) || isOfSession(name) || isEmpty(value) ? [] : [[upperCamel(name), inIso(name, value)]],
  )
  const record: JsonObject = {
    ...(Object.fromEntries(others) as JsonObject),
    ...whole({
      CreationTime: timeAt('activityDateTime') ?? timeAt('detectedDateTime') ?? timeAt('TimeGenerated'),
      Id: at('id'),
      Operation: 'AadRiskDetection',
      OrganizationId: at('organizationId'),
      RecordType: 294,
      Workload: 'AzureActiveDirectory',
      UserId: at('userPrincipalName') ?? at('servicePrincipalDisplayName'),
      UserKey: at('userId') ?? at('servicePrincipalId'),
      ClientIP: at('ipAddress'),
      UserAgent: detail(info, 'userAgent'),
      Location: isEmpty(member(row, 'location')) ? undefined : jsonCell(member(row, 'location') ?? null),
      AdditionalInfo: isEmpty(info) ? undefined : info,
    }),
  }
  return atSecond(readAudit(record, truncated))
}

function inIso(name: string, value: Json): Json {
  return (times.has(lowerCamel(name)) ? isoTime(value) : undefined) ?? value
}

/** `[{"Key":"userAgent","Value":"…"}]`. */
function detail(info: Json, key: string): string | undefined {
  const found = (Array.isArray(info) ? info : []).filter(isObject).find((one) => member(one, 'key') === key)
  return found === undefined ? undefined : said(member(found, 'value'))
}
