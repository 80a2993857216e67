import type { CaseStore } from '../case/store.ts'
import type { Config } from '../config/config.ts'
import { added, noCounts } from '../counts.ts'
import type { Job } from '../job.ts'
import { silent } from '../progress.ts'
import { type Health, healthOf } from '../service/health.ts'
import { type HttpService, serveHttp } from '../service/http.ts'
import { type Metrics, metricsOf } from '../service/metrics.ts'
import type { StreamStatus } from '../service/status.ts'
import { dayMs, hourMs } from '../time/time.ts'
import { calmLog } from './calm-log.ts'
import { type Collecting, openCollecting } from './collecting.ts'
import { type Outbox, outboxOf } from './outbox.ts'
import { type Schedule, scheduleOf, type Task, type TaskStatus } from './scheduler.ts'
import { watch } from './watch.ts'

/** What became of one round. */
export interface Round {
  readonly succeeded: boolean
  readonly streams: readonly StreamStatus[]
  /** How many documents Elasticsearch refused in this round. */
  readonly refused: number
  /** Why the events were not delivered, if so. */
  readonly publishing: string | undefined
}

/** Reads every stream once and delivers what came. */
export async function collectOnce(job: Job, store: CaseStore): Promise<Round> {
  const collecting = await openCollecting({ ...job, store })
  try {
    const cameToEnd = await collecting.schedule.once(job.signal)
    const outbox = outboxOn(job, store, collecting, false)
    const others = choresOf({ job, store, collecting, outbox })
    const isDelivered = await others.schedule.once(job.signal)
    const publishing = others.schedule.statuses.find(({ reason }) => reason !== undefined)?.reason
    const refused = outbox.refusedNow()
    return { succeeded: cameToEnd && isDelivered && refused === 0, streams: collecting.streams(), refused, publishing }
  } finally {
    await collecting.close()
  }
}

/** Reads every stream at its interval and delivers what comes, until the job's signal says stop. `onListening` hears the address. */
export async function collectForever(
  given: Job,
  store: CaseStore,
  onListening: (address: string) => void,
): Promise<void> {
  const job = { ...given, deps: { ...given.deps, log: calmLog(given.deps) } }
  const { config, renewed, deps, signal } = job
  let startedAt = deps.now().getTime()
  let metrics: Metrics | undefined
  const onThrottled = (api: string) => metrics?.throttled(api)
  const collecting = await openCollecting({ config, renewed, store, deps: { ...deps, onThrottled } })
  const outbox = outboxOn(job, store, collecting, true)
  const others = choresOf({ job, store, collecting, outbox })
  const statuses = () => [...collecting.streams(), ...others.statuses()]
  const health = () => {
    const now = deps.now().getTime()
    startedAt = Math.min(startedAt, now) // The clock may have been put back.
    return healthOf(statuses(), startedAt, now)
  }
  const heartbeat = scheduleOf([heartbeatOf(job, store, collecting, health)], deps)
  let service: HttpService | undefined
  try {
    metrics = metricsOf({
      streams: collecting.streams,
      chores: others.statuses,
      gaps: store.collection.countGaps,
      outbox: () => (delivers(config) ? store.retention.undelivered(outbox.delivered()) : undefined),
      refused: store.countRefused,
      now: () => deps.now().getTime(),
    })
    service = await serveHttp(config.collect.listen, routesOf(health, metrics, signal))
    onListening(service.address)
    const schedules: readonly Schedule[] = [collecting.schedule, others.schedule, heartbeat]
    await Promise.all(schedules.map((schedule) => schedule.run(signal)))
  } finally {
    await service?.close()
    await collecting.close()
  }
}

function routesOf(health: () => Health, metrics: Metrics, signal: AbortSignal) {
  const json = (isGood: boolean, value: unknown) => {
    return { status: isGood ? 200 : 503, type: 'application/json', body: `${JSON.stringify(value)}\n` }
  }
  return {
    '/healthz': () => {
      const found = health()
      return json(found.healthy, found)
    },
    '/readyz': () => json(!signal.aborted, { ready: !signal.aborted }),
    '/metrics': async () => ({ status: 200, type: metrics.contentType, body: await metrics.render() }),
  }
}

interface WatchedOutbox extends Omit<Outbox, 'deliver'> {
  /** `onDelivered` hears whenever some of it has arrived: after weeks without Elasticsearch, all of it takes hours. */
  deliver(signal: AbortSignal, onDelivered: () => void): Promise<void>
  /** How many events are delivered, by their numbers, once a delivery has begun: one of a day's takes long, and is noted at its end. */
  delivered(): number | undefined
}

