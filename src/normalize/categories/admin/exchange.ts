import type { Operations } from '../../table.ts'
import { plain } from '../rows.ts'

/** Exchange's mailboxes, roles and settings, by the cmdlets that administer them. */
export const exchange: readonly Operations[] = [
  {
    ecs: { category: ['iam'], type: ['user', 'creation'] },
    operations: plain(`New-Mailbox, Enable-Mailbox, New-MailUser, New-MailContact, New-RemoteMailbox,
      Undo-SoftDeletedMailbox`),
  },
  {
    ecs: { category: ['iam'], type: ['user', 'change'] },
    operations: plain('Set-User, Set-MailUser, Set-MailContact'),
  },
  {
    ecs: { category: ['iam'], type: ['user', 'deletion'] },
    operations: plain('Remove-Mailbox, Disable-Mailbox, Remove-MailUser, Remove-MailContact'),
  },
  {
    ecs: { category: ['iam'], type: ['group', 'creation'] },
    operations: plain('New-DistributionGroup, New-UnifiedGroup, Add-DistributionGroupMember, Add-UnifiedGroupLinks'),
  },
  {
    ecs: { category: ['iam'], type: ['group', 'change'] },
    operations: plain(
      'Set-DistributionGroup, Set-DynamicDistributionGroup, Set-UnifiedGroup, Update-DistributionGroupMember',
    ),
  },
  {
    ecs: { category: ['iam'], type: ['group', 'deletion'] },
    operations: plain(`Remove-DistributionGroup, Remove-UnifiedGroup, Remove-DistributionGroupMember,
      Remove-UnifiedGroupLinks`),
  },
  {
    ecs: { category: ['iam'], type: ['admin', 'creation'] },
    operations: plain(`New-RoleGroup, Add-RoleGroupMember, New-ManagementRole, New-ManagementRoleAssignment,
      New-ManagementScope, Add-ManagementRoleEntry, New-RoleAssignmentPolicy`),
  },
  {
    ecs: { category: ['iam'], type: ['admin', 'change'] },
    operations: plain(`Set-RoleGroup, Update-RoleGroupMember, Set-ManagementRole, Set-ManagementRoleAssignment,
      Set-ManagementScope, Set-ManagementRoleEntry, Set-RoleAssignmentPolicy`),
  },
  {
    ecs: { category: ['iam'], type: ['admin', 'deletion'] },
    operations: plain(`Remove-RoleGroup, Remove-RoleGroupMember, Remove-ManagementRole, Remove-ManagementRoleAssignment,
      Remove-ManagementScope, Remove-ManagementRoleEntry`),
  },
  {
    ecs: { category: ['configuration'], type: ['creation'] },
    operations: plain(`New-AntiPhishPolicy, New-AntiPhishRule, New-SafeLinksPolicy, New-SafeLinksRule,
      New-SafeAttachmentPolicy, New-SafeAttachmentRule, New-MalwareFilterPolicy, New-MalwareFilterRule,
      New-HostedContentFilterPolicy, New-HostedContentFilterRule, New-HostedOutboundSpamFilterPolicy,
      New-HostedOutboundSpamFilterRule, New-QuarantinePolicy, New-InboundConnector, New-OutboundConnector,
      New-RemoteDomain, New-AcceptedDomain, New-OrganizationRelationship, New-SharingPolicy,
      New-ApplicationAccessPolicy, New-AuthenticationPolicy, New-OwaMailboxPolicy, New-UnifiedAuditLogRetentionPolicy,
      New-TenantAllowBlockListItems, New-ActiveSyncDeviceAccessRule, New-DkimSigningConfig, New-MailboxExportRequest,
      New-MailboxImportRequest, New-MailboxRestoreRequest, New-MigrationBatch, New-MoveRequest`),
  },
  {
    ecs: { category: ['configuration'], type: ['change'] },
    operations:
      plain(`Set-Mailbox, Set-CASMailbox, Set-CASMailboxPlan, Set-MailboxPlan, Set-MailboxAutoReplyConfiguration,
      Set-MailboxCalendarFolder, Set-MailboxMessageConfiguration, Set-MailboxRegionalConfiguration,
      Set-CalendarProcessing, Set-Clutter, Set-FocusedInbox, Set-AdminAuditLogConfig,
      Set-MailboxAuditBypassAssociation, Set-OrganizationConfig, Set-TransportConfig, Set-IRMConfiguration,
      Set-OMEConfiguration, Set-ExternalInOutlook, Set-HostedConnectionFilterPolicy, Set-AtpPolicyForO365,
      Set-DkimSigningConfig, Set-PhishSimOverrideRule, Set-ConditionalAccessPolicy,
      Set-ActiveSyncOrganizationSettings, Set-MobileDeviceMailboxPolicy, Enable-OrganizationCustomization,
      Set-AntiPhishPolicy, Set-AntiPhishRule, Set-SafeLinksPolicy, Set-SafeLinksRule, Set-SafeAttachmentPolicy,
      Set-SafeAttachmentRule, Set-MalwareFilterPolicy, Set-MalwareFilterRule, Set-HostedContentFilterPolicy,
      Set-HostedContentFilterRule, Set-HostedOutboundSpamFilterPolicy, Set-HostedOutboundSpamFilterRule,
      Set-QuarantinePolicy, Set-InboundConnector, Set-OutboundConnector, Set-RemoteDomain, Set-AcceptedDomain,
      Set-OrganizationRelationship, Set-SharingPolicy, Set-ApplicationAccessPolicy, Set-AuthenticationPolicy,
      Set-OwaMailboxPolicy, Set-UnifiedAuditLogRetentionPolicy, Set-TenantAllowBlockListItems, Enable-AntiPhishRule,
      Disable-AntiPhishRule, Enable-SafeLinksRule, Disable-SafeLinksRule, Enable-SafeAttachmentRule,
      Disable-SafeAttachmentRule, Enable-MalwareFilterRule, Disable-MalwareFilterRule, Enable-HostedContentFilterRule,
      Disable-HostedContentFilterRule, Enable-HostedOutboundSpamFilterRule, Disable-HostedOutboundSpamFilterRule`),
  },
  {
    ecs: { category: ['configuration'], type: ['deletion'] },
    operations: plain(`Remove-AntiPhishPolicy, Remove-AntiPhishRule, Remove-SafeLinksPolicy, Remove-SafeLinksRule,
      Remove-SafeAttachmentPolicy, Remove-SafeAttachmentRule, Remove-MalwareFilterPolicy, Remove-MalwareFilterRule,
      Remove-HostedContentFilterPolicy, Remove-HostedContentFilterRule, Remove-HostedOutboundSpamFilterPolicy,
      Remove-HostedOutboundSpamFilterRule, Remove-QuarantinePolicy, Remove-InboundConnector, Remove-OutboundConnector,
      Remove-RemoteDomain, Remove-AcceptedDomain, Remove-OrganizationRelationship, Remove-SharingPolicy,
      Remove-ApplicationAccessPolicy, Remove-AuthenticationPolicy, Remove-OwaMailboxPolicy,
      Remove-UnifiedAuditLogRetentionPolicy, Remove-TenantAllowBlockListItems, Remove-MailboxExportRequest,
      Remove-MigrationBatch, Remove-MobileDevice, Clear-MobileDevice, Remove-ActiveSyncDeviceAccessRule`),
  },
]
