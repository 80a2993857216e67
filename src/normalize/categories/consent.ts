import { letIn } from '../audit/let-in.ts'
import type { Category } from '../table.ts'
import { iamParts } from './rows.ts'

/** What applications may do, and what they prove themselves with. */
export const consent: Category = {
  name: 'consent',
  ecs: { category: ['iam'], type: ['change'] },
  audit: iamParts(
    {
      change: `Update OAuth2PermissionGrant, Update delegated permission grant, Update service principal.,
        Update application., Update application – Certificates and secrets management , Set delegation entry.,
        Set verified publisher., Unset verified publisher., Set-App, Enable-App, Disable-App, Set-ServicePrincipal,
        Update external secrets`,
      creation: `Consent to application., Add OAuth2PermissionGrant., Add delegated permission grant.,
        Add app role assignment grant to user., Add app role assignment to service principal.,
        Add app role assignment to group., Add service principal., Add service principal credentials.,
        Add owner to service principal., Restore service principal., Add application., Restore application.,
        Add owner to application., Add delegation entry., New-App, New-ServicePrincipal,
        Create application – Certificates and secrets management`,
      deletion: `Revoke consent., Remove OAuth2PermissionGrant., Remove delegated permission grant.,
        Remove app role assignment from user., Remove app role assignment from service principal.,
        Remove app role assignment from group., Remove service principal., Hard delete service principal.,
        Remove service principal credentials., Remove owner from service principal., Delete application.,
        Hard delete application., Remove owner from application., Remove delegation entry., Remove-App,
        Remove-ServicePrincipal`,
    },
    letIn,
  ),
}