function outboxOn(job: Job, store: CaseStore, collecting: Collecting, isForEver: boolean): WatchedOutbox {
  let delivered: number | undefined
  let onDelivered = () => {}
  const update = (done: number) => {
    if (delivered !== undefined && done > delivered) onDelivered() // The first of each delivery says what was there.
    delivered = done
  }
  let unnoted: number | undefined
  /** By a clock of ours that is behind it would go at once: it is noted as soon as a service tells the time. */
  const note = () => {
    const now = collecting.serviceNow()
    if (now === undefined || unnoted === undefined) return
    store.retention.delivered(unnoted, new Date(now))
    unnoted = undefined
  }
  const outbox = outboxOf({
    retriesAtStart: isForEver,
    deps: job.deps,
    arrived: () => collecting.streams().reduce((sum, { counts }) => sum + counts.read, 0),
    marks: store.marks,
    async publish(rejects, signal) {
      const until = store.retention.lastSeq()
      store.buildJoins() // Some indexes are needed once a case has records of a kind, and missing makes delivery slow.
      signal.throwIfAborted()
      const { publishCase } = await import('../delivery.ts')
      // As long as from one delivery to the next, so that the next begins at once, and new events wait no longer than they are said to.
      const wishes = {
        rejects,
        countsEarlier: false,
        ...(isForEver && { againMs: job.config.collect.publishSeconds * 1000 }),
      }
      const published = await publishCase({ ...job, signal, progress: { ...silent, update } }, store, wishes)
      unnoted = until
      return published
    },
  })
  const deliver = async (signal: AbortSignal, hears: () => void) => {
    onDelivered = hears
    await outbox.deliver(signal)
    note()
  }
  return { ...outbox, deliver, delivered: () => delivered }
}

interface ChoresParts {
  readonly job: Job
  readonly store: CaseStore
  readonly collecting: Pick<Collecting, 'serviceNow'>
  readonly outbox: WatchedOutbox
}

interface Chore extends Omit<Task, 'run'> {
  run(signal: AbortSignal, onDelivered: () => void): Promise<void>
}

/** What is done beside the streams, and how that does, beyond a restart too. */
function choresOf(parts: ChoresParts) {
  const { store, job } = parts
  const { config, deps } = job
  const failingAfterMs = config.collect.failingAfterMinutes * 60_000
  const all = chores(parts).map((task) => {
    const watched = watch({ source: task, silentAfterMs: Number.POSITIVE_INFINITY }, failingAfterMs, { store, deps })
    const run = async (signal: AbortSignal) => {
      const startedAt = deps.now().getTime()
      await task.run(signal, watched.onDelivered)
      watched.onDone(startedAt)
    }
    return { watched, task: { ...task, run } }
  })
  const schedule = scheduleOf(
    all.map(({ task }) => task),
    deps,
  )
  const statuses = () => all.map(({ watched }, i) => watched.status(schedule.statuses[i] as TaskStatus))
  return { schedule, statuses }
}

function chores({ job, store, collecting, outbox }: ChoresParts): Chore[] {
  const { config, deps, progress } = job
  if (!delivers(config)) return []
  store.retention.prepare(progress)
  const { publishSeconds, retention } = config.collect
  return [
    { id: 'publish', everyMs: publishSeconds * 1000, run: outbox.deliver },
    {
      id: 'retention',
      everyMs: hourMs,
      async run(signal) {
        // By a clock that jumped ahead all would have been delivered long ago.
        const now = collecting.serviceNow()
        if (now === undefined) return
        const before = (days: number) => new Date(now - days * dayMs)
        const limits = { events: before(retention.deliveredDays), joined: before(retention.joinDays) }
        let events = 0
        for (const gone of store.retention.forget(limits)) {
          events += gone
          await deps.sleep(0, signal) // Others have their turn.
        }
        if (events > 0) deps.log.info({ events }, 'delivered events were deleted from the case')
      },
    },
  ]
}

function heartbeatOf({ config, deps }: Job, store: CaseStore, collecting: Collecting, health: () => Health): Task {
  return {
    id: 'heartbeat',
    everyMs: config.collect.heartbeatMinutes * 60_000,
    async run() {
      const { healthy, reasons } = health()
      const all = collecting.streams().map(({ counts }) => counts)
      const { read: _, ...counts } = all.reduce(added, noCounts)
      const kept = { refused: store.countRefused(), gaps: store.collection.countGaps() }
      deps.log.info({ healthy, ...counts, ...kept, ...(healthy ? {} : { reasons }) }, 'heartbeat')
    },
  }
}

function delivers({ elasticsearch }: Config): boolean {
  return elasticsearch.url !== undefined
}
