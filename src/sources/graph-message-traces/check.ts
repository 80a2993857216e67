import { check, clockStep, type Finding, requestStep, signOnStep } from '../microsoft/check.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import { addressOf, clientOf, mailsOf } from './log.ts'
import type { GraphMessageTracesOptions } from './options.ts'

/** Tries what reading message traces needs: sign-on, role, clock. */
export function checkGraphMessageTraces(
  tenant: Tenant,
  options: GraphMessageTracesOptions,
  deps: Pick<LiveDeps, 'now'>,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  const client = clientOf(tenant)
  const [mails] = mailsOf(options)
  const request = requestStep('message traces', client, addressOf(client, mails))
  return check([signOnStep(tenant, client), request, clockStep(client, deps)], signal)
}
