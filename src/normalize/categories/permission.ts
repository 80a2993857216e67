import { grantee } from '../audit/people.ts'
import type { Category, FieldTable } from '../table.ts'
import { configurationParts, iamParts } from './rows.ts'

const granted = { 'hoofprint.grantee': grantee } satisfies FieldTable

/** Who may open, or act for, a mailbox, a folder or a site. */
export const permission: Category = {
  name: 'permission',
  ecs: { category: ['iam'], type: ['change'] },
  audit: [
    ...iamParts(
      {
        change: `Set-MailboxFolderPermission, UpdateFolderPermissions, ModifyFolderPermissions,
        UpdateCalendarDelegation, Set-Mailbox with delegates`,
        creation: `Add-MailboxPermission, Add-RecipientPermission, Add-MailboxFolderPermission, AddFolderPermissions,
        Add-ADPermission, Add-PublicFolderClientPermission`,
        deletion: `Remove-MailboxPermission, Remove-RecipientPermission, Remove-MailboxFolderPermission,
        RemoveFolderPermissions, Remove-ADPermission, Remove-PublicFolderClientPermission`,
      },
      granted,
    ),
    ...iamParts({
      'admin creation': 'SiteCollectionAdminAdded, SiteAdminChangeRequest',
      'admin deletion': 'SiteCollectionAdminRemoved',
      'group creation': 'GroupAdded',
      'group change': 'GroupUpdated, AddedToGroup, RemovedFromGroup, UserAddedToGroup, UserRemovedFromGroup',
      'group deletion': 'GroupRemoved',
    }),
    ...configurationParts({
      change: `PermissionLevelAdded, PermissionLevelModified, PermissionLevelRemoved,
        PermissionLevelsInheritanceBroken, SitePermissionsModified, WebRequestAccessModified,
        WebMembersCanShareModified, SharingInheritanceBroken, SharingInheritanceReset`,
    }),
  ],
}
