import { FatalError } from '../../errors.ts'
import { check, clockStep, type Finding, type Step, signOnStep } from '../microsoft/check.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import { clientOf } from './client.ts'
import { feedOf } from './feed.ts'
import type { ManagementApiOptions } from './options.ts'

/**
 * Tries what collecting needs: sign-on, role and tenant, clock, subscriptions. With `mayStart` a missing subscription is
 * started, as collecting would, for only that tells an audit log that is switched off.
 */
export function checkManagementApi(
  tenant: Tenant,
  options: ManagementApiOptions & { readonly mayStart: boolean },
  deps: Pick<LiveDeps, 'now'>,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  const client = clientOf(tenant, options)
  const subscriptions = options.contentTypes.map((contentType): Step => {
    const feed = feedOf(client, { tenant: tenant.id, publisher: tenant.publisher, contentType })
    return {
      subject: contentType,
      async attempt(stop) {
        const status = await feed.subscription(stop)
        if (status === 'enabled' || status === 'unknown') return 'there is a subscription'
        if (!options.mayStart) throw new FatalError('there is no subscription: `hoofprint collect` starts it')
        await feed.start(stop)
        return 'a subscription was started; content comes within 12 hours'
      },
    }
  })
  const [first, ...others] = subscriptions
  const steps = [signOnStep(tenant, client), first, clockStep(client, deps), ...others]
  return check(
    steps.filter((step) => step !== undefined),
    signal,
  )
}
