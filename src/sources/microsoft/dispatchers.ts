import { readFileSync } from 'node:fs'
import { getCACertificates } from 'node:tls'
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { ConfigError, messageOf } from '../../errors.ts'
import type { Network } from './options.ts'

/** Connections to the outside, through the proxy if there is one, and to this machine's own services, never through it. */
export interface Dispatchers {
  readonly outside: Dispatcher
  readonly local: Dispatcher
  close(): Promise<void>
}

/** Opens nothing yet. Throws `ConfigError` when the file of authorities cannot be used. */
export function openDispatchers(network: Network): Dispatchers {
  const { proxy, noProxy, caFile } = network
  const tls = caFile === undefined ? {} : { ca: [...getCACertificates('default'), read(caFile)] }
  const timeouts = { headersTimeout: network.answerTimeoutMs, bodyTimeout: network.stallTimeoutMs }
  const outside = new EnvHttpProxyAgent({
    ...timeouts,
    allowH2: false,
    connect: tls,
    requestTls: tls,
    proxyTls: tls,
    ...(proxy !== undefined && { httpProxy: proxy, httpsProxy: proxy }),
    ...(noProxy !== undefined && { noProxy }),
  })
  const local = new Agent(timeouts)
  return { outside, local, close: async () => void (await Promise.all([outside.destroy(), local.destroy()])) }
}

function read(caFile: string): string {
  try {
    return readFileSync(caFile, 'utf8')
  } catch (cause) {
    throw new ConfigError(`cannot read the caFile ${caFile}: ${messageOf(cause)}`, { cause })
  }
}
