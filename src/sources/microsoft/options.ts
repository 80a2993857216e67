import { z } from 'zod'
import { type CloudName, clouds } from './clouds.ts'

const clientId = z.guid().describe('Application (client) id of the app registration.')

/** How to sign on as an application. Files, also those that hold these values, are read at each sign-on, so that what rotates is followed. */
export const Credentials = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('secret'), clientId, clientSecret: z.string().min(1) }),
  z.strictObject({
    type: z.literal('certificate'),
    clientId,
    certificateFile: z
      .string()
      .describe('PEM file with the certificate, and the private key if it has no file of its own.'),
    keyFile: z.string().optional(),
    passphrase: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('managed-identity'),
    clientId: clientId.optional().describe('Of a user-assigned identity; without it the system-assigned one is used.'),
  }),
  z.strictObject({
    type: z.literal('workload-identity'),
    clientId,
    tokenFile: z.string().describe('File with the federated token, such as AZURE_FEDERATED_TOKEN_FILE names.'),
  }),
  z.strictObject({
    type: z.literal('token'),
    token: z.string().min(1).describe('An access token; nothing renews it.'),
  }),
])
export type Credentials = z.output<typeof Credentials>

/** The way to Microsoft's services. */
export const Network = z.strictObject({
  proxy: z.url().optional().describe('Instead of HTTPS_PROXY of the environment.'),
  noProxy: z.string().optional().describe('Instead of NO_PROXY of the environment.'),
  caFile: z
    .string()
    .optional()
    .describe('PEM file of authorities trusted besides the system’s, for proxies that open TLS.'),
  answerTimeoutMs: z.int().positive().default(60_000).describe('How long the head of an answer may take.'),
  stallTimeoutMs: z.int().positive().default(60_000).describe('How long the body of an answer may stand still.'),
})
export type Network = z.output<typeof Network>

/** A moment, in whatever zone it is given. */
export const Moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString())

/** A root that gets tokens: over TLS, or on this machine. */
export const Endpoint = z
  .url()
  .refine(
    (url) => /^https:\/\/|^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/.test(url),
    'must begin with https://, for it gets tokens',
  )

/** One tenant: who it is, where its services are, how to sign on. */
export const TenantOptions = z.strictObject({
  tenant: z.guid().describe('Tenant (directory) id. The Management API knows tenants by nothing else.'),
  cloud: z.enum(Object.keys(clouds) as [CloudName, ...CloudName[]]).default('commercial'),
  publisher: z.guid().optional().describe('PublisherIdentifier: whose quota is used. The tenant itself when left out.'),
  credentials: Credentials,
  network: Network.prefault({}),
  endpoints: z
    .strictObject({ login: Endpoint.optional(), management: Endpoint.optional(), graph: Endpoint.optional() })
    .prefault({})
    .describe('Other roots than the cloud’s, where a gateway stands in between.'),
})
export type TenantOptions = z.output<typeof TenantOptions>
