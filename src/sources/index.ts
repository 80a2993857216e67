import { z } from 'zod'
import { ConfigError } from '../errors.ts'
import { GraphAuditSearchOptions } from './graph-audit-search/options.ts'
import { GraphSignInsOptions } from './graph-sign-ins/options.ts'
import { ManagementApiOptions } from './management-api/options.ts'
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

/** A kind of source: what it is called in the configuration, its options, how its streams are opened. */
export interface LiveSource {
  readonly key: string
  readonly options: z.ZodType
  open(tenant: Tenant, options: unknown, deps: LiveDeps): Promise<Stream[]>
}

const Rhythm = z.object({ everySeconds: z.number(), silentAfterHours: z.number() })
type Rhythm = z.output<typeof Rhythm>

// Of what is asked for once, or hardly ever, nothing new is no bad sign.
const hourly: Rhythm = { everySeconds: 3600, silentAfterHours: 0 }

/** Every live source there is. A new one is one folder beside this and one line here; its code is loaded when it is used. */
export const liveSources: readonly LiveSource[] = [
  one('managementApi', ManagementApiOptions, { everySeconds: 300, silentAfterHours: 72 }, async (tenant, options) =>
    (await import('./management-api/index.ts')).managementApi(tenant, options),
  ),
  one('graphSignIns', GraphSignInsOptions, { everySeconds: 600, silentAfterHours: 72 }, async (tenant, options) =>
    (await import('./graph-sign-ins/index.ts')).graphSignIns(tenant, options),
  ),
  many('graphAuditSearch', GraphAuditSearchOptions, hourly, async (tenant, options, deps) => [
    (await import('./graph-audit-search/index.ts')).graphAuditSearch(tenant, options, deps),
  ]),
  many('outlookActivities', OutlookActivitiesOptions, hourly, async (tenant, options, deps) => [
    ofMailbox((await import('./outlook-activities/index.ts')).outlookActivities(tenant, options, deps), options.user),
  ]),
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

type Open<Shape extends z.ZodRawShape> = (
  tenant: Tenant,
  options: z.output<z.ZodObject<Shape>>,
  deps: LiveDeps,
) => Promise<Source[]>

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

function one<Shape extends z.ZodRawShape>(
  key: string,
  schema: z.ZodObject<Shape>,
  rhythm: Rhythm,
  open: Open<Shape>,
): LiveSource {
  const options = withRhythm(schema, rhythm)
  return { key, options, open: (tenant, given, deps) => openOne(tenant, schema, given, { open, deps }) }
}

function many<Shape extends z.ZodRawShape>(
  key: string,
  schema: z.ZodObject<Shape>,
  rhythm: Rhythm,
  open: Open<Shape>,
): LiveSource {
  const options = z.array(withRhythm(schema, rhythm)).min(1)
  return {
    key,
    options,
    open: async (tenant, given, deps) => {
      const each = z.array(z.unknown()).parse(given)
      const opened = each.map((item) => openOne(tenant, schema, item, { open, deps }))
      return (await Promise.all(opened)).flat()
    },
  }
}

/** The options come from the configuration, which has checked them; here each schema takes its own. */
async function openOne<Shape extends z.ZodRawShape>(
  tenant: Tenant,
  schema: z.ZodObject<Shape>,
  given: unknown,
  { open, deps }: { readonly open: Open<Shape>; readonly deps: LiveDeps },
): Promise<Stream[]> {
  const { everySeconds, silentAfterHours } = Rhythm.parse(given)
  const sources = await open(tenant, z.object(schema.shape).parse(given), deps)
  const everyMs = everySeconds * 1000
  const silentAfterMs = silentAfterHours === 0 ? Number.POSITIVE_INFINITY : silentAfterHours * 3_600_000
  return sources.map((source) => ({ source, everyMs, silentAfterMs }))
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
