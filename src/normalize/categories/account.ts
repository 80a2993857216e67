import type { Category } from '../table.ts'
import { iamParts, plain } from './rows.ts'

/** What an account proves itself with, and the devices that stand for it. */
export const account: Category = {
  name: 'account',
  ecs: { category: ['iam'], type: ['user', 'change'] },
  audit: [
    {
      operations: {
        ...plain(`Reset user password., Change user password., Set force change user password.,
          Reset password (self-service), Reset password (by admin), Change password (self-service),
          Self-service password reset flow activity progress, Unlock user account (self-service),
          Blocked from self-service password reset, Update user with strong authentication,
          Enable Strong Authentication., Disable Strong Authentication., Update StsRefreshTokenValidFrom Timestamp.,
          Enable account., Disable account., User started security info registration,
          User canceled security info registration, User registered all required security info,
          User reviewed security info, User changed default security info, User updated security info,
          Admin updated security info, Fraud reported - no action taken, Fraud reported - user is blocked for MFA,
          Suspicious activity reported, Update PasswordProfile., Reset password, Admin started password reset,
          User started password change, User started password reset,
          Security info saved for self-service password reset, Get passkey creation options,
          Update per-user multifactor authentication state, Assign Hardware Oath Token, Update Hardware Oath Token,
          PATCH UserAuthMethod.PatchSignInPreferencesAsync`),
        // Whom MFA lets in for once without a second factor, and whom it asks no more.
        ...plain('Add bypass user, Remove bypassed user, Add blocked user, Clear block on user'),
        // What an administrator says of a risk that Entra ID Protection found: dismissed, it stops nobody any more.
        ...plain('DismissUser, ConfirmSafe, ConfirmCompromised, ConfirmAccountCompromised'),
        // Whoever reads these can open the device.
        ...plain(`Recover device local administrator password, Reveal local administrator password,
          Read BitLocker key`),
      },
    },
    ...iamParts({
      'user creation': `User registered security info, Admin registered security info, Create application password for user.,
        Add Windows Hello for Business credential, Add FIDO2 security key, Add Passwordless phone sign-in credential,
        Add Passkey (device-bound), Add Passkey (device-bound) security key, Add platform credential,
        Create Hardware Oath Token, Bulk upload Hardware Oath Token,
        Add users strong authentication phone app detail`,
      'user deletion': `User deleted security info, Admin deleted security info, Delete application password for user.,
        Delete Windows Hello for Business credential, Delete FIDO2 security key,
        Delete Passwordless phone sign-in credential, Delete FIDO2 security key(s), Delete Passkey (device-bound),
        Delete Passkey (device-bound) security key, Delete platform credential, Delete Hardware Oath Token,
        Remove users strong authentication phone app detail`,
      creation: 'Add device., Register device, Add registered owner to device., Add registered users to device.',
      change: 'Update device., Device no longer compliant, Device no longer managed',
      deletion: `Delete device., Unregister device, Remove registered owner from device.,
        Remove registered users from device.`,
    }),
  ],
}
