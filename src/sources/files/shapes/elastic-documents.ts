import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { lowered } from '../../../entry.ts'
import { readAudit } from './audit-record.ts'
import { readDirectoryAudit } from './directory-audit.ts'
import { nest } from './nest.ts'
import type { JsonShape, Shaped } from './shape.ts'
import { signInOf } from './sign-in.ts'

// What Elastic's integrations and Filebeat's modules make of records where they were not told to keep the original (`preserve_original_event`), or
// keep it as Java prints it: most is there under its own name, some was moved or made a map (elastic/integrations, packages o365 and azure:
// their ingest pipelines and the documents that their tests expect). A copy from Microsoft says more, and is kept instead.

/** Records of the audit log in the documents of Elastic's `o365.audit`. */
export const elasticAudit: JsonShape = {
  name: 'elastic-o365-audit',
  title: "Documents of Elastic's Microsoft 365 integration (o365.audit)",
  recognizes: (document) => holds(document, 'o365.audit', 'CreationTime'),
  read: (document, truncated) => readAudit(auditOf(nested(document)), truncated, {}, { inColumns: true }),
}

/** Sign-ins in the documents of Elastic's `azure.signinlogs`. */
export const elasticSignIns: JsonShape = {
  name: 'elastic-azure-signinlogs',
  title: "Documents of Elastic's Azure integration (azure.signinlogs)",
  recognizes: (document) => holds(document, 'azure.signinlogs.properties', 'created_at'),
  read: (document, truncated) => lesser(signInOf(signInIn(nested(document)), truncated)),
}

/** Changes of the directory in the documents of Elastic's `azure.auditlogs`. */
export const elasticDirectoryAudits: JsonShape = {
  name: 'elastic-azure-auditlogs',
  title: "Documents of Elastic's Azure integration (azure.auditlogs)",
  recognizes: (document) => holds(document, 'azure.auditlogs.properties', 'activity_datetime'),
  read: (document, truncated) => lesser(readDirectoryAudit(directoryAuditIn(nested(document)), truncated)),
}

function lesser(shaped: Shaped | string): Shaped | string {
  return typeof shaped === 'string' ? shaped : { ...shaped, fullness: shaped.fullness - lowered.spreadOut }
}

