import { auditCsv } from './audit-csv.ts'

/** Advanced hunting's CloudAppEvents: the audit record is in RawEventData. */
export const cloudAppEventsCsv = auditCsv({
  name: 'cloud-app-events-csv',
  title: 'CloudAppEvents of advanced hunting as CSV',
  columns: ['ActionType', 'RawEventData'],
  data: 'RawEventData',
  beside: { Id: 'ReportId', CreationTime: 'Timestamp', Operation: 'ActionType', ClientIP: 'IPAddress' },
  operatorsDates: true,
})
