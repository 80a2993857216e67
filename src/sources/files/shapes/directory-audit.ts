import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { atSecond, readAudit } from './audit-record.ts'
import { targetsAsAudited } from './directory-targets.ts'
import { cellValue } from './json-cell.ts'
import { logTableCsv } from './log-table.ts'
import { hasAll, member, objectAt, told } from './members.ts'
import { isTypeName } from './powershell.ts'
import type { Shaped, Shapes } from './shape.ts'
import { inUtc } from './zoned-times.ts'

/**
 * Entra's directory audits: Log Analytics' table AuditLogs, the export of diagnostic settings, and Graph's `directoryAudit`. They
 * tell what the audit log's Entra records (RecordType 8) tell, so they become such records.
 */
export const directoryAudit: Shapes = {
  json: {
    name: 'directory-audit',
    title: 'Entra directory audits (AuditLogs of Log Analytics, Graph, diagnostic settings)',
    recognizes: (record) => isDirectoryAudit(record) || isDirectoryAudit(objectAt(record, 'properties')),
    read: (record, truncated) => readDirectoryAudit(isDirectoryAudit(record) ? record : withCaller(record), truncated),
  },
  csv: logTableCsv({
    name: 'directory-audit-csv',
    title: 'AuditLogs of Log Analytics or Sentinel',
    columns: ['OperationName', 'InitiatedBy', 'TargetResources'],
    times: ['ActivityDateTime', 'TimeGenerated'],
    keepsEmpty: true,
    read: readDirectoryAudit,
  }),
}

/** Pipelines that drop what is empty leave no list of targets: then who logged it and when tell what it is. */
function isDirectoryAudit(record: JsonObject): boolean {
  if (!hasAll(record, 'initiatedBy')) return false
  if (!hasAll(record, 'targetResources') && !hasAll(record, 'loggedByService', 'activityDateTime')) return false
  return hasAll(record, 'activityDisplayName') || hasAll(record, 'operationName')
}

/** The tenant, and the address from which applications called, stand in the envelope alone. */
function withCaller(envelope: JsonObject): JsonObject {
  const { tenantId = '' } = envelope
  return {
    ...told({ callerIpAddress: member(envelope, 'callerIpAddress') }),
    tenantId,
    ...objectAt(envelope, 'properties'),
  }
}

/** Graph's `directoryAudit`, or what has its members in Log Analytics' names, as a record of the audit log; or why it is none. */
export function readDirectoryAudit(given: JsonObject, truncated: boolean): Shaped | string {
  const row = inUtc(given)
  if (typeof row === 'string') return row
  const at = (name: string) => member(row, name)
  const initiator = cellValue(at('initiatedBy') ?? null)
  const resources = cellValue(at('targetResources') ?? null)
  const details = cellValue(at('additionalDetails') ?? null)
  const isCut = [initiator, resources, details].some((cell) => cell.truncated || isNames(cell.value))
  // A name alone does not tell whether it is a user's or an application's.
  const named = isNames(initiator.value) ? initiator.value.trim() : undefined
  const user = objectOf(initiator.value, 'user')
  const app = objectOf(initiator.value, 'app')
  const targets = isNames(resources.value) ? targetsNamed(resources.value) : listOf(resources.value).filter(isObject)
  const operation = at('activityDisplayName') ?? at('operationName')
  const done = targetsAsAudited(targets, String(operation))
  const record = told({
    CreationTime: at('activityDateTime') ?? at('TimeGenerated'),
    Id: at('id'),
    Operation: operation,
    // Log Analytics has the workspace in TenantId.
    OrganizationId: at('AADTenantId') ?? row['tenantId'],
    RecordType: 8,
    Workload: 'AzureActiveDirectory',
    ResultStatus: at('result'),
    LogonError: at('resultReason'),
    UserId: named ?? text(user, 'userPrincipalName') ?? text(app, 'displayName') ?? text(app, 'servicePrincipalId'),
    UserKey: text(user, 'id') ?? text(app, 'servicePrincipalId'),
    ActorIpAddress: text(user, 'ipAddress') ?? text(app, 'ipAddress') ?? at('callerIpAddress'),
    UserAgent: at('userAgent'),
    ClientAppId: text(app, 'appId'),
    ApplicationDisplayName: text(app, 'displayName'),
    ObjectId: done.ObjectId,
    InterSystemsId: at('correlationId'),
    Category: at('category'),
    LoggedByService: at('loggedByService'),
    ModifiedProperties: done.ModifiedProperties,
    ExtendedProperties: extendedIn(details.value),
    Target: done.Target,
  })
  return atSecond(readAudit(record, truncated || isCut))
}

/** Whether a script left no more than names of what was an object or a list. */
function isNames(value: Json): value is string {
  return typeof value === 'string' && value.trim() !== '' && !isTypeName(value.trim()) && !/^@?[[{]/.test(value.trim())
}

function targetsNamed(names: string): JsonObject[] {
  const each = names.split(/[;\n]/).map((name) => name.trim())
  return each.filter(isText).map((displayName) => ({ displayName }))
}

/** Details as the audit log has them: one JSON text, `{"User-Agent": …}`. */
function extendedIn(details: Json): JsonObject[] {
  const pairs = listOf(details)
    .filter(isObject)
    .map((detail): [string, Json] => [keyIn(detail), member(detail, 'value') ?? ''])
  return pairs.length === 0 ? [] : [{ Name: 'additionalDetails', Value: JSON.stringify(Object.fromEntries(pairs)) }]
}

function keyIn(detail: JsonObject): string {
  const key = member(detail, 'key') ?? ''
  return typeof key === 'string' ? key : JSON.stringify(key)
}

function objectOf(value: Json, name: string): JsonObject | undefined {
  const inner = isObject(value) ? member(value, name) : undefined
  return isObject(inner) ? inner : undefined
}

function text(object: JsonObject | undefined, name: string): string | undefined {
  const value = object === undefined ? undefined : member(object, name)
  return isText(value) ? value : undefined
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== ''
}

function listOf(value: Json): Json[] {
  return Array.isArray(value) ? value : isObject(value) ? [value] : []
}
