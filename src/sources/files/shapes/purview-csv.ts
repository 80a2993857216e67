import { auditCsv } from './audit-csv.ts'

/** "Download all results" of an audit search in the Purview portal. Dates are US in 2023, ISO 8601 since. */
export const purviewCsv = auditCsv({
  name: 'purview-csv',
  title: 'audit search downloaded from the Purview portal',
  columns: ['RecordId', 'CreationDate', 'Operation', 'UserId', 'AuditData'],
  data: 'AuditData',
  beside: {
    Id: 'RecordId',
    CreationTime: 'CreationDate',
    RecordType: 'RecordType',
    Operation: 'Operation',
    UserId: 'UserId',
  },
  operatorsDates: false,
})
