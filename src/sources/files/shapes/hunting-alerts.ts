import { alertLog } from './security-alert.ts'

/** Advanced hunting's AlertInfo: alerts under Graph's ids, without what they name. */
export const huntingAlerts = alertLog({
  name: 'hunting-alerts',
  title: 'AlertInfo of advanced hunting',
  members: ['AlertId', 'Title', 'Category', 'Severity', 'ServiceSource'],
  operation: 'SecurityAlert',
  ids: ['AlertId'],
  times: ['Timestamp', 'TimeGenerated'],
  products: ['ServiceSource'],
})

/** Advanced hunting's AlertEvidence: one row for each of what an alert names, so none of them is an alert. */
export const huntingEvidence = alertLog({
  name: 'hunting-evidence',
  title: 'AlertEvidence of advanced hunting',
  members: ['AlertId', 'EntityType', 'EvidenceRole'],
  operation: 'AlertEvidence',
  ids: [],
  times: ['Timestamp', 'TimeGenerated'],
  products: ['ServiceSource'],
  isDetail: true,
})
