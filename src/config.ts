import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { ConfigError, messageOf } from './errors.ts'
import { KibanaOptions, kibanaVariables } from './sinks/kibana/options.ts'

/** The whole configuration, as a YAML file may hold it. */
export const Config = z.strictObject({
  case: z.string().default('./case').describe('The case folder.'),
  mailbox: z.string().optional().describe('Whose mailbox the evidence is of, where it does not say so itself.'),
  namespace: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9_.]{0,99}$/,
      'lower-case letters, digits, _ and . only, for it ends the name of a data stream',
    )
    .default('hoofprint')
    .describe('Last part of the data streams: logs-o365.activity-<namespace>.'),
  databases: z
    .strictObject({
      geo: z.string().optional().describe('A database of places of your own: .mmdb of MaxMind, DB-IP or IPinfo.'),
      asn: z.string().optional().describe('The same of networks (ASN).'),
    })
    .prefault({}),
  elasticsearch: z
    .strictObject({
      url: z.url().optional(),
      apiKey: z.string().optional(),
      username: z.string().optional(),
      password: z.string().optional(),
      caFingerprint: z.string().optional(),
      insecure: z.boolean().default(false),
    })
    .prefault({}),
  kibana: KibanaOptions.prefault({}),
})
export type Config = z.output<typeof Config>

type Environment = Readonly<Record<string, string | undefined>>

/** Which variables of the environment fill which option; `<NAME>_FILE` names a file that holds the value. */
const databaseVariables = { HOOFPRINT_GEO_DB: 'geo', HOOFPRINT_ASN_DB: 'asn' } as const
const variables = {
  ELASTICSEARCH_URL: 'url',
  ELASTICSEARCH_API_KEY: 'apiKey',
  ELASTICSEARCH_USERNAME: 'username',
  ELASTICSEARCH_PASSWORD: 'password',
  ELASTICSEARCH_CA_FINGERPRINT: 'caFingerprint',
} as const

/** Options given on the command line; they win over the file, which wins over the environment. */
export type Given = Partial<Pick<Config, 'case' | 'mailbox' | 'namespace'>> & {
  readonly databases?: Partial<Config['databases']>
  readonly elasticsearch?: Partial<Config['elasticsearch']>
  readonly kibana?: Partial<Config['kibana']>
}

/** Puts file, environment and command line together. Throws `ConfigError` naming what is wrong and where. */
export function loadConfig(file: string | undefined, environment: Environment, given: Given): Config {
  const written = file === undefined ? {} : readFile(file, environment)
  const { databases = {}, elasticsearch = {}, kibana = {}, ...rest } = written as Sections
  const result = Config.safeParse({
    ...rest,
    ...withoutUndefined(given),
    databases: {
      ...fromEnvironment(environment, databaseVariables),
      ...databases,
      ...withoutUndefined(given.databases ?? {}),
    },
    elasticsearch: {
      ...fromEnvironment(environment, variables),
      ...elasticsearch,
      ...withoutUndefined(given.elasticsearch ?? {}),
    },
    kibana: {
      ...fromEnvironment(environment, kibanaVariables),
      ...kibana,
      ...withoutUndefined(given.kibana ?? {}),
    },
  })
  if (result.success) return result.data
  throw new ConfigError(`${file ?? 'options'}: ${result.error.issues.map(explain).join('; ')}`)
}

/** What options stand in sections of their own. */
interface Sections {
  readonly databases?: object
  readonly elasticsearch?: object
  readonly kibana?: object
}

function readFile(file: string, environment: Environment): object {
  try {
    const text = readFileSync(file, 'utf8')
    const filled = text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) =>
      JSON.stringify(variableOf(environment, name) ?? missing(name)),
    )
    const value: unknown = parse(filled)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('it holds no options')
    return value
  } catch (cause) {
    throw new ConfigError(`cannot use the configuration ${file}: ${messageOf(cause)}`, { cause })
  }
}

function missing(name: string): never {
  throw new ConfigError(`it uses \${${name}}, which is not in the environment`)
}

function fromEnvironment(environment: Environment, names: Readonly<Record<string, string>>): Record<string, string> {
  const options: Record<string, string> = {}
  for (const [variable, option] of Object.entries(names)) {
    const value = variableOf(environment, variable)
    if (value !== undefined) options[option] = value
  }
  return options
}

function variableOf(environment: Environment, name: string): string | undefined {
  const file = environment[`${name}_FILE`]
  return file === undefined ? environment[name] : readFileSync(file, 'utf8').trim()
}

function withoutUndefined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>
}

const sections: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(Config.shape),
  databases: Object.keys(Config.shape.databases.unwrap().shape),
  elasticsearch: Object.keys(Config.shape.elasticsearch.unwrap().shape),
  kibana: Object.keys(KibanaOptions.shape),
}

function explain(issue: z.core.$ZodIssue): string {
  const place = issue.path.join('.')
  if (issue.code !== 'unrecognized_keys') return `${place}: ${issue.message}`
  return issue.keys
    .map(
      (key) =>
        `${place === '' ? '' : `${place}.`}${key} is no option: did you mean ${nearest(key, sections[place] ?? [])}?`,
    )
    .join('; ')
}

/** The name with the most letter pairs in common. */
function nearest(key: string, names: readonly string[]): string {
  const pairs = (word: string) =>
    new Set(Array.from(word.toLowerCase(), (letter, i) => letter + (word.toLowerCase()[i + 1] ?? '')))
  const likeness = (name: string) => pairs(name).intersection(pairs(key)).size / pairs(name).union(pairs(key)).size
  return [...names].sort((a, b) => likeness(b) - likeness(a))[0] ?? 'another'
}
