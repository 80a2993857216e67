import { ConfigError } from '../../errors.ts'
import { type Credentials, credentialsOf } from '../credentials.ts'
import { isLoopback } from '../loopback.ts'
import { parseAddress } from './address.ts'

// Elasticsearch's client is not loaded here: who delivers at the end of long work asks at its beginning whether he can.

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

type Configured = Omit<ElasticsearchOptions, 'url'> & { readonly url?: string | undefined }

/** The options of the Elasticsearch that is configured. Throws `ConfigError` where there is none, or where what is said of it cannot be. */
export function requiredOptions(given: Configured): ElasticsearchOptions {
  const { url } = given
  if (url === undefined) throw new ConfigError('no Elasticsearch: give --elasticsearch URL or set ELASTICSEARCH_URL')
  const options = { ...given, url }
  checkedOptions(options)
  return options
}

/** Where Elasticsearch is, and by what it knows us. Throws `ConfigError` for what is no URL, contradicts itself or is unsafe. */
export function checkedOptions(options: ElasticsearchOptions): { url: URL; auth: Credentials | undefined } {
  const url = parseAddress(options.url)
  const auth = authOf(url, options)
  refuseUnsafe(url, options)
  return { url, auth }
}

/** The cluster's address without credentials, for messages and for the cursor's name. */
export function targetOf(url: string): string {
  return nameOf(parseAddress(url))
}

/** The same of a URL. */
export function nameOf(url: URL): string {
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

function authOf(url: URL, { apiKey, ...options }: ElasticsearchOptions): Credentials | undefined {
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
