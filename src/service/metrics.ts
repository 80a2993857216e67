import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { GapCount } from '../case/collection.ts'
import { version } from '../version.ts'
import type { StreamStatus } from './status.ts'

/** What the metrics are made of, asked for at each scrape. */
export interface Facts {
  readonly streams: () => readonly StreamStatus[]
  /** What is done beside them, such as delivery: what is told of how a stream does is told of these too. */
  readonly chores: () => readonly StreamStatus[]
  readonly gaps: () => readonly GapCount[]
  /** Events that are stored and not delivered yet; undefined where nothing is delivered to. */
  readonly outbox: () => number | undefined
  /** Documents that Elasticsearch would not take, and that are kept. */
  readonly refused: () => number
  readonly now: () => number
}

export interface Metrics {
  readonly contentType: string
  render(): Promise<string>
  /** A service answered that it has had too many requests. */
  throttled(api: string): void
}

type Value = readonly [stream: string, value: number | undefined]

/** Of each stream: its name, what it says, and how it is found. Streams are those of the configuration, so there are few. */
const states: readonly (readonly [
  name: string,
  help: string,
  value: (s: StreamStatus, now: number) => number | undefined,
])[] = [
  [
    'lag_seconds',
    'How long ago the last complete reading began; where there is none yet, since when it could have come',
    ({ doneUntil, watchedSince }, now) => since(doneUntil ?? watchedSince, now),
  ],
  ['last_success_timestamp_seconds', 'When a reading last came to its end', (s) => seconds(s.succeededAt)],
  ['last_record_timestamp_seconds', 'When a record last arrived', (s) => seconds(s.lastRecordAt)],
  ['failures', 'Failed readings in a row', (s) => s.failures],
  ['stopped', '1 while the stream waits for somebody to act', (s) => Number(s.state === 'stopped')],
]

const totals: readonly (readonly [name: string, help: string, value: (s: StreamStatus) => number])[] = [
  ['contents_total', 'Contents stored since the start', (s) => s.contents],
  ['events_total', 'Events stored since the start', (s) => s.counts.stored],
  ['duplicates_total', 'Records that were known already', (s) => s.counts.duplicate],
  ['rejects_total', 'Records that could not be read', (s) => s.counts.rejected],
]

/** The process's metrics, as Prometheus reads them. */
export function metricsOf(facts: Facts): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const metric = (Kind: typeof Gauge | typeof Counter, name: string, help: string, values: () => Iterable<Value>) =>
    new Kind<'stream'>({
      name: `hoofprint_${name}`,
      help,
      labelNames: ['stream'],
      registers,
      collect() {
        this.reset()
        for (const [stream, value] of values()) if (value !== undefined) this.inc({ stream }, value)
      },
    })

  for (const [name, help, value] of states) {
    const all = () => [...facts.streams(), ...facts.chores()]
    metric(Gauge, `stream_${name}`, help, () => all().map((stream) => [stream.id, value(stream, facts.now())]))
  }
  for (const [name, help, value] of totals) {
    metric(Counter, `stream_${name}`, help, () => facts.streams().map((stream) => [stream.id, value(stream)]))
  }
  metric(Gauge, 'gaps_lost', 'What services had and is lost for good', () =>
    facts.gaps().map((gap) => [gap.stream, gap.lost]),
  )
  metric(Gauge, 'gaps_searched', 'What was lost and has been searched for in the audit log since', () =>
    facts.gaps().map((gap) => [gap.stream, gap.searched]),
  )
  metric(Gauge, 'gaps_open', 'What could not be had yet', () => facts.gaps().map((gap) => [gap.stream, gap.open]))
  const single = (name: string, help: string, value: () => number) =>
    new Gauge({
      name: `hoofprint_${name}`,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  single('outbox_events', 'Events stored and not delivered yet', () => facts.outbox() ?? 0)
  single('refused_documents', 'Documents that Elasticsearch refused, kept and sent again every day', facts.refused)
  new Gauge({ name: 'hoofprint_build_info', help: 'Always 1', labelNames: ['version'], registers }).set({ version }, 1)
  const throttling = new Counter({
    name: 'hoofprint_throttled_total',
    help: 'Requests that a service answered with too many requests',
    labelNames: ['api'],
    registers,
  })
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    throttled: (api) => throttling.inc({ api }),
  }
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000
}

function since(ms: number, now: number): number {
  return Math.max(0, (now - ms) / 1000)
}
