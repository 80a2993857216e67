import { alertLog } from './security-alert.ts'

/**
 * Alerts of Defender and of what reports to it, as Graph gives them: `security/alerts_v2`, and its first API of them. As CSV they come from
 * Get-MgSecurityAlertV2 and from Microsoft-Extractor-Suite's Get-SecurityAlerts, which has users but no evidence.
 */
export const graphAlerts = alertLog({
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
export const graphIncidents = {
  json: alertLog({ ...incidents, oneOf: ['incidentWebUrl', 'redirectIncidentId', 'determination'] }).json,
  csv: alertLog({ ...incidents, members: [...incidents.members, 'incidentWebUrl'] }).csv,
}
