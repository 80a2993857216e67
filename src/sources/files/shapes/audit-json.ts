import { isAudit, readAudit } from './audit-record.ts'
import type { JsonShape } from './shape.ts'

/** Bare audit records: AuditData as JSON Lines, or blobs of the Management Activity API saved as they came. */
export const auditJson: JsonShape = {
  form: 'json',
  name: 'audit-json',
  title: 'unified audit records as JSON',
  recognizes: isAudit,
  read: (record, truncated) => readAudit(record, truncated),
}

/** The same, fetched by Hoofprint itself. */
export const managementApi: JsonShape = {
  ...auditJson,
  name: 'management-api',
  title: 'Office 365 Management Activity API',
}
