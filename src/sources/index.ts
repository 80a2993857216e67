import { z } from 'zod'
import { ConfigError } from '../errors.ts'
import { hourMs } from '../time/time.ts'
import { GraphAuditSearchOptions } from './graph-audit-search/options.ts'
import { GraphMessageTracesOptions } from './graph-message-traces/options.ts'
import { GraphSignInsOptions } from './graph-sign-ins/options.ts'
import { ManagementApiOptions } from './management-api/options.ts'
import { check, type Finding, type Step } from './microsoft/check.ts'
import type { LiveDeps, Tenant } from './microsoft/tenant.ts'
import { OutlookActivitiesOptions } from './outlook-activities/options.ts'
import type { Source } from './source.ts'

/** A source, and how it is read. */
export interface Stream {
  readonly source: Source
  /** From one reading's start to the next one's. */
  readonly everyMs: number
  /** So long without a record is no good sign; infinite where nothing can be said. */
  readonly silentAfterMs: number
}

/** A kind of source: what it is called in the configuration, its options, how its streams are opened and checked. */
export interface LiveSource {
  readonly key: string
  readonly options: z.ZodType
  open(tenant: Tenant, options: unknown, deps: LiveDeps): Promise<Stream[]>
  /** Tries what its streams need, one step after the other, up to the first that fails. */
  check(tenant: Tenant, options: unknown, examination: Examination, signal: AbortSignal): AsyncIterable<Finding>
}

export interface Examination {
  /** Whether missing subscriptions are started. */
  readonly mayStart: boolean
  readonly deps: LiveDeps
}

const Rhythm = z.object({ everySeconds: z.number(), silentAfterHours: z.number() })
type Rhythm = z.output<typeof Rhythm>

// Of what is asked for once, or hardly ever, nothing new is no bad sign.
const hourly = { everySeconds: 3600, silentAfterHours: 0, isMany: true } as const

/** Every live source there is. A new one is one folder beside this and one entry here; its code is loaded when it is used. */
export const liveSources: readonly LiveSource[] = [
  live('managementApi', ManagementApiOptions, { everySeconds: 300, silentAfterHours: 72 }, async () => {
    const { managementApi, managementApiSteps } = await import('./management-api/index.ts')
    return { open: managementApi, steps: managementApiSteps }
  }),
  live('graphSignIns', GraphSignInsOptions, { everySeconds: 600, silentAfterHours: 72 }, async () => {
    const { graphSignIns, graphSignInsSteps } = await import('./graph-sign-ins/index.ts')
    return { open: graphSignIns, steps: graphSignInsSteps }
  }),
  live('graphMessageTraces', GraphMessageTracesOptions, { everySeconds: 900, silentAfterHours: 72 }, async () => {
    const { graphMessageTraces, graphMessageTracesSteps } = await import('./graph-message-traces/index.ts')
    return { open: graphMessageTraces, steps: graphMessageTracesSteps }
  }),
  live('graphAuditSearch', GraphAuditSearchOptions, hourly, async () => {
    const { graphAuditSearch, graphAuditSearchSteps } = await import('./graph-audit-search/index.ts')
    return { open: (...given) => [graphAuditSearch(...given)], steps: graphAuditSearchSteps }
  }),
  live('outlookActivities', OutlookActivitiesOptions, hourly, async () => {
    const { outlookActivities, outlookActivitiesSteps } = await import('./outlook-activities/index.ts')
    return {
      open: (tenant, options, deps) => [ofMailbox(outlookActivities(tenant, options, deps), options.user)],
      steps: outlookActivitiesSteps,
    }
  }),
]

/** All streams of a tenant whose sources are `given`. Throws `ConfigError` when two are the same. */
export async function openStreams(
  tenant: Tenant,
  given: Readonly<Record<string, unknown>>,
  deps: LiveDeps,
): Promise<Stream[]> {
  const wanted = liveSources.filter(({ key }) => given[key] !== undefined)
  const streams = (await Promise.all(wanted.map(({ key, open }) => open(tenant, given[key], deps)))).flat()
  const ids = streams.map(({ source }) => source.id)
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice !== undefined) throw new ConfigError(`${twice} is asked for twice: once is enough`)
  return streams
}

/** Tries what the streams of a tenant need; `source` is what the configuration calls the kind. */
export async function* checkStreams(
  tenant: Tenant,
  given: Readonly<Record<string, unknown>>,
  examination: Examination,
  signal: AbortSignal,
): AsyncGenerator<Finding & { readonly source: string }> {
  for (const { key, check } of liveSources.filter(({ key }) => given[key] !== undefined)) {
    for await (const finding of check(tenant, given[key], examination, signal)) yield { ...finding, source: key }
  }
}

/** The code of a kind of source. */
interface Code<Options> {
  open(tenant: Tenant, options: Options, deps: LiveDeps): Source[]
  /** What its streams need, to be tried one after the other. */
  steps(tenant: Tenant, options: Options & { readonly mayStart: boolean }, deps: LiveDeps): Step[]
}

function withRhythm<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  { everySeconds, silentAfterHours }: Rhythm,
) {
  return schema.extend({
    everySeconds: z.number().min(1).max(86_400).default(everySeconds).describe('How often it is read.'),
    silentAfterHours: z
      .number()
      .min(0)
      .default(silentAfterHours)
      .describe('So long without a record makes it unhealthy; 0: never.'),
  })
}

/** The options come from the configuration, which has checked them; here the schema takes its own. With `isMany` a tenant may have several. */
function live<Shape extends z.ZodRawShape>(
  key: string,
  schema: z.ZodObject<Shape>,
  { isMany, ...rhythm }: Rhythm & { readonly isMany?: true },
  load: () => Promise<Code<z.output<z.ZodObject<Shape>>>>,
): LiveSource {
  const own = z.object(schema.shape)
  const options = withRhythm(schema, rhythm)
  const split = (given: unknown) => (isMany ? z.array(z.unknown()).parse(given) : [given])
  return {
    key,
    options: isMany ? z.array(options).min(1) : options,
    async open(tenant, given, deps) {
      const { open } = await load()
      return split(given).flatMap((each) => toStreams(open(tenant, own.parse(each), deps), Rhythm.parse(each)))
    },
    async *check(tenant, given, { mayStart, deps }, signal) {
      const { steps } = await load()
      for (const each of split(given)) yield* check(steps(tenant, { ...own.parse(each), mayStart }, deps), signal)
    },
  }
}

function toStreams(sources: readonly Source[], { everySeconds, silentAfterHours }: Rhythm): Stream[] {
  const silentAfterMs = silentAfterHours === 0 ? Number.POSITIVE_INFINITY : silentAfterHours * hourMs
  return sources.map((source) => ({ source, everyMs: everySeconds * 1000, silentAfterMs }))
}

/** Outlook activities do not say whose they are. */
function ofMailbox(source: Source, user: string): Source {
  const mailbox = user.toLowerCase()
  return {
    ...source,
    async *read(cursor, known, signal) {
      for await (const part of source.read(cursor, known, signal)) {
        yield part.content === undefined ? part : { ...part, content: { ...part.content, mailbox } }
      }
    },
  }
}
