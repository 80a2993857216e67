import type { Operations } from '../../table.ts'
import { plain } from '../rows.ts'

/** eDiscovery's cases, holds and exports, alert policies, retention, and the audit log itself. */
export const compliance: readonly Operations[] = [
  {
    ecs: { category: ['configuration'], type: ['creation'] },
    operations: plain(`New-RetentionCompliancePolicy, New-RetentionComplianceRule, New-DlpCompliancePolicy,
      New-DlpComplianceRule, New-ProtectionAlert, New-ActivityAlert, New-CaseHoldPolicy, New-CaseHoldRule,
      New-ComplianceSecurityFilter, New-ComplianceCase, New-ComplianceSearchAction, CaseAdded, HoldCreated,
      SearchPermissionCreated, ReviewSetAdded`),
  },
  {
    ecs: { category: ['configuration'], type: ['change'] },
    operations: plain(`Set-RetentionCompliancePolicy, Set-RetentionComplianceRule, Set-DlpCompliancePolicy,
      Set-DlpComplianceRule, Set-ProtectionAlert, Set-ActivityAlert, Set-CaseHoldPolicy, Set-CaseHoldRule,
      Set-ComplianceSecurityFilter, Set-ComplianceCase, Set-ComplianceSearchAction, CaseUpdated, HoldUpdated,
      SearchPermissionUpdated`),
  },
  {
    ecs: { category: ['configuration'], type: ['deletion'] },
    operations: plain(`Remove-RetentionCompliancePolicy, Remove-RetentionComplianceRule, Remove-DlpCompliancePolicy,
      Remove-DlpComplianceRule, Remove-ProtectionAlert, Remove-ActivityAlert, Remove-CaseHoldPolicy,
      Remove-CaseHoldRule, Remove-ComplianceSecurityFilter, Remove-ComplianceCase, Remove-ComplianceSearchAction,
      CaseRemoved, HoldRemoved, SearchPermissionRemoved`),
  },
  {
    ecs: { category: ['configuration'], type: ['access'] },
    operations: {
      ...plain('SearchExported, ViewedSearchExported, SearchExportDownloaded, PreviewItemDownloaded'),
      // The last is a mail that was looked at or downloaded in Defender's explorer.
      ...plain(`ReviewSetExportJobSubmitted, AdminMailAccess, AuditSearchCreated, AuditSearchCompleted,
        AuditSearchCancelled, AuditSearchDeleted, AuditSearchExportJobCreated, AuditSearchExportJobCompleted,
        AuditSearchExportResultsDownloaded`),
    },
  },
  {
    ecs: { category: ['iam'], type: ['admin', 'creation'] },
    operations: plain('CaseAdminAdded, CaseMemberAdded, Add-eDiscoveryCaseAdmin, Add-ComplianceCaseMember'),
  },
  {
    ecs: { category: ['iam'], type: ['admin', 'change'] },
    operations: plain(`CaseAdminUpdated, CaseMemberUpdated, CaseAdminReplaced, Update-eDiscoveryCaseAdmin,
      Update-ComplianceCaseMember`),
  },
  {
    ecs: { category: ['iam'], type: ['admin', 'deletion'] },
    operations: plain('CaseAdminRemoved, CaseMemberRemoved, Remove-eDiscoveryCaseAdmin, Remove-ComplianceCaseMember'),
  },
]
