import { Client, type ClientOptions } from '@elastic/elasticsearch'
import { ConfigError } from '../../errors.ts'
import { credentialsOf } from '../credentials.ts'
import { isLoopback } from '../loopback.ts'
import { connectorMaker } from '../proxy.ts'
import { parseAddress } from './address.ts'
import { pinnedAuthority } from './pinned-authority.ts'

/** A client, and the address that messages name: without credentials. */
export interface Cluster {
  readonly client: Client
  readonly target: string
}

/** Where Elasticsearch is and how to log on to it. Credentials may also stand in the URL. */
export interface ElasticsearchOptions {
  readonly url: string
  readonly apiKey?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** SHA-256 of the certificate authority, as Elasticsearch prints it when it first starts. */
  readonly caFingerprint?: string | undefined
  /** Certificates of the authorities to trust instead of the system's, as PEM. */
  readonly ca?: string | undefined
  /** The certificate and key by which the server knows this client, as PEM. */
  readonly certificate?: string | undefined
  readonly key?: string | undefined
  /** Allows plain HTTP to another machine: whoever listens reads the evidence, and takes the credentials. */
  readonly insecureHttp?: boolean | undefined
  /** An HTTP proxy that stands between here and there; credentials for it stand in its URL. */
  readonly proxy?: string | undefined
  readonly requestTimeoutMs?: number | undefined
}

/** A client that says each failure once: it never retries, for only the sink knows which documents are undecided. */
export function connect(options: ElasticsearchOptions): Client {
  const url = parseAddress(options.url)
  const auth = authOf(url, options)
  refuseUnsafe(url, options)
  return new Client({
    node: nameOf(url),
    maxRetries: 0,
    requestTimeout: options.requestTimeoutMs ?? 60_000,
    enableMetaHeader: false,
    ...(auth !== undefined && { auth }),
    agent: { connections: mostConnections, connect: connectOf(options) } as object, // The type leaves `connect` out.
  })
}

// The sink has fewer requests under way; the client's own 256 would only hide a leak.
const mostConnections = 16

/** The cluster's address without credentials, for messages and for the cursor's name. */
export function targetOf(url: string): string {
  return nameOf(parseAddress(url))
}

function nameOf(url: URL): string {
  return url.origin + url.pathname.replace(/\/+$/, '')
}

function refuseUnsafe(url: URL, { insecureHttp, ...tls }: ElasticsearchOptions): void {
  const { proxy, caFingerprint, ca, certificate, key } = tls
  const isTls = url.protocol === 'https:'
  if (!isTls && !isLoopback(url.hostname) && insecureHttp !== true) {
    throw new ConfigError(
      `${nameOf(url)} would get evidence and credentials unencrypted: use https, or allow it with --insecure-http`,
    )
  }
  const tlsOnly = Object.entries({ proxy, caFingerprint, ca, certificate, key }).find(
    ([, value]) => value !== undefined,
  )
  if (!isTls && tlsOnly !== undefined) throw new ConfigError(`${tlsOnly[0]} needs https, but the URL is ${nameOf(url)}`)
  if (ca !== undefined && caFingerprint !== undefined) {
    throw new ConfigError('Elasticsearch has a ca and a caFingerprint: give one or the other')
  }
  if ((certificate === undefined) !== (key === undefined)) {
    throw new ConfigError(`Elasticsearch has no ${key === undefined ? 'key' : 'certificate'}: give both or neither`)
  }
}

/** How connections are made: by whom the server must be vouched for, and by what it knows us. */
function connectOf({ proxy, caFingerprint, ca, certificate, key }: ElasticsearchOptions): object {
  const own = certificate === undefined || key === undefined ? {} : { cert: certificate, key }
  const connector = connectorMaker(proxy)
  if (caFingerprint !== undefined) return pinnedAuthority(caFingerprint, own, connector)
  const trusting = ca === undefined ? own : { ...own, ca }
  return proxy === undefined ? trusting : connector(trusting)
}

function authOf(url: URL, { apiKey, ...options }: ElasticsearchOptions): ClientOptions['auth'] | undefined {
  const username = (options.username ?? decode(url.username)) || undefined
  const password = (options.password ?? decode(url.password)) || undefined
  return credentialsOf('Elasticsearch', { apiKey, username, password })
}

/** A bare % is meant as it stands. */
function decode(part: string): string {
  return part.replace(/(?:%[\da-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes)
    } catch {
      return codes
    }
  })
}
