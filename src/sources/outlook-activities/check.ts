import { check, clockStep, type Finding, requestStep, signOnStep } from '../microsoft/check.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import { addressOf, clientOf } from './mailbox.ts'
import type { OutlookActivitiesOptions } from './options.ts'

/** Tries what reading a mailbox's activities needs: sign-on, the API and the mailbox, clock. */
export function checkOutlookActivities(
  tenant: Tenant,
  options: OutlookActivitiesOptions,
  deps: Pick<LiveDeps, 'now'>,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  const client = clientOf(tenant, options)
  const now = deps.now().toISOString()
  const one = addressOf({ ...options, pageSize: 1 }, { from: now, to: now, skip: 0 })
  return check([signOnStep(tenant, client), requestStep(options.user, client, one), clockStep(client, deps)], signal)
}
