import type { Field } from '../document.ts'

/** What reports read of a document by name, beyond what every document has. */
const names = [
  ...(['application.name', 'azure.graphactivitylogs.properties.scopes'] as const),
  ...(['azure.signinlogs.properties.app_display_name', 'azure.signinlogs.properties.client_app_used'] as const),
  ...(['azure.signinlogs.properties.status.error_code', 'azure.signinlogs.properties.status.failure_reason'] as const),
  ...(['email.attachments.file.name', 'email.delivery_timestamp', 'email.from.address', 'email.local_id'] as const),
  ...(['email.message_id', 'email.subject', 'email.to.address', 'event.outcome', 'event.reason'] as const),
  ...(['event.type', 'file.name', 'hoofprint.actor', 'hoofprint.actor_certainty', 'hoofprint.application.id'] as const),
  ...(['hoofprint.copilot.addresses', 'hoofprint.copilot.contexts', 'hoofprint.copilot.host'] as const),
  ...(['hoofprint.copilot.refused', 'hoofprint.copilot.resources', 'hoofprint.copilot.thread'] as const),
  ...([
    'hoofprint.second_factor',
    'hoofprint.first_factor',
    'hoofprint.first_seen',
    'hoofprint.folder',
    'hoofprint.grantee',
  ] as const),
  ...(['hoofprint.mail_access', 'hoofprint.messages', 'hoofprint.request', 'hoofprint.rule.summary'] as const),
  ...(['hoofprint.search.query', 'hoofprint.session.id', 'hoofprint.session.known_by', 'http.request.method'] as const),
  'hoofprint.trace.status',
  ...(['hoofprint.listed.by', 'o365.state'] as const),
  ...(['http.response.body.bytes', 'http.response.status_code', 'o365.activity.AppIdType'] as const),
  ...([
    'o365.activity.CustomProperties',
    'o365.audit',
    'rule.id',
    'rule.name',
    'session.id',
    'source.address',
  ] as const),
  ...(['source.as.number', 'source.as.organization.name', 'source.geo.city_name'] as const),
  ...(['source.geo.country_iso_code', 'source.geo.location', 'source.ip', 'source.port', 'url.original'] as const),
  ...(['user.email', 'user.id', 'user.target.email', 'user.target.id'] as const),
  ...(['azure.signinlogs.properties.service_principal_name', 'user_agent.original'] as const),
] as const

export type ReportField = (typeof names)[number]

/** What reports read, beyond what every document has: for them alone no more need be worked out. */
export const reportFields: ReadonlySet<Field> = new Set<string>(names) as ReadonlySet<string> as ReadonlySet<Field>

/** What alerts say of themselves: they come from many products, and each says its own of these. */
export const alertAuditNames = [
  ...(['Severity', 'Category', 'Status', 'AlertEntityId', 'Comments', 'Verdict', 'DetectionMethod'] as const),
  ...(['DetectionType', 'RiskLevel', 'RiskState', 'ActionType', 'Url', 'SubmissionState'] as const),
  ...(['ReleaseTo', 'NetworkMessageId'] as const),
] as const

/** What changes tell that have neither parameters nor properties: flows, eDiscovery, apps of Teams. */
export const changeAuditNames = [
  ...(['Query', 'ExchangeLocations', 'SharepointLocations', 'PublicFolderLocations', 'Case'] as const),
  ...(['FlowConnectorNames', 'FlowDetailsUrl', 'RecipientUPN', 'AddOnName', 'AddonName'] as const),
] as const

/** Where alerts have whom they are about. */
export const alertNamingNames = [
  ...(['AffectedUser', 'Alerts', 'CompromisedEntity', 'Entities', 'Evidence', 'UserStates'] as const),
] as const

/** What reports read of an audit record by Microsoft's own names. */
export const reportAuditNames = [
  ...alertAuditNames,
  ...(['IncidentWebUrl', 'AdditionalData'] as const),
  ...alertNamingNames,
  ...changeAuditNames,
  ...(['TeamName', 'ChannelName', 'ChatName', 'ChatThreadId', 'CommunicationType'] as const),
  ...([
    'AlertId',
    'ClientInfoString',
    'DestFolder',
    'DestMailboxOwnerUPN',
    'ErrorNumber',
    'EventData',
    'Item',
  ] as const),
  ...(['LogonError', 'LogonType', 'ModifiedProperties', 'Name', 'ObjectId', 'OperationProperties'] as const),
  ...(['Parameters', 'QuerySource', 'SourceItemSubjectsList', 'SiteUrl', 'Target', 'TargetUserOrGroupName'] as const),
  ...(['TargetUserOrGroupType'] as const),
] as const

export type ReportAuditName = (typeof reportAuditNames)[number]
