/**
 * AADSTS codes with which Entra ID stops a sign-in to ask for something more: neither completed nor refused. Names are those
 * of Microsoft's "Microsoft Entra authentication and authorization error codes"; the portal shows such a sign-in as
 * Interrupted.
 */
export const interrupts: ReadonlyMap<number, string> = new Map([
  [16000, 'SelectUserAccount'], // Of several accounts that are signed in.
  [50058, 'UserInformationNotProvided'], // No session yet: expected before anybody has signed in.
  [50072, 'UserStrongAuthEnrollmentRequiredInterrupt'],
  [50074, 'UserStrongAuthClientAuthNRequiredInterrupt'],
  [50076, 'UserStrongAuthClientAuthNRequired'],
  [50078, 'UserStrongAuthExpired'],
  [50079, 'UserStrongAuthEnrollmentRequired'],
  [50097, 'DeviceAuthenticationRequired'],
  [50125, 'PasswordResetRegistrationRequiredInterrupt'],
  [50127, 'BrokerAppNotInstalled'],
  [50129, 'DeviceIsNotWorkplaceJoined'],
  [50140, 'KmsiInterrupt'], // "Keep me signed in?"
  [50158, 'ExternalSecurityChallenge'],
  [50168, 'ChromeBrowserSsoInterruptRequired'],
  [50199, 'CmsiInterrupt'], // "Are you trying to sign in to …?"
  [51006, 'ForceReauthDueToInsufficientAuth'],
  [52004, 'DelegationDoesNotExistForLinkedIn'],
  [65001, 'DelegationDoesNotExist'], // The application asks for consent next.
  // In Europe, before Windows hands a session on to an application; the page calls it `V2Error`, as it does others.
  [9002341, 'The user is required to permit single sign-on (SSO)'],
])

/** Of these, what Entra asks when password and second factor were right already. */
const signedIn: ReadonlySet<number> = new Set([50125, 50140, 50199, 52004, 65001])

const codes: ReadonlyMap<string, number> = new Map(
  [...interrupts].flatMap(([code, name]) => [
    [name, code],
    [`${code}`, code],
  ]),
)

/** The code of an interrupt that an error names, by number or by name; undefined for any other error. */
export function interruptIn(error: string): number | undefined {
  return codes.get(error)
}

/** Whether a sign-in that ended in this code was stopped before anybody was in. */
export function isStopped(code: number | undefined): boolean {
  return code !== undefined && interrupts.has(code) && !signedIn.has(code)
}
