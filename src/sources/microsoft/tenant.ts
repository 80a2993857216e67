import { type Api, type Client, type ClientDeps, client } from './client.ts'
import { clouds } from './clouds.ts'
import { openDispatchers } from './dispatchers.ts'
import type { TenantOptions } from './options.ts'
import { type Pace, pace } from './pace.ts'
import { signOnWith } from './sign-on.ts'
import { type Tokens, tokensOf } from './tokens.ts'

/** A tenant that sources can be opened for; what they share is here: connections, tokens, quotas. */
export interface Tenant {
  readonly id: string
  readonly publisher: string
  readonly cloud: string
  /** Roots of its services; undefined where its cloud has none. */
  readonly management: string | undefined
  readonly graph: string
  readonly hasAuditSearch: boolean
  readonly tokens: Tokens
  /** A client for an API; all clients of one `quota` keep to its requests per minute together. */
  client(api: Api, quota: Quota): Client
  close(): Promise<void>
}

export interface Quota {
  readonly name: string
  readonly perMinute: number
}

export type LiveDeps = ClientDeps

/** Opens nothing yet: the first request signs on. Throws `ConfigError` when a file of the options cannot be used. */
export function openTenant(options: TenantOptions, deps: LiveDeps): Tenant {
  const cloud = clouds[options.cloud]
  const { tenant: id, endpoints, publisher = id } = options
  const dispatchers = openDispatchers(options.network)
  const login = withoutSlash(endpoints.login ?? cloud.login)
  const tokens = tokensOf(signOnWith(options.credentials, { tenant: id, login, dispatchers }), deps)
  const paces = new Map<string, Pace>()
  const management = endpoints.management ?? cloud.management
  return {
    id,
    publisher,
    cloud: options.cloud,
    management: management && withoutSlash(management),
    graph: withoutSlash(endpoints.graph ?? cloud.graph),
    hasAuditSearch: cloud.hasAuditSearch,
    tokens,
    client(api, { name, perMinute }) {
      const shared = paces.get(name) ?? pace(perMinute, deps)
      paces.set(name, shared)
      return client(api, { dispatcher: dispatchers.outside, tokens, pace: shared }, deps)
    },
    close: dispatchers.close,
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
