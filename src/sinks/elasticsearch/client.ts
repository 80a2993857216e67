import { Client, type ClientOptions } from '@elastic/elasticsearch'
import { ConfigError } from '../../errors.ts'
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
  /** Sends credentials over plain HTTP to another machine: whoever listens can take them. */
  readonly insecure?: boolean | undefined
  readonly requestTimeoutMs?: number | undefined
}

/** A client that says each failure once: it never retries, for only the sink knows which documents are undecided. */
export function connect(options: ElasticsearchOptions): Client {
  const url = parse(options.url)
  const auth = authOf(url, options)
  const isTls = url.protocol === 'https:'
  if (auth !== undefined && !isTls && !isLoopback(url.hostname) && options.insecure !== true) {
    throw new ConfigError(
      `${nameOf(url)} would get the credentials unencrypted: use https, or allow it with insecure: true`,
    )
  }
  if (options.caFingerprint !== undefined && !isTls) {
    throw new ConfigError(`caFingerprint needs https, but the URL is ${nameOf(url)}`)
  }

  return new Client({
    node: nameOf(url),
    maxRetries: 0,
    requestTimeout: options.requestTimeoutMs ?? 60_000,
    enableMetaHeader: false,
    ...(auth !== undefined && { auth }),
    ...(options.caFingerprint !== undefined && {
      agent: { connect: pinnedAuthority(options.caFingerprint) } as object, // The type leaves `connect` out.
    }),
  })
}

/** The cluster's address without credentials, for messages and for the cursor's name. */
export function targetOf(url: string): string {
  return nameOf(parse(url))
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  // The text itself is not shown: it may hold a password.
  if (url === undefined) throw new ConfigError('the url of Elasticsearch is no URL, such as https://localhost:9200')
  if (url.protocol === 'https:' || url.protocol === 'http:') return url
  throw new ConfigError('the url of Elasticsearch must begin with https:// or http://')
}

function nameOf(url: URL): string {
  return url.origin + url.pathname.replace(/\/+$/, '')
}

function authOf(url: URL, options: ElasticsearchOptions): ClientOptions['auth'] | undefined {
  const username = options.username ?? decode(url.username)
  const password = options.password ?? decode(url.password)
  if (options.apiKey !== undefined) {
    if (username === '' && password === '') return { apiKey: options.apiKey }
    throw new ConfigError('Elasticsearch has an apiKey and a username or password: give one or the other')
  }
  if (username === '' && password === '') return undefined
  if (username === '' || password === '') {
    throw new ConfigError(`Elasticsearch has no ${username === '' ? 'username' : 'password'}: give both or neither`)
  }
  return { username, password }
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

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}
