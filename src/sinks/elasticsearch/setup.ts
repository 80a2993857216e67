import type { Deps } from '../../deps.ts'
import { FatalError } from '../../errors.ts'
import { ask, isForbidden } from './ask.ts'
import type { Cluster } from './client.ts'
import { formerIn, isOurs, removeFormer } from './former-templates.ts'
import { type Kept, keepFor } from './lifecycle.ts'
import { refuseRivals, type Standing, type StandingStream, standingIn } from './obstacles.ts'
import {
  holds,
  type Kind,
  type OwnStream,
  type Shelf,
  shelvesFor,
  streamsIn,
  Template,
  type TemplateFile,
} from './templates.ts'
import {
  asInFiles,
  asInstalled,
  lackingStreams,
  newestIn,
  outdatedOf,
  refuseForeign,
  type Upgrade,
  upgrade,
} from './upgrade.ts'

/** What `setup` found and did about one template or data stream; on a dry run, what it would do. */
export interface SetupStep {
  readonly name: string
  readonly kind: Kind | 'data stream'
  readonly did: Verdict | 'removed' | 'left in use' | Kept['did'] | Upgrade['did']
}

export interface SetupWishes {
  /** The last part of the data streams that templates are for. */
  readonly namespace: string
  /** Changes nothing. */
  readonly isDryRun?: boolean
  /** How long Elasticsearch keeps the documents, such as `365d`; as it is, or for ever, when not given. */
  readonly retention?: string | undefined
}

/**
 * Installs every template of `mappings/` for a namespace, and again only what is missing, older or altered; what is newer stays. Data
 * streams that exist get the fields of the templates. Throws `FatalError` for what stands in the way, before anything is changed. What is
 * `standing` there it asks for itself where that is not given.
 */
export async function setup(
  cluster: Cluster,
  wishes: SetupWishes,
  deps: Pick<Deps, 'log'>,
  standing?: Standing,
): Promise<SetupStep[]> {
  const { target } = cluster
  const { isDryRun = false, retention, namespace } = wishes
  const own = streamsIn(namespace)
  const before = standing ?? (await standingIn(cluster, own))
  const { plans, former } = await plansFor(cluster, own, retention)
  if (before.obstacles.length > 0) {
    const { obstacles } = before
    deps.log.warn({ target, obstacles }, 'indices or aliases stand where data streams should be: delete or rename them')
  }
  if (!isDryRun) for (const { put } of plans) await put()
  const removed = await withoutFormer(cluster, former, isDryRun)
  const dids = new Set(plans.map(({ step }) => step.did))
  // Asked again where something was put: others may have rolled a stream over meanwhile.
  const isChanged = !isDryRun && (dids.has('created') || dids.has('updated'))
  const { streams } = isChanged ? await standingIn(cluster, own) : before
  // Templates that a newer Hoofprint left are followed by its data streams: they are not ours to change back.
  const ours = dids.has('left newer') ? [] : isChanged || standing === undefined ? streams : streams.map(newestOf)
  const lacking = await lackingStreams(cluster, ours, isDryRun ? asInFiles : asInstalled(cluster))
  const done: (Upgrade | Kept | undefined)[] = []
  for (const one of lacking) done.push(isDryRun ? one : await upgrade(cluster, one, deps))
  if (retention !== undefined) done.push(...(await keepFor(cluster, streams, retention, isDryRun)))
  const ofStreams = done.filter((one) => one !== undefined)
  return [
    ...plans.map(({ step }) => step),
    ...removed,
    ...ofStreams.map(({ stream, did }): SetupStep => ({ name: stream, kind: 'data stream', did })),
  ]
}

/** Older indices are looked at when something has changed, or somebody asks for it, not before each delivery. */
function newestOf(stream: StandingStream): StandingStream {
  return { ...stream, indices: stream.indices.slice(-1) }
}

async function withoutFormer(cluster: Cluster, names: readonly string[], isDryRun: boolean): Promise<SetupStep[]> {
  const steps: SetupStep[] = []
  for (const name of names) {
    steps.push({ name, kind: 'index template', did: isDryRun ? 'removed' : await removeFormer(cluster, name) })
  }
  return steps
}

/**
 * What delivery needs of `setup`: does it where the account may, else takes it as done by another account, unless it
 * can see that it was not. Throws `FatalError` when an index or alias stands where one of the namespace's data streams should be. Gives the
 * data streams that lack fields of this version, and may not be given them by this account: delivery goes on, for what is sent is kept whole.
 */
