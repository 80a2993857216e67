import { readdirSync, readFileSync } from 'node:fs'
import type { Client } from '@elastic/elasticsearch'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { FatalError } from '../../errors.ts'
import { ask } from './ask.ts'
import type { Cluster } from './client.ts'

/** What `setup` found and did about one template. */
export interface SetupStep {
  readonly name: string
  readonly kind: Kind
  readonly did: 'created' | 'updated' | 'unchanged' | 'left newer'
}

type Kind = 'component template' | 'index template'

const Template = z.looseObject({
  version: z.number().optional(),
  _meta: z.looseObject({ managed_by: z.unknown() }).optional(),
})
type Template = z.infer<typeof Template>

/** How one kind of template is read and written; components come first, for index templates are made of them. */
interface Shelf {
  readonly kind: Kind
  readonly folder: string
  get(client: Client, name: string): Promise<unknown>
  put(client: Client, name: string, template: Template): Promise<unknown>
}

const shelves: readonly Shelf[] = [
  {
    kind: 'component template',
    folder: 'components',
    get: async (client, name) =>
      (await client.cluster.getComponentTemplate({ name }, ifThere)).component_templates?.[0]?.component_template,
    put: (client, name, template) => client.cluster.putComponentTemplate({ name, ...(template as object as Body) }),
  },
  {
    kind: 'index template',
    folder: 'indices',
    get: async (client, name) =>
      (await client.indices.getIndexTemplate({ name }, ifThere)).index_templates?.[0]?.index_template,
    put: (client, name, template) => client.indices.putIndexTemplate({ name, ...template }),
  },
]

type Body = Omit<Parameters<Client['cluster']['putComponentTemplate']>[0], 'name'>

const ifThere = { ignore: [404] }

/** Installs every template of `mappings/`, and again only what is missing, older or altered. */
export async function setup(client: Client, target: string, deps: Pick<Deps, 'log'>): Promise<SetupStep[]> {
  const cluster = { client, target }
  const steps: SetupStep[] = []
  for (const shelf of shelves) {
    for (const { name, template } of templatesIn(shelf.folder)) {
      steps.push({ name, kind: shelf.kind, did: await install(cluster, shelf, { name, template }) })
      if (shelf.kind === 'index template') await tellObstacles(cluster, template, deps)
    }
  }
  return steps
}

interface File {
  readonly name: string
  readonly template: Template
}

function templatesIn(folder: string): File[] {
  const url = new URL(`../../../mappings/${folder}/`, import.meta.url)
  const files = readdirSync(url).filter((file) => file.endsWith('.json'))
  return files.sort().map((file) => {
    const template = Template.parse(JSON.parse(readFileSync(new URL(file, url), 'utf8')))
    return { name: file.replace(/\.json$/, ''), template }
  })
}

async function install({ client, target }: Cluster, shelf: Shelf, { name, template }: File): Promise<SetupStep['did']> {
  const { kind, get, put } = shelf
  const found = await ask(target, get(client, name))
  if (found === undefined) {
    await ask(target, put(client, name, template))
    return 'created'
  }
  const existing = Template.parse(found)
  if (existing._meta?.managed_by !== 'hoofprint') {
    throw new FatalError(
      `the ${kind} ${name} of ${target} is not Hoofprint's (its _meta.managed_by is not hoofprint): ` +
        'rename or delete it, then run `hoofprint setup` again',
    )
  }
  const [theirs, ours] = [existing.version ?? 0, template.version ?? 0]
  if (theirs > ours) return 'left newer'
  if (theirs === ours && holds(existing, template)) return 'unchanged'
  await ask(target, put(client, name, template))
  return 'updated'
}

/** Whether all that we want is there. Elasticsearch adds defaults, nests dotted settings and makes their values strings. */
function holds(existing: unknown, wanted: unknown): boolean {
  const theirs = new Map(leaves(existing))
  return [...leaves(wanted)].every(([path, value]) => theirs.get(path) === value)
}

function* leaves(value: unknown, path = ''): Generator<[string, string]> {
  if (typeof value !== 'object' || value === null) yield [path, String(value)]
  else for (const [key, inner] of Object.entries(value)) yield* leaves(inner, `${path}.${key}`)
}

/** Tells of plain indices and aliases under our names: as long as they stand no data stream can be made there. */
async function tellObstacles({ client, target }: Cluster, template: Template, deps: Pick<Deps, 'log'>): Promise<void> {
  const { index_patterns: name } = z.looseObject({ index_patterns: z.array(z.string()) }).parse(template)
  const { indices, aliases } = await ask(target, client.indices.resolveIndex({ name }))
  const obstacles = [...indices.filter((index) => index.data_stream === undefined), ...aliases].map(
    (found) => found.name,
  )
  if (obstacles.length === 0) return
  deps.log.warn({ target, obstacles }, 'indices or aliases stand where data streams should be: delete or rename them')
}
