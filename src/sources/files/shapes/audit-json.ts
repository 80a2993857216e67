import type { JsonObject } from '../../../activity.ts'
import { isAudit, readAudit } from './audit-record.ts'
import { isLeftOut } from './left-out.ts'
import type { JsonShape } from './shape.ts'

/** Bare audit records: AuditData as JSON Lines, or blobs of the Management Activity API saved as they came. */
export const auditJson: JsonShape = {
  name: 'audit-json',
  title: 'unified audit records',
  recognizes: isAudit,
  read: (record, truncated) => readAudit(record, truncated || isOfOwnSchema(record)),
}

/** go-office365 names types, where Wazuh writes their numbers as texts, and drops what its schema has not: mails, sessions, without `--extended-schemas` parameters too. */
function isOfOwnSchema(record: JsonObject): boolean {
  const { RecordType: type } = record
  return typeof type === 'string' && !/^\d+$/.test(type) && isLeftOut(record, Object.keys(record))
}

/** The same, fetched by Hoofprint itself. */
export const managementApi: JsonShape = {
  ...auditJson,
  name: 'management-api',
  title: 'Office 365 Management Activity API',
}
