import { auditCsv } from './audit-csv.ts'

/** What Search-UnifiedAuditLog says beside a record. */
const searched = {
  beside: {
    Id: 'Identity',
    CreationTime: 'CreationDate',
    RecordType: 'RecordType',
    Operation: 'Operations',
    UserId: 'UserIds',
  },
  operatorsDates: true,
  results: { index: 'ResultIndex', count: 'ResultCount' },
} as const

/** Search-UnifiedAuditLog | Export-Csv, in full or with any columns selected: the record itself is all that is needed. */
export const searchUalCsv = auditCsv({
  ...searched,
  name: 'search-ual-csv',
  title: 'Search-UnifiedAuditLog | Export-Csv',
  columns: ['AuditData'],
  data: 'AuditData',
})

/** The same as the quick queries of Microsoft-Extractor-Suite save it: with the record's JSON last, five levels of it. */
export const quickUalCsv = auditCsv({
  ...searched,
  name: 'search-ual-quick-csv',
  title: 'Get-QuickUALOperations of Microsoft-Extractor-Suite as CSV',
  columns: ['AuditData_Raw'],
  lacks: ['AuditData'],
  data: 'AuditData_Raw',
})
