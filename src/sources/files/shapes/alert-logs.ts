import type { Json, JsonObject } from '../../../activity.ts'
import { namesIn } from '../../../microsoft/alert-names.ts'
import { atSecond, readAudit } from './audit-record.ts'
import { upperCamel } from './camel.ts'
import { jsonCell } from './json-cell.ts'
import { logTable } from './log-table.ts'
import { hasAll, isEmpty, member, said, whole } from './members.ts'
import { isOfSession, isoTime, isTypeName, timeText } from './powershell.ts'
import type { Shaped, Shapes } from './shape.ts'

/** What one product of Microsoft's says of alerts, or of the incidents that alerts are gathered in. */
interface AlertLog {
  readonly name: string
  readonly title: string
  /** A record is one when it has all of these. */
  readonly members: readonly string[]
  /** Others of which it needs one. */
  readonly oneOf?: readonly string[]
  /** What the records are called in documents. */
  readonly operation: string
  /** Where the id stands that it has in other products too; of several the first that says it. None: it is known by all it says. */
  readonly ids: readonly string[]
  /** Where the time stands of what it tells of; of several the first that says it. */
  readonly times: readonly string[]
  /** Which product raised it. */
  readonly products: readonly string[]
  /** Whether it only says what an alert names: then it is about nobody's mailbox, for the alert is. */
  readonly isDetail?: boolean
}

/** Advanced hunting's AlertInfo: alerts under Graph's ids, without what they name. */
const huntingAlerts = alertLog({
  name: 'hunting-alerts',
  title: 'AlertInfo of advanced hunting',
  members: ['AlertId', 'Title', 'Category', 'Severity', 'ServiceSource'],
  operation: 'SecurityAlert',
  ids: ['AlertId'],
  times: ['Timestamp', 'TimeGenerated'],
  products: ['ServiceSource'],
})

/** Advanced hunting's AlertEvidence: one row for each of what an alert names, so none of them is an alert. */
const huntingEvidence = alertLog({
  name: 'hunting-evidence',
  title: 'AlertEvidence of advanced hunting',
  members: ['AlertId', 'EntityType', 'EvidenceRole'],
  operation: 'AlertEvidence',
  ids: [],
  times: ['Timestamp', 'TimeGenerated'],
  products: ['ServiceSource'],
  isDetail: true,
})

/** SecurityAlert of Log Analytics: alerts of every product that is connected. VendorOriginalId is the id that the product gave it. */
export const sentinelAlerts = alertLog({
  name: 'sentinel-alerts',
  title: 'SecurityAlert of Log Analytics or Sentinel',
  members: ['SystemAlertId', 'AlertSeverity'],
  operation: 'SecurityAlert',
  ids: ['VendorOriginalId', 'SystemAlertId'],
  times: ['StartTime', 'TimeGenerated'],
  products: ['ProviderName', 'ProductName'],
})

/** The same under the names that the queries of msticpy give its columns (`SecurityAlert.list_alerts`), which notebooks save. */
const notebookAlerts = alertLog({
  name: 'notebook-alerts',
  title: 'SecurityAlert of Log Analytics or Sentinel, as msticpy queries it',
  members: ['SystemAlertId', 'Severity', 'StartTimeUtc'],
  operation: 'SecurityAlert',
  ids: ['VendorOriginalId', 'ProviderAlertId', 'SystemAlertId'],
  times: ['StartTimeUtc', 'TimeGenerated'],
  products: ['ProviderName', 'ProductName'],
})

/** SecurityIncident of Log Analytics: a row each time that somebody or something changed the incident, which is one event. */
export const sentinelIncidents = alertLog({
  name: 'sentinel-incidents',
  title: 'SecurityIncident of Log Analytics or Sentinel',
  members: ['IncidentName', 'IncidentNumber', 'Severity'],
  operation: 'SecurityIncident',
  ids: ['IncidentName'],
  times: ['CreatedTime', 'FirstActivityTime', 'TimeGenerated'],
  products: ['ProviderName'],
})

