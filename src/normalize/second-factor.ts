import type { Step } from './first-factor.ts'

// Microsoft ("Sign-in event details for Microsoft Entra multifactor authentication"): nobody was asked, for what the client brought along had been asked before.
const brought = /^MFA requirement satisfied by claim in the token/i
const ofOthers = /^MFA requirement satisfied by (?:claim provided by )?external provider/i
const done = /^MFA (?:successfully )?completed/i
// Steps of the first factor, and what says that nothing was asked.
const noMethod: ReadonlySet<string> = new Set(['', 'password', 'previously satisfied'])

/**
 * How the second factor of a sign-in that succeeded was met, as far as its record says so: `token`, by what a token or session brought along; `external
 * provider`; or the method that was used. `detail` is the text beside its status, `method` what its details of the second factor name.
 */
export function secondFactorOf(
  steps: readonly Step[],
  detail: string | undefined,
  method: string | undefined,
): string | undefined {
  const passed = steps.filter(({ succeeded }) => /^true$/i.test(String(succeeded)))
  const texts = [detail ?? '', ...passed.map((step) => String(step.authenticationStepResultDetail ?? ''))]
  if (method !== undefined && !noMethod.has(method.toLowerCase())) return method
  const asked = passed.find(({ authenticationStepResultDetail: text }) => done.test(String(text)))
  const used = String(asked?.authenticationMethod ?? '')
  if (!noMethod.has(used.toLowerCase())) return used
  if (texts.some((text) => brought.test(text))) return 'token'
  return texts.some((text) => ofOthers.test(text)) ? 'external provider' : undefined
}
