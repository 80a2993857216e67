import { auditCsv } from './audit-csv.ts'
import type { Shapes } from './shape.ts'
import { wrappedAudit } from './wrapped-audit.ts'

// Exports of the unified audit log, of which each row or object holds a record as JSON, and some of what it says beside it.

/** What Search-UnifiedAuditLog says beside a record. */
const searched = {
  Id: 'Identity',
  CreationTime: 'CreationDate',
  RecordType: 'RecordType',
  Operation: 'Operations',
  UserId: 'UserIds',
}

const searchedCsv = {
  beside: searched,
  operatorsDates: true,
  results: { index: 'ResultIndex', count: 'ResultCount' },
}

/** Search-UnifiedAuditLog | Export-Csv or ConvertTo-Json, in full or with any columns selected: the record itself is all that is needed. */
export const searchUal: Shapes = {
  csv: auditCsv({
    ...searchedCsv,
    name: 'search-ual-csv',
    title: 'Search-UnifiedAuditLog',
    columns: ['AuditData'],
    data: 'AuditData',
  }),
  json: wrappedAudit({
    name: 'search-ual-json',
    title: 'Search-UnifiedAuditLog',
    members: ['AuditData'],
    data: 'AuditData',
    beside: searched,
  }),
}

/** The same as the quick queries of Microsoft-Extractor-Suite save it: with the record's JSON last, five levels of it. */
export const quickUalCsv = auditCsv({
  ...searchedCsv,
  name: 'search-ual-quick-csv',
  title: 'Get-QuickUALOperations of Microsoft-Extractor-Suite',
  columns: ['AuditData_Raw'],
  lacks: ['AuditData'],
  data: 'AuditData_Raw',
})

/** "Download all results" of an audit search in the Purview portal. Dates are US in 2023, ISO 8601 since. */
export const purviewCsv = auditCsv({
  name: 'purview-csv',
  title: 'audit search downloaded from the Purview portal',
  columns: ['RecordId', 'CreationDate', 'Operation', 'UserId', 'AuditData'],
  data: 'AuditData',
  beside: { ...searched, Id: 'RecordId', Operation: 'Operation', UserId: 'UserId' },
  operatorsDates: false,
})

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

/** What Graph's audit search says beside a record. Ids of records without one are made of its order, so each form keeps its own. */
const ofGraph = {
  Id: 'id',
  CreationTime: 'createdDateTime',
  RecordType: 'auditLogRecordType',
  Operation: 'operation',
  UserId: 'userId',
}

/** Records of a Graph audit search, as Graph gives them and as PowerShell saves them; as CSV the record's JSON is often over many lines. */
export const graphAudit: Shapes = {
  json: wrappedAudit({
    name: 'graph-audit',
    title: 'records of a Graph audit search',
    members: ['createdDateTime', 'auditData'],
    data: 'auditData',
    beside: {
      ...ofGraph,
      ...{ Workload: 'service', ObjectId: 'objectId', OrganizationId: 'organizationId', ClientIP: 'clientIp' },
    },
  }),
  csv: auditCsv({
    name: 'graph-audit-csv',
    title: 'records of a Graph audit search',
    columns: ['createdDateTime', 'operation', 'auditData'],
    data: 'auditData',
    beside: {
      ...ofGraph,
      ...{ ClientIP: 'clientIp', ObjectId: 'objectId', Workload: 'service', OrganizationId: 'organizationId' },
    },
    operatorsDates: true,
  }),
}

/** Advanced hunting's CloudAppEvents: the audit record is in RawEventData. */
export const cloudAppEvents: Shapes = {
  json: wrappedAudit({
    name: 'cloud-app-events',
    title: 'CloudAppEvents of advanced hunting',
    members: ['ActionType', 'RawEventData'],
    data: 'RawEventData',
    beside: {
      ...{ Id: 'ReportId', CreationTime: 'Timestamp', Operation: 'ActionType', UserId: ['AccountUpn', 'AccountId'] },
      ...{ UserKey: 'AccountObjectId', Workload: 'Application', ClientIP: 'IPAddress', UserAgent: 'UserAgent' },
    },
    own: 'Application',
  }),
  csv: auditCsv({
    name: 'cloud-app-events-csv',
    title: 'CloudAppEvents of advanced hunting',
    columns: ['ActionType', 'RawEventData'],
    data: 'RawEventData',
    beside: { Id: 'ReportId', CreationTime: 'Timestamp', Operation: 'ActionType', ClientIP: 'IPAddress' },
    operatorsDates: true,
  }),
}
