import { check, clockStep, type Finding, requestStep, signOnStep } from '../microsoft/check.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import { addressOf, clientOf } from './log.ts'
import type { GraphSignInsOptions } from './options.ts'

/** Tries what reading sign-ins needs: sign-on, roles and licence, clock. */
export function checkGraphSignIns(
  tenant: Tenant,
  { events }: GraphSignInsOptions,
  deps: Pick<LiveDeps, 'now'>,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  const client = clientOf(tenant)
  const requests = events.map((event) => requestStep(`sign-ins: ${event}`, client, addressOf(client, event)))
  return check([signOnStep(tenant, client), ...requests, clockStep(client, deps)], signal)
}
