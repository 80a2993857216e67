import { letIn } from '../audit/let-in.ts'
import type { Category } from '../table.ts'
import { plain } from './rows.ts'

/** What applications may do, and what they prove themselves with. */
export const consent: Category = {
  name: 'consent',
  ecs: { category: ['iam'], type: ['change'] },
  audit: [
    {
      fields: letIn,
      operations: {
        ...plain('Update OAuth2PermissionGrant', 'Update delegated permission grant'),
        ...plain('Update service principal.', 'Update application.'),
        ...plain('Update application – Certificates and secrets management ', 'Set delegation entry.'),
        ...plain('Set verified publisher.', 'Unset verified publisher.', 'Set-App', 'Enable-App'),
        ...plain('Disable-App', 'Set-ServicePrincipal', 'Update external secrets'),
      },
    },
    {
      ecs: { category: ['iam'], type: ['creation'] },
      fields: letIn,
      operations: {
        ...plain('Consent to application.', 'Add OAuth2PermissionGrant.', 'Add delegated permission grant.'),
        ...plain('Add app role assignment grant to user.', 'Add app role assignment to service principal.'),
        ...plain('Add app role assignment to group.', 'Add service principal.'),
        ...plain('Add service principal credentials.', 'Add owner to service principal.'),
        ...plain('Restore service principal.', 'Add application.', 'Restore application.'),
        ...plain('Add owner to application.', 'Add delegation entry.', 'New-App', 'New-ServicePrincipal'),
        ...plain('Create application – Certificates and secrets management'),
      },
    },
    {
      ecs: { category: ['iam'], type: ['deletion'] },
      fields: letIn,
      operations: {
        ...plain('Revoke consent.', 'Remove OAuth2PermissionGrant.', 'Remove delegated permission grant.'),
        ...plain('Remove app role assignment from user.', 'Remove app role assignment from service principal.'),
        ...plain('Remove app role assignment from group.', 'Remove service principal.'),
        ...plain('Hard delete service principal.', 'Remove service principal credentials.'),
        ...plain('Remove owner from service principal.', 'Delete application.', 'Hard delete application.'),
        ...plain('Remove owner from application.', 'Remove delegation entry.', 'Remove-App'),
        ...plain('Remove-ServicePrincipal'),
      },
    },
  ],
}
