import type { Field } from '../document.ts'

/** What reports read of a document by name, beyond what every document has. */
const names = [
  'application.name',
  'azure.graphactivitylogs.properties.scopes',
  'azure.signinlogs.properties.app_display_name',
  'azure.signinlogs.properties.client_app_used',
  'azure.signinlogs.properties.status.error_code',
  'azure.signinlogs.properties.status.failure_reason',
  'email.attachments.file.name',
  'email.delivery_timestamp',
  'email.from.address',
  'email.local_id',
  'email.message_id',
  'email.subject',
  'email.to.address',
  'event.outcome',
  'event.reason',
  'event.type',
  'file.name',
  'hoofprint.actor',
  'hoofprint.actor_certainty',
  'hoofprint.application.id',
  'hoofprint.copilot.addresses',
  'hoofprint.copilot.contexts',
  'hoofprint.copilot.host',
  'hoofprint.copilot.refused',
  'hoofprint.copilot.resources',
  'hoofprint.copilot.thread',
  'hoofprint.first_factor',
  'hoofprint.first_seen',
  'hoofprint.folder',
  'hoofprint.grantee',
  'hoofprint.mail_access',
  'hoofprint.messages',
  'hoofprint.request',
  'hoofprint.rule.summary',
  'hoofprint.search.query',
  'hoofprint.session.id',
  'hoofprint.session.known_by',
  'http.request.method',
  'http.response.body.bytes',
  'http.response.status_code',
  'o365.activity.AppIdType',
  'o365.activity.CustomProperties',
  'o365.audit',
  'rule.name',
  'session.id',
  'source.address',
  'source.as.number',
  'source.as.organization.name',
  'source.geo.city_name',
  'source.geo.country_iso_code',
  'source.geo.location',
  'source.ip',
  'source.port',
  'url.original',
  'user.email',
  'user.id',
  'user.target.email',
  'user.target.id',
  'azure.signinlogs.properties.service_principal_name',
  'user_agent.original',
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
  ...alertNamingNames,
  ...changeAuditNames,
  'ClientInfoString',
  'DestFolder',
  'DestMailboxOwnerUPN',
  'ErrorNumber',
  'EventData',
  'Item',
  'LogonError',
  'LogonType',
  'ModifiedProperties',
  'Name',
  'ObjectId',
  'OperationProperties',
  'Parameters',
  'QuerySource',
  'SiteUrl',
  'Target',
  'TargetUserOrGroupName',
  'TargetUserOrGroupType',
] as const

export type ReportAuditName = (typeof reportAuditNames)[number]
