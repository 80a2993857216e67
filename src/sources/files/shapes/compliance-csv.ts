import { auditCsv } from './audit-csv.ts'

/** The audit search of the old Security & Compliance portal: four columns, ISO 8601 dates. */
export const complianceCsv = auditCsv({
  name: 'compliance-csv',
  title: 'audit search of the old Security & Compliance portal',
  columns: ['CreationDate', 'UserIds', 'Operations', 'AuditData'],
  lacks: ['RecordType', 'ResultIndex', 'Identity'],
  data: 'AuditData',
  beside: { CreationTime: 'CreationDate', Operation: 'Operations', UserId: 'UserIds' },
  operatorsDates: true,
})
