import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
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
  const tls = caFile === undefined ? {} : { secureContext: contextWith(caFile) }
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

/** Made once: parsing all authorities takes longer than a request, and each connection would do it again. */
function contextWith(caFile: string): SecureContext {
  try {
    const authority = readFileSync(caFile, 'utf8')
    new X509Certificate(authority) // The context would take anything, and trust nobody for it.
    return createSecureContext({ ca: [...getCACertificates('default'), authority] })
  } catch (cause) {
    throw new ConfigError(`cannot use the caFile ${caFile}: ${messageOf(cause)}`, { cause })
  }
}