/**
 * Alerts of Defender and of what reports to it, as Graph gives them: `security/alerts_v2`, and its first API of them. As CSV they come from
 * Get-MgSecurityAlertV2 and from Microsoft-Extractor-Suite's Get-SecurityAlerts, which has users but no evidence.
 */
const graphAlerts = alertLog({
  name: 'graph-alerts',
  title:
    "Alerts of Defender, as Graph gives them (alerts_v2, Get-MgSecurityAlertV2, Microsoft-Extractor-Suite's Get-SecurityAlerts)",
  members: ['title', 'severity', 'status', 'createdDateTime'],
  oneOf: ['serviceSource', 'detectionSource', 'vendorInformation'],
  operation: 'SecurityAlert',
  ids: ['id'],
  times: ['firstActivityDateTime', 'eventDateTime', 'createdDateTime'],
  products: ['serviceSource', 'detectionSource', 'provider'],
})

const incidents = {
  name: 'graph-incidents',
  title: 'Incidents of Defender, as Graph gives them, with or without their alerts',
  members: ['displayName', 'severity', 'status', 'createdDateTime'],
  operation: 'SecurityIncident',
  ids: ['id'],
  times: ['createdDateTime'],
  products: [],
}

/**
 * What Defender gathered alerts in; asked for with its alerts, it names all that they name. Who asks for some of its members may leave out its link, by
 * which alone a table is known.
 */
const graphIncidents = {
  json: alertLog({ ...incidents, oneOf: ['incidentWebUrl', 'redirectIncidentId', 'determination'] }).json,
  csv: alertLog({ ...incidents, members: [...incidents.members, 'incidentWebUrl'] }).csv,
}

/** All of them, the most particular first. */
export const alertLogs = [
  ...[huntingEvidence, huntingAlerts, sentinelAlerts, notebookAlerts, sentinelIncidents, graphIncidents, graphAlerts],
]

/** Its shapes: JSON, and what PowerShell or a portal saves as CSV. */
function alertLog(log: AlertLog): Shapes {
  const { name, title, members, oneOf = [], times } = log
  return logTable({
    name,
    title,
    columns: members,
    times,
    keepsEmpty: true,
    recognizes: (record) =>
      hasAll(record, ...members) && (oneOf.length === 0 || oneOf.some((one) => hasAll(record, one))),
    read: (row, truncated) => alertOf(log, row, truncated),
  })
}

function alertOf(log: AlertLog, row: JsonObject, truncated: boolean): Shaped | string {
  const first = (names: readonly string[]) =>
    names.map((name) => said(member(row, name))).find((one) => one !== undefined)
  const at = log.times.map((name) => timeText(member(row, name))).find((one) => one !== undefined)
  const told = Object.entries(row).flatMap(([name, value]) =>
    placed.has(name.toLowerCase()) || isOfSession(name) || isEmpty(value) ? [] : [[upperCamel(name), jsonCell(value)]],
  )
  const own = Object.fromEntries(told) as JsonObject
  const ofWorkspace = member(row, 'WorkspaceSubscriptionId') !== undefined || member(row, 'TimeGenerated') !== undefined
  const tenant = said(member(row, 'tenantId'))
  return atSecond(
    readAudit(
      {
        ...own,
        ...whole({
          CreationTime: isoTime(at) ?? at,
          Id: first(log.ids),
          Operation: log.operation,
          Workload: first(log.products),
          // Log Analytics has its workspace there.
          ...(ofWorkspace ? { WorkspaceId: tenant } : { OrganizationId: tenant }),
          AlertEntityId: log.isDetail === true ? undefined : namesIn(own).users[0],
        }),
      },
      truncated || naming.some((name) => isOnlyType(member(row, name))),
    ),
  )
}

/** Members that have a place of their own. */
const placed: ReadonlySet<string> = new Set(['id', 'tenantid', 'operation', 'workload', 'creationtime', 'userid'])

/** Where whom it names stands, of which PowerShell may have written the type alone. */
const naming = ['evidence', 'alerts', 'userStates'] as const

function isOnlyType(value: Json | undefined): boolean {
  return typeof value === 'string' && isTypeName(value.trim())
}
