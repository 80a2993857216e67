import type { Category } from '../table.ts'
import { plain } from './rows.ts'

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
    {
      ecs: { category: ['file'], type: ['creation'] },
      operations: plain(`SharingInvitationCreated, AnonymousLinkCreated, CompanyLinkCreated, SecureLinkCreated,
        SharingLinkCreated, SharedLinkCreated, AccessRequestCreated, AccessInvitationCreated`),
    },
    {
      ecs: { category: ['file'], type: ['access'] },
      operations: plain(`SharingInvitationAccepted, AnonymousLinkUsed, CompanyLinkUsed, SecureLinkUsed, SharingLinkUsed,
        AccessInvitationAccepted`),
    },
    {
      ecs: { category: ['file'], type: ['deletion'] },
      operations:
        plain(`SharingRevoked, SharingInvitationRevoked, AnonymousLinkRemoved, CompanyLinkRemoved, SecureLinkDeleted,
        SharingLinkDeleted, SharedLinkDisabled, AccessInvitationRevoked, AccessInvitationExpired`),
    },
  ],
}
