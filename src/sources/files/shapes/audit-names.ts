import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { upperCamel } from './camel.ts'

// The names of the audit log's schema (learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema)
// and of real records, wherever the first letter of each word in capitals does not give them.
const irregular = `AADSessionId APIId ActorIPAddress ActorUPN BCC CC ClientIP ClientIPAddress CustomUniqueId DLPAction
  ID IPAddress LogonUserSid MailboxOwnerUPN OSVersion SenderIP SiteUrl UPN URL UserUPN XMLPayload f3u ts te op wl tid
  tdc trc CreationTime OrganizationId RecordType ResultStatus UserKey UserType ObjectId UserId OrganizationName
  OriginatingServer SessionId ExternalAccess AppId ClientAppId LogonType InternalLogonType MailboxGuid MailboxOwnerSid
  ClientInfoString ClientProcessName ClientVersion OperationProperties OperationCount FolderItems InternetMessageId
  ParentFolder SizeInBytes AffectedItems DestFolder CrossMailboxOperation ExtendedProperties ModifiedProperties
  DeviceProperties NewValue OldValue ActorContextId ActorIpAddress InterSystemsId IntraSystemId TargetContextId
  ApplicationId AzureActiveDirectoryEventType ErrorNumber LogonError SupportTicketId UserAgent AppAccessContext
  CorrelationId UniqueTokenId IssuedAtTime ClientAppName QueryText QuerySource ScenarioName SourceFileName
  SourceFileExtension SourceRelativeUrl EventSource ItemType ListId EventData TargetUserOrGroupName
  TargetUserOrGroupType AlertId AlertType AlertEntityId PolicyId EntityType AlertLinks MessageItems ResultStatusDetail
  AuthType TokenType ActorInfoString`.split(/\s+/)
const known = new Map(irregular.map((name) => [name.toLowerCase(), name]))

/** The record under the schema's names: some tools write all of them in lower case, or begin them so. */
export function withAuditNames(record: JsonObject): JsonObject {
  if ('Operation' in record || 'CreationTime' in record) return record
  return rename(record, 0) as JsonObject
}

const maxDepth = 20

function rename(value: Json, depth: number): Json {
  if (depth > maxDepth) return value
  if (Array.isArray(value)) return value.map((item) => rename(item, depth + 1))
  if (!isObject(value)) return value
  const renamed: [string, Json][] = Object.entries(value).map(([name, inner]) => [
    nameOf(name, depth),
    rename(inner, depth + 1),
  ])
  return Object.fromEntries(renamed)
}

/** `ID` is what actors and targets have, `Id` everything else has. */
function nameOf(name: string, depth: number): string {
  const lower = name.toLowerCase()
  if (lower === 'id') return depth === 0 ? 'Id' : name === 'id' ? 'Id' : name
  if (name !== lower && /^[A-Z]/.test(name)) return name
  return known.get(lower) ?? upperCamel(name)
}
