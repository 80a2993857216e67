import { auditCsv } from './audit-csv.ts'

/** Records of a Graph audit search saved as CSV, the record's JSON often over many lines. */
export const graphAuditCsv = auditCsv({
  name: 'graph-audit-csv',
  title: 'records of a Graph audit search as CSV',
  columns: ['createdDateTime', 'operation', 'auditData'],
  data: 'auditData',
  beside: {
    Id: 'id',
    CreationTime: 'createdDateTime',
    RecordType: 'auditLogRecordType',
    Operation: 'operation',
    UserId: 'userId',
    ClientIP: 'clientIp',
    ObjectId: 'objectId',
    Workload: 'service',
    OrganizationId: 'organizationId',
  },
  operatorsDates: true,
})
