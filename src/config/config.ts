import { z } from 'zod'
import { ConfigError } from '../errors.ts'
import { lastGood } from '../last-good.ts'
import { Authorities, identityFault, Pem } from '../pem.ts'
import { ProxyAddress } from '../proxy-address.ts'
import { CloudId, Fingerprint } from '../sinks/elasticsearch/address.ts'
import { KibanaOptions, kibanaVariables } from '../sinks/kibana/options.ts'
import { liveSources } from '../sources/index.ts'
import { TenantOptions } from '../sources/microsoft/options.ts'
import {
  type Environment,
  parseConfigFile,
  readText,
  type VariableOf,
  variableOf,
  type Written,
} from './config-file.ts'
import { explain } from './option-names.ts'

const days = (least: number, usual: number) => z.int().min(least).max(3650).default(usual)

/** How `collect` runs. */
const Collect = z.strictObject({
  listen: z
    .string()
    .regex(/^(\[[\da-f:]+\]|[\w.-]+):\d{1,5}$/i, 'an address and a port, such as 127.0.0.1:9464')
    .default('127.0.0.1:9464')
    .describe('Where /healthz, /readyz and /metrics are.'),
  publishSeconds: z.number().min(1).max(86_400).default(60).describe('How often what is new goes to Elasticsearch.'),
  heartbeatMinutes: z.number().positive().default(5).describe('How often the log says that all is well.'),
  failingAfterMinutes: z.number().positive().default(60).describe('So long without success makes a stream unhealthy.'),
  retention: z
    .strictObject({
      deliveredDays: days(8, 30).describe('What Elasticsearch has had for so long is deleted from the case.'),
      joinDays: days(8, 90).describe('The same for logons and what tells of mails: others are joined to them.'),
    })
    .prefault({})
    .refine(({ deliveredDays, joinDays }) => joinDays >= deliveredDays, 'joinDays must not be less than deliveredDays'),
})

const Tenant = TenantOptions.extend({
  sources: z
    .strictObject(Object.fromEntries(liveSources.map(({ key, options }) => [key, options.optional()])))
    .refine((sources) => Object.values(sources).some(Boolean), 'name at least one source, such as managementApi: {}')
    .describe('What is read of it.'),
})

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
      url: z.url('no URL, such as https://elasticsearch.example:9200').optional(),
      apiKey: z.string().optional(),
      username: z.string().optional(),
      password: z.string().optional(),
      caFingerprint: Fingerprint.optional(),
      cloudId: CloudId.optional(),
      ca: Authorities.optional(),
      certificate: Pem.optional(),
      key: Pem.optional(),
      proxy: ProxyAddress.optional(),
      insecureHttp: z.boolean().default(false),
    })
    .refine(
      ({ url, cloudId }) => url === undefined || cloudId === undefined,
      'a url and a cloudId: give one or the other',
    )
    .superRefine(({ certificate, key }, context) => {
      const message = certificate === undefined || key === undefined ? undefined : identityFault(certificate, key)
      if (message !== undefined) context.addIssue({ code: 'custom', path: ['key'], message })
    })
    .transform(({ url, cloudId, ...options }) => ({ ...options, url: url ?? cloudId }))
    .prefault({}),
  collect: Collect.prefault({}),
  tenants: z
    .array(Tenant)
    .max(100)
    .default([])
    .refine((tenants) => isEachOnce(tenants.map(({ tenant }) => tenant.toLowerCase())), 'a tenant is there twice')
    .describe('What `collect` reads.'),
  kibana: KibanaOptions.prefault({}),
})
export type Config = z.output<typeof Config>

/** Whose options come from the file, the environment and the command line together. */
const sections = ['databases', 'elasticsearch', 'kibana', 'collect'] as const
type Section = (typeof sections)[number]

