import { auditCsv } from './audit-csv.ts'

/** Search-UnifiedAuditLog | Export-Csv, in full or with any columns selected: the record itself is all that is needed. */
export const searchUalCsv = auditCsv({
  name: 'search-ual-csv',
  title: 'Search-UnifiedAuditLog | Export-Csv',
  columns: ['AuditData'],
  data: 'AuditData',
  beside: {
    Id: 'Identity',
    CreationTime: 'CreationDate',
    RecordType: 'RecordType',
    Operation: 'Operations',
    UserId: 'UserIds',
  },
  operatorsDates: true,
  results: { index: 'ResultIndex', count: 'ResultCount' },
})
