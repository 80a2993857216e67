import type { Category } from '../table.ts'
import { plain } from './rows.ts'

/** Files, folders and sites opened to others, and the use of what was opened. */
export const share: Category = {
  name: 'share',
  ecs: { category: ['file'], type: ['change'] },
  audit: [
    {
      operations: {
        ...plain('SharingSet', 'SharingInvitationUpdated', 'SharingInvitationBlocked', 'AnonymousLinkUpdated'),
        ...plain('SecureLinkUpdated', 'SharingLinkUpdated', 'AddedToSecureLink', 'RemovedFromSecureLink'),
        ...plain('AccessRequestUpdated', 'AccessRequestAccepted', 'AccessRequestApproved'),
        ...plain('AccessRequestDenied', 'AccessRequestRejected', 'AccessInvitationUpdated'),
      },
    },
    {
      ecs: { category: ['file'], type: ['creation'] },
      operations: {
        ...plain('SharingInvitationCreated', 'AnonymousLinkCreated', 'CompanyLinkCreated', 'SecureLinkCreated'),
        ...plain('SharingLinkCreated', 'SharedLinkCreated', 'AccessRequestCreated', 'AccessInvitationCreated'),
      },
    },
    {
      ecs: { category: ['file'], type: ['access'] },
      operations: {
        ...plain('SharingInvitationAccepted', 'AnonymousLinkUsed', 'CompanyLinkUsed', 'SecureLinkUsed'),
        ...plain('SharingLinkUsed', 'AccessInvitationAccepted'),
      },
    },
    {
      ecs: { category: ['file'], type: ['deletion'] },
      operations: {
        ...plain('SharingRevoked', 'SharingInvitationRevoked', 'AnonymousLinkRemoved', 'CompanyLinkRemoved'),
        ...plain('SecureLinkDeleted', 'SharingLinkDeleted', 'SharedLinkDisabled', 'AccessInvitationRevoked'),
        ...plain('AccessInvitationExpired'),
      },
    },
  ],
}