/** Which variables of the environment fill which option; `<NAME>_FILE` names a file that holds the value. */
const variables: Readonly<Record<string, readonly [section: Section, option: string]>> = {
  HOOFPRINT_GEO_DB: ['databases', 'geo'],
  HOOFPRINT_ASN_DB: ['databases', 'asn'],
  ELASTICSEARCH_URL: ['elasticsearch', 'url'],
  ELASTICSEARCH_API_KEY: ['elasticsearch', 'apiKey'],
  ELASTICSEARCH_USERNAME: ['elasticsearch', 'username'],
  ELASTICSEARCH_PASSWORD: ['elasticsearch', 'password'],
  ELASTICSEARCH_CA_FINGERPRINT: ['elasticsearch', 'caFingerprint'],
  ELASTICSEARCH_CLOUD_ID: ['elasticsearch', 'cloudId'],
  ELASTICSEARCH_CA: ['elasticsearch', 'ca'],
  ELASTICSEARCH_CERTIFICATE: ['elasticsearch', 'certificate'],
  ELASTICSEARCH_KEY: ['elasticsearch', 'key'],
  ELASTICSEARCH_PROXY: ['elasticsearch', 'proxy'],
  ...Object.fromEntries(Object.entries(kibanaVariables).map(([name, option]) => [name, ['kibana', option] as const])),
  HOOFPRINT_LISTEN: ['collect', 'listen'],
}

/** Options given on the command line; they win over the file, which wins over the environment. */
export type Given = Partial<Pick<Config, 'case' | 'mailbox' | 'namespace'>> & {
  readonly [Name in Section]?: Partial<Config[Name]>
}

/**
 * Puts file, environment and command line together, each time it is called. Throws `ConfigError` naming what is wrong and where. What was
 * written stays as it was at first, and the files that it and the environment name for a value are read again, for secrets are renewed while a
 * collector runs. One that cannot be used then counts as it was, and `onFault` hears of it: what is of other tenants is followed all the same.
 */
export function configOf(
  file: string | undefined,
  environment: Environment,
  given: Given,
  onFault: (fault: ConfigError) => void,
): () => Config {
  const text = file === undefined ? '' : readText(file)
  const known = new Map<string, () => string | undefined>()
  const variable = (name: string) => {
    const value = known.get(name) ?? lastGood(() => variableOf(environment, name), onFault)
    known.set(name, value)
    return value()
  }
  return lastGood(() => configIn({ file, text }, variable, given), onFault)
}

interface Source {
  readonly file: string | undefined
  readonly text: string
}

function configIn({ file, text }: Source, variable: VariableOf, given: Given): Config {
  const written: Written =
    file === undefined ? { options: {}, lineOf: () => undefined } : parseConfigFile(file, text, variable)
  const merged = sections.map((name) => [name, mergeSection(name, written, variable, given)] as const)
  const result = Config.safeParse({ ...written.options, ...withoutUndefined(given), ...Object.fromEntries(merged) })
  if (result.success) return result.data
  const complaints = result.error.issues.flatMap((issue) => explain(issue, Config))
  const told = complaints.map(({ path, text }) => {
    const line = written.lineOf(path)
    const place = file === undefined ? 'options' : line === undefined ? file : `${file}, line ${line}`
    return `${place}: ${text}`
  })
  throw new ConfigError(told.join('\n  '))
}

/** What is no section is left to the schema to refuse. */
function mergeSection(name: Section, { options }: Written, variable: VariableOf, given: Given) {
  const own = options[name] ?? {}
  if (typeof own !== 'object' || Array.isArray(own)) return own
  return { ...fromEnvironment(variable, name), ...own, ...withoutUndefined(given[name] ?? {}) }
}

function fromEnvironment(variable: VariableOf, name: string): Record<string, string> {
  const options: Record<string, string> = {}
  for (const [named, [section, option]] of Object.entries(variables)) {
    const value = section === name ? variable(named) : undefined
    if (value !== undefined) options[option] = value
  }
  return options
}

function withoutUndefined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>
}

function isEachOnce(names: readonly string[]): boolean {
  return new Set(names).size === names.length
}
