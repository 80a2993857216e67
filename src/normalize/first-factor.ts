import type { FirstFactor } from '../document.ts'

/**
 * AADSTS codes of sign-ins that were stopped by what comes after the first factor, with their names. From Microsoft's "Microsoft Entra
 * authentication and authorization error codes": an expired password, a second factor or its enrolment that was asked for or not passed, a user who
 * is signed in and not assigned to the application, and refusals by policies of Conditional Access, which are "enforced after first-factor
 * authentication is completed" (Microsoft, "What is Conditional Access?"). Of an account whose domain is federated or that has no
 * password the first factor was another one, and clients sign in again with tokens. Codes that may come before the password was looked at, such
 * as those of locked and disabled accounts, are not here.
 */
const after: ReadonlyMap<number, string | undefined> = new Map([
  [50005, 'DevicePolicyError'],
  [50055, 'InvalidPasswordExpiredPassword'],
  [50072, 'UserStrongAuthEnrollmentRequiredInterrupt'],
  [50074, 'UserStrongAuthClientAuthNRequiredInterrupt'],
  [50076, 'UserStrongAuthClientAuthNRequired'],
  [50079, 'UserStrongAuthEnrollmentRequired'],
  [50105, 'EntitlementGrantsNotFound'],
  [50158, 'ExternalSecurityChallenge'],
  [53000, 'DeviceNotCompliant'],
  [53001, 'DeviceNotDomainJoined'],
  [53002, 'ApplicationUsedIsNotAnApprovedApp'],
  [53003, 'BlockedByConditionalAccess'],
  [53004, 'ProofUpBlockedDueToRisk'],
  [53009, undefined], // "Application needs to enforce Intune protection policies."
  [53010, 'ProofUpBlockedDueToSecurityInfoAcr'],
  [500121, undefined], // "Authentication failed during strong authentication request."
  [530032, 'BlockedByConditionalAccessOnSecurityPolicy'],
])

const errors: ReadonlySet<string> = new Set([...after].flatMap(([code, name]) => [`${code}`, name ?? `${code}`]))

/** Whether an error, by number or by name, says that the first factor was accepted before the sign-in was stopped. */
export function isAfterFirstFactor(error: string): boolean {
  return errors.has(error)
}

/** One of the steps of a sign-in, as its record lists them. */
export interface Step {
  readonly authenticationMethod?: unknown
  readonly authenticationStepResultDetail?: unknown
  readonly succeeded?: unknown
}

/**
 * What was accepted, by what the record lists beside its error: a password that it says was right, a token or a session from before, or no
 * telling. Nothing where all that it lists of passwords is wrong ones.
 */
export function firstFactorOf(steps: readonly Step[], tokenType: string | undefined): FirstFactor | undefined {
  const by = (name: string) => steps.filter(({ authenticationMethod: method }) => String(method).toLowerCase() === name)
  const passwords = by('password')
  if (passwords.some(({ succeeded }) => /^true$/i.test(String(succeeded)))) return 'password'
  if (passwords.length > 0) return undefined
  const isEarlier = by('previously satisfied').length > 0
  return isEarlier || (tokenType !== undefined && tokenType.toLowerCase() !== 'none') ? 'token' : 'accepted'
}
