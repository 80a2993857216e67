import { FatalError } from '../../errors.ts'
import { clockStep, type Step, signOnStep } from '../microsoft/check.ts'
import { parseCursor } from '../microsoft/cursors.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import type { Source } from '../source.ts'
import { clientOf } from './client.ts'
import { Cursor } from './cursor.ts'
import { feedOf } from './feed.ts'
import type { ManagementApiOptions } from './options.ts'
import { readFeed } from './read-feed.ts'

/** The tenant's Office 365 Management Activity API: a source for each content type, all within one quota. */
export function managementApi(tenant: Tenant, options: ManagementApiOptions): Source[] {
  const client = clientOf(tenant, options)
  return options.contentTypes.map((contentType) => {
    const id = `management-api:${tenant.id}:${contentType}`
    const feed = feedOf(client, { tenant: tenant.id, publisher: tenant.publisher, contentType })
    return {
      id,
      async *read(saved, known, signal) {
        const cursor = parseCursor(id, Cursor, saved) ?? { pending: [] }
        yield* readFeed({ id, feed, options }, cursor, known, signal)
      },
    }
  })
}

/**
 * What collecting needs: sign-on, role and tenant, clock, subscriptions. With `mayStart` a missing subscription is
 * started, as collecting would, for only that tells an audit log that is switched off.
 */
export function managementApiSteps(
  tenant: Tenant,
  options: ManagementApiOptions & { readonly mayStart: boolean },
  deps: Pick<LiveDeps, 'now'>,
): Step[] {
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
  return [signOnStep(tenant, client), first, clockStep(client, deps), ...others].filter((step) => step !== undefined)
}
