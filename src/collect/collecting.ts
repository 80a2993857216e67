import type { CaseStore } from '../case/store.ts'
import type { Config } from '../config/config.ts'
import type { Deps } from '../deps.ts'
import { emptiedScratch } from '../job.ts'
import type { StreamStatus } from '../service/status.ts'
import { openStreams, type Stream } from '../sources/index.ts'
import { type LiveDeps, openTenant, type Tenant } from '../sources/microsoft/tenant.ts'
import { dayMs } from '../time/time.ts'
import { collect } from './collect.ts'
import { type Schedule, scheduleOf, type Task } from './scheduler.ts'
import { type Watched, watch } from './watch.ts'

/** Everything that a configuration wants collected, ready to run. */
export interface Collecting {
  readonly schedule: Schedule
  streams(): StreamStatus[]
  /**
   * What time it is by the services' clocks, in milliseconds since the epoch; by ours where they answer, and none has ever told it. Undefined before
   * the first answer, and where more than a day has passed by our own since the last: it may have jumped.
   */
  serviceNow(): number | undefined
  close(): Promise<void>
}

/** What collecting works with. */
export interface CollectingParts {
  readonly config: Config
  /** The same with what the files of its secrets hold now: asked for at each sign-on. */
  readonly renewed?: (() => Config) | undefined
  readonly store: CaseStore
  readonly deps: Deps & Pick<LiveDeps, 'onThrottled'>
}

/** Opens the tenants of the configuration and their streams. Nothing is asked yet. */
export async function openCollecting(parts: CollectingParts): Promise<Collecting> {
  const { config, renewed = () => config } = parts
  let told: { readonly time: number; readonly at: number; readonly isTheirs: boolean } | undefined
  const onTime = (time: number | undefined) => {
    if (time === undefined && told?.isTheirs === true) return
    const at = parts.deps.now().getTime()
    told = { time: time ?? at, at, isTheirs: time !== undefined }
  }
  const deps = { ...parts.deps, onTime }
  const scratch = emptiedScratch(config)
  const tenants: Tenant[] = []
  const close = async () => void (await Promise.all(tenants.map((tenant) => tenant.close())))
  try {
    const watched: Watched[] = []
    const tasks: Task[] = []
    for (const [i, { sources, ...options }] of config.tenants.entries()) {
      const credentials = () => (renewed().tenants[i] ?? options).credentials
      const tenant = openTenant(options, deps, credentials)
      tenants.push(tenant)
      for (const stream of await openStreams(tenant, sources, deps)) {
        const own = watch(stream, config.collect.failingAfterMinutes * 60_000, parts)
        watched.push(own)
        tasks.push(taskOf(stream, own, scratch, parts))
      }
    }
    const schedule = scheduleOf(tasks, deps)
    const streams = () =>
      watched.map((own, i) => own.status(schedule.statuses[i] as (typeof schedule.statuses)[number]))
    const serviceNow = () => {
      const { time = 0, at = Number.POSITIVE_INFINITY } = told ?? {}
      const sinceMs = deps.now().getTime() - at
      return sinceMs >= 0 && sinceMs < dayMs ? time + sinceMs : undefined
    }
    return { schedule, streams, serviceNow, close }
  } catch (error) {
    await close()
    throw error
  }
}

function taskOf(
  { source, everyMs }: Stream,
  watched: Watched,
  scratch: string,
  { store, deps }: CollectingParts,
): Task {
  return {
    id: source.id,
    everyMs,
    async run(signal) {
      const startedAt = deps.now().getTime()
      await collect(source, { store, scratch, deps, ...watched }, signal)
      watched.onDone(startedAt)
    },
  }
}
