import type { Deps } from '../../deps.ts'
import { FatalError } from '../../errors.ts'
import { ask, isForbidden } from './ask.ts'
import type { Cluster } from './client.ts'
import { keepFor } from './lifecycle.ts'
import { refuseRivals, type Standing, standingIn } from './obstacles.ts'
import { holds, type Kind, type Shelf, shelves, streamKinds, Template, type TemplateFile } from './templates.ts'
import { asInFiles, asInstalled, isForeign, lackingStreams, type Upgrade, upgrade } from './upgrade.ts'

/** What `setup` found and did about one template or data stream; on a dry run, what it would do. */
export interface SetupStep {
  readonly name: string
  readonly kind: Kind | 'data stream'
  readonly did:
    | 'created'
    | 'updated'
    | 'unchanged'
    | 'left newer'
    | 'lifecycle set'
    | 'no lifecycle here'
    | Upgrade['did']
}

export interface SetupWishes {
  /** Changes nothing. */
  readonly isDryRun?: boolean
  /** How long Elasticsearch keeps the documents, such as `365d`; as it is, or for ever, when not given. */
  readonly retention?: string | undefined
  /** Only these data streams get new fields; all of them when not given. */
  readonly streams?: readonly string[]
}

/**
 * Installs every template of `mappings/`, and again only what is missing, older or altered; what is newer stays. Data streams that exist
 * get the fields of the templates. Throws `FatalError` for what stands in the way, before anything is changed. What is `standing` there it
 * asks for itself where that is not given.
 */
export async function setup(
  cluster: Cluster,
  wishes: SetupWishes,
  deps: Pick<Deps, 'log'>,
  standing?: Standing,
): Promise<SetupStep[]> {
  const { target } = cluster
  const { isDryRun = false, retention, streams: wanted } = wishes
  const plans = await plansFor(cluster, retention)
  const before = standing ?? (await standingIn(cluster))
  if (before.obstacles.length > 0) {
    const { obstacles } = before
    deps.log.warn({ target, obstacles }, 'indices or aliases stand where data streams should be: delete or rename them')
  }
  if (!isDryRun) for (const { put } of plans) await put()
  const dids = new Set(plans.map(({ step }) => step.did))
  // Asked again where something was put: others may have rolled a stream over meanwhile.
  const isChanged = !isDryRun && (dids.has('created') || dids.has('updated'))
  const { streams } = isChanged ? await standingIn(cluster) : before
  // Templates that a newer Hoofprint left are followed by its data streams: they are not ours to change back.
  const ours = dids.has('left newer') ? [] : streams.filter(({ name }) => wanted?.includes(name) ?? true)
  const lacking = await lackingStreams(cluster, ours, isDryRun ? asInFiles : asInstalled(cluster))
  const upgrades: Upgrade[] = []
  for (const one of lacking) upgrades.push(isDryRun ? one : await upgrade(cluster, one))
  const kept = retention === undefined ? [] : await keepFor(cluster, streams, retention, isDryRun)
  return [
    ...plans.map(({ step }) => step),
    ...upgrades.map(({ stream, did }): SetupStep => ({ name: stream, kind: 'data stream', did })),
    ...kept.map(({ stream, did }): SetupStep => ({ name: stream, kind: 'data stream', did })),
  ]
}

/**
 * What delivery needs of `setup`: does it where the account may, else takes it as done by another account, unless it
 * can see that it was not. Throws `FatalError` when an index or alias stands where one of the namespace's data streams should be.
 */
export async function prepare(cluster: Cluster, namespace: string, deps: Pick<Deps, 'log'>): Promise<void> {
  const streams = streamKinds.map(({ name }) => `${name}-${namespace}`)
  const standing = await standingIn(cluster)
  const mayNot = await setup(cluster, { streams }, deps, standing).then(() => false, isForbidden)
  const [obstacle] = standing.obstacles.filter((name) => streams.includes(name))
  if (obstacle !== undefined) {
    throw new FatalError(
      `${obstacle} of ${cluster.target} is an index or alias where a data stream should be: rename or delete it, ` +
        'or publish under another --namespace',
    )
  }
  if (!mayNot) return
  for (const { name, newestIndex } of standing.streams.filter(({ name }) => streams.includes(name))) {
    if (!(await isForeign(cluster, newestIndex))) continue
    throw new FatalError(
      `the data stream ${name} of ${cluster.target} was made by a template of others: delete it, and run ` +
        '`hoofprint setup` with an account that has manage_index_templates',
    )
  }
}

interface Plan {
  readonly step: SetupStep
  put(): Promise<void>
}

/** What is to be done about each template, in order. */
async function plansFor(cluster: Cluster, retention: string | undefined): Promise<Plan[]> {
  const { client, target } = cluster
  const plans: Plan[] = []
  for (const shelf of shelves) {
    const found = await ask(target, shelf.list(client))
    if (shelf.kind === 'index template') refuseRivals(target, found)
    for (const file of shelf.files) plans.push(planOf(cluster, { shelf, file, found: found.get(file.name) }, retention))
  }
  return plans
}

interface Found {
  readonly shelf: Shelf
  readonly file: TemplateFile
  readonly found: unknown
}

/** What is to be done about one template, and the doing of it. */
function planOf({ client, target }: Cluster, { shelf, file, found }: Found, retention: string | undefined): Plan {
  const { kind, put } = shelf
  const { name } = file
  const existing = found === undefined ? undefined : Template.parse(found)
  if (existing !== undefined && existing._meta?.managed_by !== 'hoofprint') {
    throw new FatalError(
      `the ${kind} ${name} of ${target} is not Hoofprint's (its _meta.managed_by is not hoofprint): ` +
        'rename or delete it, then run `hoofprint setup` again',
    )
  }
  const template = kind === 'index template' ? withLifecycle(file.template, existing, retention) : file.template
  const did = verdict(existing, template)
  const step: SetupStep = { name, kind, did }
  const isToPut = did === 'created' || did === 'updated'
  return { step, put: async () => void (isToPut && (await ask(target, put(client, name, template)))) }
}

function verdict(
  existing: Template | undefined,
  template: Template,
): 'created' | 'updated' | 'unchanged' | 'left newer' {
  if (existing === undefined) return 'created'
  const [theirs, ours] = [existing.version ?? 0, template.version ?? 0]
  if (theirs > ours) return 'left newer'
  return theirs === ours && holds(existing, template) ? 'unchanged' : 'updated'
}

/** The template with the retention that is wished for, else with what the one in place has. */
function withLifecycle(template: Template, existing: Template | undefined, retention: string | undefined): Template {
  const lifecycle = retention === undefined ? existing?.template?.lifecycle : { data_retention: retention }
  return lifecycle === undefined ? template : { ...template, template: { ...template.template, lifecycle } }
}