export async function prepare(cluster: Cluster, namespace: string, deps: Pick<Deps, 'log'>): Promise<string[]> {
  const { target } = cluster
  const standing = await standingIn(cluster, streamsIn(namespace))
  const mayNot = await setup(cluster, { namespace }, deps, standing).then(() => false, isForbidden)
  const [obstacle] = standing.obstacles
  if (obstacle !== undefined) {
    throw new FatalError(
      `${obstacle} of ${target} is an index or alias where a data stream should be: rename or delete it, ` +
        'or publish under another --namespace',
    )
  }
  if (!mayNot) return []
  const newest = await newestIn(cluster, standing.streams)
  for (const one of newest) refuseForeign(target, one)
  const [missing] = (await missingTemplates(cluster, namespace)) ?? []
  if (missing === undefined) return outdatedOf(newest)
  throw new FatalError(
    `the index template ${missing} of ${target} is missing: run \`hoofprint setup --namespace ${namespace}\` with an account that ` +
      'has manage_index_templates',
  )
}

/**
 * Index templates of a namespace that are not installed, nor one of a former Hoofprint in their stead; undefined for an account that cannot
 * see it.
 */
export async function missingTemplates({ client, target }: Cluster, namespace: string): Promise<string[] | undefined> {
  const streams = streamsIn(namespace)
  const [, { list }] = shelvesFor(streams)
  const found = await ask(target, list(client)).catch(isForbidden)
  if (found === true) return undefined
  const missing = streams.filter(({ file, kind }) => !found.has(file.name) && !isOurs(found.get(kind)))
  return missing.map(({ file }) => file.name)
}

interface Plan {
  readonly step: SetupStep
  put(): Promise<void>
}

/** What is to be done about each template, in order; and the names of those that are to go when it is done. */
async function plansFor(cluster: Cluster, own: readonly OwnStream[], retention: string | undefined) {
  const { client, target } = cluster
  const [components, { list }] = shelvesFor(own)
  const parts = await ask(target, components.list(client))
  const listed = await ask(target, list(client))
  const former = await formerIn(cluster, listed)
  const others = former.namespaces.flatMap(streamsIn).filter(({ name }) => own.every((stream) => stream.name !== name))
  refuseRivals(target, listed, [...own, ...others])

  const plans = components.files.map((file) =>
    planOf(cluster, { shelf: components, file, found: parts.get(file.name) }),
  )
  for (const stream of [...own, ...others]) {
    const [, shelf] = shelvesFor([stream])
    const wished = retention === undefined || others.includes(stream) ? undefined : { data_retention: retention }
    const kept = [listed.get(stream.file.name), listed.get(stream.kind)].filter(isOurs).map(lifecycleOf)
    const lifecycle = wished ?? kept.find((one) => one !== undefined)
    const file = { name: stream.file.name, template: withLifecycle(stream.file.template, lifecycle) }
    plans.push(planOf(cluster, { shelf, file, found: listed.get(file.name) }))
  }
  return { plans, former: former.templates }
}

interface Found {
  readonly shelf: Shelf
  readonly file: TemplateFile
  readonly found: unknown
}

/** What is to be done about one template, and the doing of it. */
function planOf({ client, target }: Cluster, { shelf, file, found }: Found): Plan {
  const { kind, put } = shelf
  const { name, template } = file
  if (found !== undefined && !isOurs(found)) {
    throw new FatalError(
      `the ${kind} ${name} of ${target} is not Hoofprint's (its _meta.managed_by is not hoofprint): ` +
        'rename or delete it, then run `hoofprint setup` again',
    )
  }
  const did = verdict(found === undefined ? undefined : Template.parse(found), template)
  const step: SetupStep = { name, kind, did }
  const isToPut = did === 'created' || did === 'updated'
  return { step, put: async () => void (isToPut && (await ask(target, put(client, name, template)))) }
}

type Verdict = 'created' | 'updated' | 'unchanged' | 'left newer'

function verdict(existing: Template | undefined, template: Template): Verdict {
  if (existing === undefined) return 'created'
  const [theirs, ours] = [existing.version ?? 0, template.version ?? 0]
  if (theirs > ours) return 'left newer'
  return theirs === ours && holds(existing, asKept(existing, template)) ? 'unchanged' : 'updated'
}

/** Elasticsearch 9.0 takes options of data streams and keeps none: without this they would be put before each delivery. */
function asKept(existing: Template, wanted: Template): Template {
  if (wanted.template === undefined || existing.template?.['data_stream_options'] !== undefined) return wanted
  const { data_stream_options: _, ...kept } = wanted.template
  return { ...wanted, template: kept }
}

type Lifecycle = Readonly<Record<string, unknown>> | undefined

function lifecycleOf(template: unknown): Lifecycle {
  return Template.parse(template).template?.lifecycle
}

function withLifecycle(template: Template, lifecycle: Lifecycle): Template {
  return lifecycle === undefined ? template : { ...template, template: { ...template.template, lifecycle } }
}
