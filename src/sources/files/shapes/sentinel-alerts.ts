import { alertLog } from './security-alert.ts'

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
export const notebookAlerts = alertLog({
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
