import { z } from 'zod'
import { RetryableError } from '../../errors.ts'
import { dayMs, hourMs } from '../../time/time.ts'
import { clockStep, requestStep, type Step, signOnStep } from '../microsoft/check.ts'
import type { Client } from '../microsoft/client.ts'
import { parseCursor, Time } from '../microsoft/cursors.ts'
import { isProblem, readPage } from '../microsoft/pages.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import type { Part, Source } from '../source.ts'
import { addressOf, clientOf } from './mailbox.ts'
import type { OutlookActivitiesOptions } from './options.ts'

const Pages = z.strictObject({ from: Time, to: Time, readAt: Time, skip: z.int().min(0) })
type Pages = z.output<typeof Pages>

const Cursor = z.strictObject({
  /** All activities before are read. */
  until: Time.optional(),
  /** The span that is being read, and how far. */
  pages: Pages.optional(),
})

/** A mailbox's activities, from the Outlook Activities API of 2018 or what speaks as it did. */
export function outlookActivities(
  tenant: Tenant,
  options: OutlookActivitiesOptions,
  deps: Pick<LiveDeps, 'now'>,
): Source {
  const client = clientOf(tenant, options)
  const id = `outlook-activities:${tenant.id}:${options.user.toLowerCase()}${options.types.map((type) => `:${type}`).join('')}`
  return {
    id,
    async *read(saved, known, signal) {
      const { until, pages } = parseCursor(id, Cursor, saved) ?? {}
      const begun = pages ?? spanOf(options, until, deps.now())
      if (begun.from < begun.to) yield* readSpan({ id, client, options, known, signal }, begun)
    },
  }
}

interface Mailbox {
  readonly id: string
  readonly client: Client
  readonly options: OutlookActivitiesOptions
  readonly known: (name: string) => boolean
  readonly signal: AbortSignal
}

const keptMs = 180 * dayMs
const overlapMs = hourMs

/** An hour is read again, for what is noted late. Once the given end is reached there is nothing more. */
function spanOf({ start, end }: OutlookActivitiesOptions, until: string | undefined, now: Date): Pages {
  const first = start ?? new Date(now.getTime() - keptMs).toISOString()
  const to = end === undefined || end > now.toISOString() ? now.toISOString() : end
  const again = until === undefined ? first : new Date(Date.parse(until) - overlapMs).toISOString()
  return {
    from: until !== undefined && until >= to ? to : again < first ? first : again,
    to,
    readAt: now.toISOString(),
    skip: 0,
  }
}

async function* readSpan({ id, client, options, known, signal }: Mailbox, begun: Pages): AsyncGenerator<Part> {
  const { from, to, readAt } = begun
  for (let { skip } = begun; ; skip += options.pageSize) {
    const pages = { from, to, readAt, skip }
    if (skip > begun.skip) yield { cursor: { pages } }
    const name = `${id} ${from}/${to} read ${readAt} from ${skip}`
    const ask = { url: addressOf(options, pages) }
    const page = { name, shape: 'outlook-activities', client, ask, cursor: { pages } }
    const result = yield* readPage(page, known, signal)
    if (isProblem(result)) throw new RetryableError(`${id}: ${result.said}`)
    if (result.records < options.pageSize) break
  }
  yield { cursor: { until: to } }
}

/** What reading a mailbox's activities needs: sign-on, the API and the mailbox, clock. */
export function outlookActivitiesSteps(
  tenant: Tenant,
  options: OutlookActivitiesOptions,
  deps: Pick<LiveDeps, 'now'>,
): Step[] {
  const client = clientOf(tenant, options)
  const now = deps.now().toISOString()
  const one = addressOf({ ...options, pageSize: 1 }, { from: now, to: now, skip: 0 })
  return [signOnStep(tenant, client), requestStep(options.user, client, one), clockStep(client, deps)]
}
