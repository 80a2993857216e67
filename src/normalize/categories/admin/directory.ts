import type { Operations } from '../../table.ts'
import { configurationParts, iamParts } from '../rows.ts'

/** Entra's users, groups, roles, domains and policies. */
export const directory: readonly Operations[] = [
  ...iamParts({
    'user creation': `Add user., Invite external user., Redeem external user invite, Restore user.,
      Invite external user with reset invitation status, Invite internal user to B2B collaboration,
      Redeem extern user invite, Bulk create users - finished (bulk), Bulk invite users - finished (bulk)`,
    'user change': `Update user., Change user license., Set license properties., Set user manager., Remove user manager,
      Convert federated user to managed.`,
    'user deletion': 'Delete user., Hard Delete user., Delete external user, Bulk delete users - finished (bulk)',
    // All of one kind at once: who is in the tenant, or what it has.
    info: 'Download users - finished (bulk)',
    'group creation': 'Add group., Restore Group., Add member to group., Add owner to group.',
    'group change': 'Update group., Set group license., Set group to be managed by user',
    'group deletion': 'Delete group., Hard Delete group., Remove member from group., Remove owner from group.',
  }),
  // learn.microsoft.com/azure/role-based-access-control/elevate-access-global-admin: a right to all that the tenant has in Azure.
  ...iamParts({
    'admin creation': 'User has elevated their access to User Access Administrator for their Azure Resources',
  }),
  ...iamParts({
    'admin creation': `Add member to role., Add eligible member to role., Add scoped member to role.,
      Add member to role completed (PIM activation), Add member to role requested (PIM activation),
      Add member to role in PIM requested (permanent), Add member to role in PIM requested (timebound),
      Add member to role outside of PIM (permanent), Add eligible member to role in PIM requested (permanent),
      Add eligible member to role in PIM requested (timebound), Add member to role in PIM completed (permanent),
      Add member to role in PIM completed (timebound), Add eligible member to role in PIM completed (permanent),
      Add eligible member to role in PIM completed (timebound), Add role definition.,
      Add role assignment to role definition., Add administrative unit., Add member to administrative unit.`,
    'admin change': 'Update role., Update role definition., Update role setting in PIM, Update administrative unit.',
    'admin deletion': `Remove member from role., Remove eligible member from role., Remove scoped member from role.,
      Remove member from role completed (PIM deactivate), Delete role definition.,
      Remove role assignment from role definition., Delete administrative unit.,
      Remove member from administrative unit.,
      The role assignment of User Access Administrator has been removed from the user`,
  }),
  ...configurationParts({
    access: 'Other access', // These four are of what has no name here: `kin`.
    creation: `Add policy., Add conditional access policy., Add named location, Add policy to service principal.,
      Add domain to company., Add unverified domain., Add verified domain., Add partner to company.,
      Add a partner to cross-tenant access setting, Create company,
      Create a partner cross-tenant identity sync setting, Add CertificationBasedAuthConfiguration,
      Authentication Strength Policy Create, Authentication Strength Combination Configuration Create,
      Other creation`,
    change: `Update policy., Update conditional access policy., Update named location, Update authorization policy.,
      Authentication Methods Policy Update, Authentication Methods Policy Reset, Set company information.,
      Set company contact information., Update domain., Verify domain., Verify email verified domain.,
      Set domain authentication., Set federation settings on domain., Set password policy., Set DirSyncEnabled flag.,
      Set DirSync feature., Set directory feature on tenant., Enable Desktop Sso, Disable Desktop Sso,
      Update a partner cross-tenant access setting, Update the company default cross-tenant access setting,
      Update security defaults, Authentication Strength Policy Update,
      Authentication Strength Combination Configuration Update, MFA Service Policy Update, PATCH Tenant.Patch,
      Other change`,
    deletion: `Delete policy., Delete conditional access policy., Delete named location,
      Remove policy from service principal., Remove domain from company., Remove unverified domain.,
      Remove verified domain., Remove partner from company., Delete partner specific cross-tenant access setting,
      Authentication Strength Policy Delete, Authentication Strength Combination Configuration Delete,
      Other deletion`,
  }),
]
