import type { Operations } from '../../table.ts'
import { configurationParts, iamParts } from '../rows.ts'

/** eDiscovery's cases, holds and exports, alert policies, retention, and the audit log itself. */
export const compliance: readonly Operations[] = [
  ...configurationParts({
    creation: `New-RetentionCompliancePolicy, New-RetentionComplianceRule, New-DlpCompliancePolicy,
      New-DlpComplianceRule, New-ProtectionAlert, New-ActivityAlert, New-CaseHoldPolicy, New-CaseHoldRule,
      New-ComplianceSecurityFilter, New-ComplianceCase, New-ComplianceSearchAction, CaseAdded, HoldCreated,
      SearchPermissionCreated, ReviewSetAdded`,
    change: `Set-RetentionCompliancePolicy, Set-RetentionComplianceRule, Set-DlpCompliancePolicy,
      Set-DlpComplianceRule, Set-ProtectionAlert, Set-ActivityAlert, Set-CaseHoldPolicy, Set-CaseHoldRule,
      Set-ComplianceSecurityFilter, Set-ComplianceCase, Set-ComplianceSearchAction, CaseUpdated, HoldUpdated,
      SearchPermissionUpdated`,
    deletion: `Remove-RetentionCompliancePolicy, Remove-RetentionComplianceRule, Remove-DlpCompliancePolicy,
      Remove-DlpComplianceRule, Remove-ProtectionAlert, Remove-ActivityAlert, Remove-CaseHoldPolicy,
      Remove-CaseHoldRule, Remove-ComplianceSecurityFilter, Remove-ComplianceCase, Remove-ComplianceSearchAction,
      CaseRemoved, HoldRemoved, SearchPermissionRemoved`,
    // AdminMailAccess is a mail that was looked at or downloaded in Defender's explorer.
    access: `SearchExported, ViewedSearchExported, SearchExportDownloaded, PreviewItemDownloaded,
      ReviewSetExportJobSubmitted, AdminMailAccess, AuditSearchCreated, AuditSearchCompleted,
      AuditSearchCancelled, AuditSearchDeleted, AuditSearchExportJobCreated, AuditSearchExportJobCompleted,
      AuditSearchExportResultsDownloaded`,
  }),
  ...iamParts({
    'admin creation': 'CaseAdminAdded, CaseMemberAdded, Add-eDiscoveryCaseAdmin, Add-ComplianceCaseMember',
    'admin change': `CaseAdminUpdated, CaseMemberUpdated, CaseAdminReplaced, Update-eDiscoveryCaseAdmin,
      Update-ComplianceCaseMember`,
    'admin deletion': 'CaseAdminRemoved, CaseMemberRemoved, Remove-eDiscoveryCaseAdmin, Remove-ComplianceCaseMember',
  }),
]
