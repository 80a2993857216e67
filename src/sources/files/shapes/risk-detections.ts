import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { parseCultureTime } from '../../../time/culture-time.ts'
import { isoOf } from '../../../time/time.ts'
import { atSecond, isAudit, readAudit } from './audit-record.ts'
import { lowerCamel, upperCamel } from './camel.ts'
import { jsonCell } from './json-cell.ts'
import { logTableCsv } from './log-table.ts'
import { hasAll, isEmpty, member, objectAt, said, whole } from './members.ts'
import { isOfSession, timeText } from './powershell.ts'
import type { JsonShape, Shaped } from './shape.ts'
import { inUtc } from './zoned-times.ts'

/**
 * What Entra ID Protection found risky, at the time of what was risky: Graph's `riskDetection`, Log Analytics' AADUserRiskEvents, and the same of
 * diagnostic settings, in Azure's envelope; of users and of applications. The audit log has them as AadRiskDetection, so they become such records.
 */
export const riskDetections: JsonShape = {
  name: 'risk-detections',
  title: 'Risk detections of Entra ID Protection (Graph, AADUserRiskEvents, diagnostic settings) as JSON',
  recognizes: (record) => isDetection(record) || isDetection(objectAt(record, 'properties')),
  read: (record, truncated) =>
    isDetection(record) ? detectionOf(record, truncated) : detectionOf(unwrapped(record), truncated),
}

/** The same as scripts save Graph's with PowerShell, or as the page of Log Analytics exports its table. */
export const riskDetectionsCsv = logTableCsv({
  name: 'risk-detections-csv',
  title: 'Risk detections of Entra ID Protection (Get-MgRiskDetection, AADUserRiskEvents) as CSV',
  columns: ['RiskEventType', 'RiskLevel', 'RiskState'],
  times: ['ActivityDateTime', 'DetectedDateTime', 'LastUpdatedDateTime', 'TimeGenerated'],
  begins: { Activity: /^[a-z]+$/i },
  read: detectionOf,
})

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

function detectionOf(given: JsonObject, truncated: boolean): Shaped | string {
  const row = inUtc(given)
  if (typeof row === 'string') return row
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

/** One time in one form, however it was exported. */
function inIso(name: string, value: Json): Json {
  const time = times.has(lowerCamel(name)) ? parseCultureTime(timeText(value)) : undefined
  return time === undefined ? value : isoOf(time)
}

/** `[{"Key":"userAgent","Value":"…"}]`. */
function detail(info: Json, key: string): string | undefined {
  const found = (Array.isArray(info) ? info : []).filter(isObject).find((one) => member(one, 'key') === key)
  return found === undefined ? undefined : said(member(found, 'value'))
}
