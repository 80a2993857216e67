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
  /** Undefined where its cloud has none. */
  readonly management: Place | undefined
  readonly graph: Place
  readonly isGlobal: boolean
  readonly tokens: Tokens
  /** A client for an API; all clients of one `quota` keep to its requests per minute together. */
  client(api: Api, quota: { readonly name: string; readonly perMinute: number }): Client
  close(): Promise<void>
}

/** Where a service is, and what tokens for it are asked for: the same, but for gateways. */
export interface Place {
  readonly root: string
  readonly scope: string
}

export type LiveDeps = ClientDeps

/**
 * Opens nothing yet: the first request signs on, each time with the `credentials` that there are then. Throws `ConfigError` when a file of the
 * options cannot be used.
 */
export function openTenant(options: TenantOptions, deps: LiveDeps, credentials = () => options.credentials): Tenant {
  const cloud = clouds[options.cloud]
  const { tenant: id, endpoints, publisher = id } = options
  const dispatchers = openDispatchers(options.network, deps)
  const login = withoutSlash(endpoints.login ?? cloud.login)
  const tokens = tokensOf(signOnWith(credentials, { tenant: id, login, dispatchers }), deps)
  const paces = new Map<string, Pace>()
  return {
    id,
    publisher,
    cloud: options.cloud,
    management: placeOf(cloud.management, endpoints.management),
    graph: placeOf(cloud.graph, endpoints.graph),
    isGlobal: cloud.isGlobal,
    tokens,
    client(api, { name, perMinute }) {
      const shared = paces.get(name) ?? pace(perMinute, deps)
      paces.set(name, shared)
      return client(api, { dispatchers, tokens, pace: shared }, deps)
    },
    close: dispatchers.close,
  }
}

function placeOf(usual: string, other: string | undefined): Place
function placeOf(usual: string | undefined, other: string | undefined): Place | undefined
function placeOf(usual: string | undefined, other: string | undefined): Place | undefined {
  const root = other ?? usual
  return root === undefined ? undefined : { root: withoutSlash(root), scope: `${usual ?? withoutSlash(root)}/.default` }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
