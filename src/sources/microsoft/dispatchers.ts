import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import type { Deps } from '../../deps.ts'
import { ConfigError, messageOf } from '../../errors.ts'
import { lastGood } from '../../last-good.ts'
import { fileStamp } from '../../version.ts'
import type { Network } from './options.ts'

/** Connections to the outside, through the proxy if there is one, and to this machine's own services, never through it. */
export interface Dispatchers {
  /** To be asked for anew at each request: when the file of authorities has changed, it is another one. */
  readonly outside: Dispatcher
  readonly local: Dispatcher
  close(): Promise<void>
}

/**
 * Opens nothing yet. Throws `ConfigError` when the file of authorities cannot be used; one that has become so while it is in use counts as it was, and
 * the log hears of it.
 */
export function openDispatchers(network: Network, { log }: Pick<Deps, 'log'>): Dispatchers {
  const timeouts = { headersTimeout: network.answerTimeoutMs, bodyTimeout: network.stallTimeoutMs }
  const { caFile } = network
  const local = new Agent(timeouts)
  let current: { readonly stamp: string; readonly outside: Dispatcher } | undefined
  const open = () => {
    const stamp = caFile === undefined ? '' : stampOf(caFile)
    if (current?.stamp === stamp) return current.outside
    const former = current?.outside
    current = { stamp, outside: outsideOf(network, timeouts) }
    void former?.close() // What is under way goes on to its end.
    return current.outside
  }
  const outside = lastGood(open, ({ message }) =>
    log.warn({ reason: message }, 'the authorities cannot be read again, what they were before is used until they can'),
  )
  outside()
  return {
    get outside() {
      return outside()
    },
    local,
    close: async () => void (await Promise.all([current?.outside.destroy(), local.destroy()])),
  }
}

function outsideOf({ proxy, noProxy, caFile }: Network, timeouts: Agent.Options): Dispatcher {
  const tls = caFile === undefined ? {} : { secureContext: contextWith(caFile) }
  return new EnvHttpProxyAgent({
    ...timeouts,
    allowH2: false,
    connect: tls,
    requestTls: tls,
    proxyTls: tls,
    ...(proxy !== undefined && { httpProxy: proxy, httpsProxy: proxy }),
    ...(noProxy !== undefined && { noProxy }),
  })
}

function stampOf(caFile: string): string {
  try {
    return fileStamp(caFile).join()
  } catch (cause) {
    throw unusable(caFile, cause)
  }
}

function unusable(caFile: string, cause: unknown): ConfigError {
  return new ConfigError(`cannot use the caFile ${caFile}: ${messageOf(cause)}`, { cause })
}

/** Made once: parsing all authorities takes longer than a request, and each connection would do it again. */
function contextWith(caFile: string): SecureContext {
  try {
    const authority = readFileSync(caFile, 'utf8')
    new X509Certificate(authority) // The context would take anything, and trust nobody for it.
    return createSecureContext({ ca: [...getCACertificates('default'), authority] })
  } catch (cause) {
    throw unusable(caFile, cause)
  }
}