/** Whether a document has this member, and neither is Hoofprint's own nor has its original as JSON, which says all. */
function holds(document: JsonObject, path: string, name: string): boolean {
  if ('hoofprint' in document) return false
  const original = at(document, 'event.original')
  if (typeof original === 'string' && /^\s*\{\s*"/.test(original)) return false
  return at(document, `${path}.${name}`) !== undefined
}

/** What stands at a path, whether its names are apart or joined by dots. */
function at(value: Json | undefined, path: string): Json | undefined {
  if (!isObject(value)) return undefined
  if (path in value) return value[path]
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const inner = at(value[path.slice(0, dot)], path.slice(dot + 1))
    if (inner !== undefined) return inner
  }
  return undefined
}

/** `azure.signinlogs.properties.device_detail.operating_system` has five. */
const maxParts = 8

function nested(document: JsonObject): JsonObject {
  return Object.keys(document).some((name) => name.includes('.')) ? nest(Object.entries(document), maxParts) : document
}

/** Where the members of an audit record went, the first that is there. */
const moved: Readonly<Record<string, readonly string[]>> = {
  Id: ['event.id'],
  Operation: ['event.action'],
  Workload: ['event.provider'],
  RecordType: ['event.code'],
  OrganizationId: ['organization.id'],
  UserId: ['user.id', 'user.email'],
  ClientIP: ['client.address', 'client.ip', 'source.address', 'source.ip'],
  UserAgent: ['user_agent.original'],
  SourceFileName: ['file.name'],
  SourceFileExtension: ['file.extension'],
  SourceRelativeUrl: ['file.directory'],
  Folders: ['o365.audit.ExchangeAggregatedFolders'],
  Messages: ['o365.audit.ExchangeAggregatedMessages'],
}
const renamed = new Set(['ExchangeAggregatedFolders', 'ExchangeAggregatedMessages'])

/** Operations that have another name as `event.action`. */
const operations: ReadonlyMap<Json, string> = new Map([
  ['added-user-account', 'Add user.'],
  ['modified-user-account', 'Update user.'],
  ['deleted-user-account', 'Delete user.'],
  ['added-group-account-to', 'TeamCreated'],
  ['added-users-to-group', 'MemberAdded'],
])

const numbers = new Set(['RecordType', 'UserType', 'LogonType', 'InternalLogonType', 'Version'])
const maps = new Set(['Parameters', 'ExtendedProperties', 'ModifiedProperties'])

function auditOf(document: JsonObject): JsonObject {
  const audit = at(document, 'o365.audit')
  const own = Object.entries(isObject(audit) ? audit : {}).flatMap(([name, value]): [string, Json][] =>
    renamed.has(name) ? [] : [[name, asRecorded(name, value)]],
  )
  const record: Record<string, Json> = Object.fromEntries(own)
  for (const [name, paths] of Object.entries(moved)) {
    const value = paths.map((path) => at(document, path)).find((found) => found !== undefined)
    if (record[name] === undefined && value !== undefined) record[name] = value
  }
  const { Operation: operation = null } = record
  return { ...record, Operation: operations.get(operation) ?? operation }
}

function asRecorded(name: string, value: Json): Json {
  if (numbers.has(name) && typeof value === 'string' && /^\d{1,9}$/.test(value)) return Number(value)
  if (!maps.has(name) || !isObject(value)) return value
  return Object.entries(value).map(([Name, inner]) => (isObject(inner) ? { Name, ...inner } : { Name, Value: inner }))
}

/** Names that are not those of Graph in another spelling. */
const graphNames: ReadonlyMap<string, string> = new Map([
  ['created_at', 'createdDateTime'],
  ['activity_datetime', 'activityDateTime'],
  ['processing_time_ms', 'processingTimeInMilliseconds'],
  ['risk_level_during_signin', 'riskLevelDuringSignIn'],
])

function signInIn(document: JsonObject): JsonObject {
  const { properties = null, ...envelope } = asObject(at(document, 'azure.signinlogs') ?? null)
  const { status = null, ...own } = asObject(inCamel(properties))
  const told = (name: string, path: string) => {
    const value = at(document, path)
    return value === undefined ? {} : { [name]: value }
  }
  const location = {
    ...told('city', 'geo.city_name'),
    ...told('state', 'geo.country_name'), // The pipeline puts it there.
    ...told('countryOrRegion', 'geo.country_iso_code'),
  }
  return {
    ...told('ipAddress', 'source.ip'),
    ...told('userAgent', 'user_agent.original'),
    ...(Object.keys(location).length > 0 && { location }),
    ...asObject(inCamel(envelope)),
    ...own,
    status: { ...told('failureReason', 'message'), ...asObject(status) },
  }
}

/** Its pipeline makes of each list an object with a member for each place, and takes out how it ended. */
function directoryAuditIn(document: JsonObject): JsonObject {
  const { targetResources = null, ...own } = asObject(inCamel(at(document, 'azure.auditlogs.properties') ?? null))
  const targets = listed(targetResources).map((target) => {
    const { modifiedProperties = null, ...others } = asObject(target)
    return { ...others, modifiedProperties: listed(modifiedProperties) }
  })
  const result = at(document, 'event.outcome') ?? null
  return { result, tenantId: at(document, 'azure.tenant_id') ?? '', ...own, targetResources: targets }
}

function listed(value: Json): Json[] {
  return Array.isArray(value) ? value : Object.values(asObject(value))
}

function asObject(value: Json): JsonObject {
  return isObject(value) ? value : {}
}

function inCamel(value: Json, depth = 0): Json {
  if (depth > 10) return value
  if (Array.isArray(value)) return value.map((one) => inCamel(one, depth + 1))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      graphNames.get(name) ?? name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      inCamel(inner, depth + 1),
    ]),
  )
}
