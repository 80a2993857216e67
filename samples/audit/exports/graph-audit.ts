import type { Random } from '../../random.ts'
import type { AuditRecord, Json } from '../record.ts'
import type { Told } from '../story.ts'
import { type EvidenceFile, shuffled } from './file.ts'
import { recordTypeName } from './record-types.ts'

const pageSize = 150

/** The records of a Graph audit search, page after page as they were answered, a page a line. */
export function graphAudit(path: string, told: Told[], random: Random): EvidenceFile {
  const records = shuffled(random, told).map(({ record }) => record)
  const query = random.guid()
  const root = 'https://graph.microsoft.com/v1.0'
  const pages: string[] = []
  for (let from = 0; from < records.length; from += pageSize) {
    const next = from + pageSize
    const page = {
      '@odata.context': `${root}/$metadata#security/auditLog/queries('${query}')/records`,
      ...(next < records.length && {
        '@odata.nextLink': `${root}/security/auditLog/queries/${query}/records?$skiptoken=${random.hex(24)}`,
      }),
      value: records.slice(from, next).map(wrapped),
    }
    pages.push(`${JSON.stringify(page)}\n`)
  }
  return { path, shape: 'graph-audit', content: Buffer.from(pages.join('')), ids: records.map(({ Id }) => Id) }
}

function wrapped(record: AuditRecord): Json {
  const recordType = recordTypeName(record.RecordType)
  return {
    id: record.Id,
    createdDateTime: `${record.CreationTime}Z`,
    auditLogRecordType: recordType.charAt(0).toLowerCase() + recordType.slice(1),
    operation: record.Operation,
    organizationId: record['OrganizationId'] ?? '',
    userType: userTypes.get(record['UserType']) ?? 'regular',
    userId: record['UserKey'] ?? '',
    service: record.Workload,
    objectId: record['ObjectId'] ?? '',
    userPrincipalName: record.UserId,
    clientIp: record['ClientIP'] ?? record['ClientIPAddress'] ?? '',
    administrativeUnits: [''],
    auditData: record,
  }
}

const userTypes = new Map<Json | undefined, string>([
  [2, 'admin'],
  [3, 'dcAdmin'],
  [4, 'system'],
])
