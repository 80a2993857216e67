import type { Category } from '../table.ts'
import { fileParts, plain } from './rows.ts'

/** Files, folders and sites opened to others, and the use of what was opened. */
export const share: Category = {
  name: 'share',
  ecs: { category: ['file'], type: ['change'] },
  audit: [
    {
      operations: plain(`SharingSet, SharingInvitationUpdated, SharingInvitationBlocked, AnonymousLinkUpdated,
        SecureLinkUpdated, SharingLinkUpdated, AddedToSecureLink, RemovedFromSecureLink, AccessRequestUpdated,
        AccessRequestAccepted, AccessRequestApproved, AccessRequestDenied, AccessRequestRejected,
        AccessInvitationUpdated`),
    },
    ...fileParts({
      creation: `SharingInvitationCreated, AnonymousLinkCreated, CompanyLinkCreated, SecureLinkCreated,
        SharingLinkCreated, SharedLinkCreated, AccessRequestCreated, AccessInvitationCreated`,
      access: `SharingInvitationAccepted, AnonymousLinkUsed, CompanyLinkUsed, SecureLinkUsed, SharingLinkUsed,
        AccessInvitationAccepted`,
      deletion: `SharingRevoked, SharingInvitationRevoked, AnonymousLinkRemoved, CompanyLinkRemoved, SecureLinkDeleted,
        SharingLinkDeleted, SharedLinkDisabled, AccessInvitationRevoked, AccessInvitationExpired`,
    }),
  ],
}
