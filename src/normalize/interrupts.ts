/**
 * AADSTS codes with which Entra ID stops a sign-in to ask for something more: neither completed nor refused. Names are those
 * of Microsoft's "Microsoft Entra authentication and authorization error codes"; the portal shows such a sign-in as
 * Interrupted.
 */
export const interrupts: ReadonlyMap<number, string> = new Map([
  [50058, 'UserInformationNotProvided'], // No session yet: expected before anybody has signed in.
  [50072, 'UserStrongAuthEnrollmentRequiredInterrupt'],
  [50074, 'UserStrongAuthClientAuthNRequiredInterrupt'],
  [50076, 'UserStrongAuthClientAuthNRequired'],
  [50078, 'UserStrongAuthExpired'],
  [50079, 'UserStrongAuthEnrollmentRequired'],
  [50097, 'DeviceAuthenticationRequired'],
  [50125, 'PasswordResetRegistrationRequiredInterrupt'],
  [50140, 'KmsiInterrupt'], // "Keep me signed in?"
  [50158, 'ExternalSecurityChallenge'],
  [50168, 'ChromeBrowserSsoInterruptRequired'],
  [50199, 'CmsiInterrupt'], // "Are you trying to sign in to …?"
  [65001, 'DelegationDoesNotExist'], // The application asks for consent next.
])

/** Of these, what Entra asks when password and second factor were right already. */
const signedIn: ReadonlySet<number> = new Set([50125, 50140, 50199, 65001])

/** Whether a sign-in that ended in this code, or in the error of this name, was stopped before anybody was in. */
export function isStopped(error: number | string): boolean {
  return stopped.has(error)
}

const stopped: ReadonlySet<number | string> = new Set([...interrupts].filter(([code]) => !signedIn.has(code)).flat())
