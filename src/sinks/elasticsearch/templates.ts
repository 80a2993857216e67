import { readdirSync, readFileSync } from 'node:fs'
import type { Client } from '@elastic/elasticsearch'
import { z } from 'zod'

export type Kind = 'component template' | 'index template'

/** What of a template is read here; the rest goes to Elasticsearch as it stands. */
export const Template = z.looseObject({
  version: z.number().optional(),
  _meta: z.looseObject({ managed_by: z.unknown().optional() }).optional(),
  template: z.looseObject({ mappings: z.unknown().optional(), lifecycle: z.looseObject({}).optional() }).optional(),
})
export type Template = z.infer<typeof Template>

/** What is read of an index template that may be anybody's: which names it claims, and how loudly. */
export const Claim = z.looseObject({
  index_patterns: z.union([z.array(z.string()), z.string().transform((pattern) => [pattern])]),
  priority: z.number().default(0),
})

const OwnIndexTemplate = z.looseObject({ composed_of: z.array(z.string()), priority: z.number() })

export interface TemplateFile {
  readonly name: string
  readonly template: Template
}

/** How one kind of template is read and written. */
export interface Shelf {
  readonly kind: Kind
  readonly files: readonly TemplateFile[]
  /** What Elasticsearch has of this kind, by name: at least all that bear a name of ours. */
  list(client: Client): Promise<ReadonlyMap<string, unknown>>
  put(client: Client, name: string, template: Template): Promise<unknown>
}

type Body = Omit<Parameters<Client['cluster']['putComponentTemplate']>[0], 'name'>

/** The component templates of `mappings/`, of which index templates are made, so they come first. */
const components: Shelf = {
  kind: 'component template',
  files: filesIn('components'),
  async list(client) {
    // A pattern that nothing fits is answered with 404.
    const found = await client.cluster.getComponentTemplate({ name: 'hoofprint-*' }, { ignore: [404] })
    const { component_templates: templates = [] } = found
    return new Map(templates.map(({ name, component_template: template }) => [name, template]))
  },
  put: (client, name, template) => client.cluster.putComponentTemplate({ name, ...(template as object as Body) }),
}

/** Every kind of data stream, named without its namespace: the index template, and the mapping that our components give it. */
export const streamKinds = filesIn('indices').map(({ name, template }) => {
  const { composed_of: parts, priority } = OwnIndexTemplate.parse(template)
  const own = components.files.filter((component) => parts.includes(component.name))
  const mappings = own.map((component) => component.template.template?.mappings).reduce(merged, {}) as Mappings
  return { name, template, priority, mappings }
})

/** One of our data streams, and the index template that makes it. */
export interface OwnStream {
  readonly name: string
  readonly kind: string
  readonly priority: number
  readonly mappings: Mappings
  readonly file: TemplateFile
}

/**
 * The data streams of a namespace. The template of each claims this one and no other: `logs-o365.audit-*` would take the streams of
 * Elastic's integration from it, whose template is named `logs-o365.audit`.
 */
export function streamsIn(namespace: string): OwnStream[] {
  return streamKinds.map(({ name: kind, template, ...given }) => {
    const name = `${kind}-${namespace}`
    return {
      ...given,
      name,
      kind,
      file: { name: `hoofprint-${name}`, template: { ...template, index_patterns: [name] } },
    }
  })
}

/** Every template that these data streams need; components come first. */
export function shelvesFor(streams: readonly OwnStream[]): readonly [components: Shelf, indices: Shelf] {
  return [
    components,
    {
      kind: 'index template',
      files: streams.map(({ file }) => file),
      async list(client) {
        const { index_templates: templates } = await client.indices.getIndexTemplate()
        return new Map(templates.map(({ name, index_template: template }) => [name, template]))
      },
      put: (client, name, template) => client.indices.putIndexTemplate({ name, ...template }),
    },
  ]
}

export interface Mappings {
  readonly dynamic?: boolean
  readonly properties?: Readonly<Record<string, object>>
}

function filesIn(folder: string): TemplateFile[] {
  const url = new URL(`../../../mappings/${folder}/`, import.meta.url)
  const files = readdirSync(url).filter((file) => file.endsWith('.json'))
  return files.sort().map((file) => {
    const template = Template.parse(JSON.parse(readFileSync(new URL(file, url), 'utf8')))
    return { name: file.replace(/\.json$/, ''), template }
  })
}

function merged(a: unknown, b: unknown): unknown {
  if (!isPlain(a) || !isPlain(b)) return b
  const both = { ...a }
  for (const [key, value] of Object.entries(b)) both[key] = key in both ? merged(both[key], value) : value
  return both
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether all that we want is there. Elasticsearch adds defaults, nests dotted settings and makes their values strings. */
export function holds(existing: unknown, wanted: unknown): boolean {
  const theirs = new Map(leaves(existing))
  return [...leaves(wanted)].every(([path, value]) => theirs.get(path) === value)
}

function* leaves(value: unknown, path = ''): Generator<[string, string]> {
  if (typeof value !== 'object' || value === null) yield [path, String(value)]
  else for (const [key, inner] of Object.entries(value)) yield* leaves(inner, `${path}.${key}`)
}
