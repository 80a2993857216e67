import type { Operations } from '../../table.ts'
import { plain } from '../rows.ts'

/** Exchange's mailboxes, roles and settings, by the cmdlets that administer them. */
export const exchange: readonly Operations[] = [
  {
    ecs: { category: ['iam'], type: ['user', 'creation'] },
    operations: {
      ...plain('New-Mailbox', 'Enable-Mailbox', 'New-MailUser', 'New-MailContact', 'New-RemoteMailbox'),
      ...plain('Undo-SoftDeletedMailbox'),
    },
  },
  {
    ecs: { category: ['iam'], type: ['user', 'change'] },
    operations: plain('Set-User', 'Set-MailUser', 'Set-MailContact'),
  },
  {
    ecs: { category: ['iam'], type: ['user', 'deletion'] },
    operations: plain('Remove-Mailbox', 'Disable-Mailbox', 'Remove-MailUser', 'Remove-MailContact'),
  },
  {
    ecs: { category: ['iam'], type: ['group', 'creation'] },
    operations: {
      ...plain('New-DistributionGroup', 'New-UnifiedGroup', 'Add-DistributionGroupMember'),
      ...plain('Add-UnifiedGroupLinks'),
    },
  },
  {
    ecs: { category: ['iam'], type: ['group', 'change'] },
    operations: {
      ...plain('Set-DistributionGroup', 'Set-DynamicDistributionGroup', 'Set-UnifiedGroup'),
      ...plain('Update-DistributionGroupMember'),
    },
  },
  {
    ecs: { category: ['iam'], type: ['group', 'deletion'] },
    operations: {
      ...plain('Remove-DistributionGroup', 'Remove-UnifiedGroup', 'Remove-DistributionGroupMember'),
      ...plain('Remove-UnifiedGroupLinks'),
    },
  },
  {
    ecs: { category: ['iam'], type: ['admin', 'creation'] },
    operations: {
      ...plain('New-RoleGroup', 'Add-RoleGroupMember', 'New-ManagementRole', 'New-ManagementRoleAssignment'),
      ...plain('New-ManagementScope', 'Add-ManagementRoleEntry', 'New-RoleAssignmentPolicy'),
    },
  },
  {
    ecs: { category: ['iam'], type: ['admin', 'change'] },
    operations: {
      ...plain('Set-RoleGroup', 'Update-RoleGroupMember', 'Set-ManagementRole', 'Set-ManagementRoleAssignment'),
      ...plain('Set-ManagementScope', 'Set-ManagementRoleEntry', 'Set-RoleAssignmentPolicy'),
    },
  },
  {
    ecs: { category: ['iam'], type: ['admin', 'deletion'] },
    operations: {
      ...plain('Remove-RoleGroup', 'Remove-RoleGroupMember', 'Remove-ManagementRole'),
      ...plain('Remove-ManagementRoleAssignment', 'Remove-ManagementScope', 'Remove-ManagementRoleEntry'),
    },
  },
  {
    ecs: { category: ['configuration'], type: ['creation'] },
    operations: {
      ...plain('New-AntiPhishPolicy', 'New-AntiPhishRule', 'New-SafeLinksPolicy', 'New-SafeLinksRule'),
      ...plain('New-SafeAttachmentPolicy', 'New-SafeAttachmentRule', 'New-MalwareFilterPolicy'),
      ...plain('New-MalwareFilterRule', 'New-HostedContentFilterPolicy', 'New-HostedContentFilterRule'),
      ...plain('New-HostedOutboundSpamFilterPolicy', 'New-HostedOutboundSpamFilterRule'),
      ...plain('New-QuarantinePolicy', 'New-InboundConnector', 'New-OutboundConnector', 'New-RemoteDomain'),
      ...plain('New-AcceptedDomain', 'New-OrganizationRelationship', 'New-SharingPolicy'),
      ...plain('New-ApplicationAccessPolicy', 'New-AuthenticationPolicy', 'New-OwaMailboxPolicy'),
      ...plain('New-UnifiedAuditLogRetentionPolicy', 'New-TenantAllowBlockListItems'),
      ...plain('New-ActiveSyncDeviceAccessRule', 'New-DkimSigningConfig', 'New-MailboxExportRequest'),
      ...plain('New-MailboxImportRequest', 'New-MailboxRestoreRequest', 'New-MigrationBatch'),
      ...plain('New-MoveRequest'),
    },
  },
  {
    ecs: { category: ['configuration'], type: ['change'] },
    operations: {
      ...plain('Set-Mailbox', 'Set-CASMailbox', 'Set-CASMailboxPlan', 'Set-MailboxPlan'),
      ...plain('Set-MailboxAutoReplyConfiguration', 'Set-MailboxCalendarFolder'),
      ...plain('Set-MailboxMessageConfiguration', 'Set-MailboxRegionalConfiguration', 'Set-CalendarProcessing'),
      ...plain('Set-Clutter', 'Set-FocusedInbox', 'Set-AdminAuditLogConfig'),
      ...plain('Set-MailboxAuditBypassAssociation', 'Set-OrganizationConfig', 'Set-TransportConfig'),
      ...plain('Set-IRMConfiguration', 'Set-OMEConfiguration', 'Set-ExternalInOutlook'),
      ...plain('Set-HostedConnectionFilterPolicy', 'Set-AtpPolicyForO365', 'Set-DkimSigningConfig'),
      ...plain('Set-PhishSimOverrideRule', 'Set-ConditionalAccessPolicy', 'Set-ActiveSyncOrganizationSettings'),
      ...plain('Set-MobileDeviceMailboxPolicy', 'Enable-OrganizationCustomization', 'Set-AntiPhishPolicy'),
      ...plain('Set-AntiPhishRule', 'Set-SafeLinksPolicy', 'Set-SafeLinksRule', 'Set-SafeAttachmentPolicy'),
      ...plain('Set-SafeAttachmentRule', 'Set-MalwareFilterPolicy', 'Set-MalwareFilterRule'),
      ...plain('Set-HostedContentFilterPolicy', 'Set-HostedContentFilterRule'),
      ...plain('Set-HostedOutboundSpamFilterPolicy', 'Set-HostedOutboundSpamFilterRule'),
      ...plain('Set-QuarantinePolicy', 'Set-InboundConnector', 'Set-OutboundConnector', 'Set-RemoteDomain'),
      ...plain('Set-AcceptedDomain', 'Set-OrganizationRelationship', 'Set-SharingPolicy'),
      ...plain('Set-ApplicationAccessPolicy', 'Set-AuthenticationPolicy', 'Set-OwaMailboxPolicy'),
      ...plain('Set-UnifiedAuditLogRetentionPolicy', 'Set-TenantAllowBlockListItems', 'Enable-AntiPhishRule'),
      ...plain('Disable-AntiPhishRule', 'Enable-SafeLinksRule', 'Disable-SafeLinksRule'),
      ...plain('Enable-SafeAttachmentRule', 'Disable-SafeAttachmentRule', 'Enable-MalwareFilterRule'),
      ...plain('Disable-MalwareFilterRule', 'Enable-HostedContentFilterRule'),
      ...plain('Disable-HostedContentFilterRule', 'Enable-HostedOutboundSpamFilterRule'),
      ...plain('Disable-HostedOutboundSpamFilterRule'),
    },
  },
  {
    ecs: { category: ['configuration'], type: ['deletion'] },
    operations: {
      ...plain('Remove-AntiPhishPolicy', 'Remove-AntiPhishRule', 'Remove-SafeLinksPolicy'),
      ...plain('Remove-SafeLinksRule', 'Remove-SafeAttachmentPolicy', 'Remove-SafeAttachmentRule'),
      ...plain('Remove-MalwareFilterPolicy', 'Remove-MalwareFilterRule', 'Remove-HostedContentFilterPolicy'),
      ...plain('Remove-HostedContentFilterRule', 'Remove-HostedOutboundSpamFilterPolicy'),
      ...plain('Remove-HostedOutboundSpamFilterRule', 'Remove-QuarantinePolicy', 'Remove-InboundConnector'),
      ...plain('Remove-OutboundConnector', 'Remove-RemoteDomain', 'Remove-AcceptedDomain'),
      ...plain('Remove-OrganizationRelationship', 'Remove-SharingPolicy', 'Remove-ApplicationAccessPolicy'),
      ...plain('Remove-AuthenticationPolicy', 'Remove-OwaMailboxPolicy'),
      ...plain('Remove-UnifiedAuditLogRetentionPolicy', 'Remove-TenantAllowBlockListItems'),
      ...plain('Remove-MailboxExportRequest', 'Remove-MigrationBatch', 'Remove-MobileDevice'),
      ...plain('Clear-MobileDevice', 'Remove-ActiveSyncDeviceAccessRule'),
    },
  },
]
