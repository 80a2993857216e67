import { Agent, type BodyInit, type Dispatcher, fetch } from 'undici'
import { ConfigError, FatalError, messageOf, RetryableError } from '../../errors.ts'
import { masked } from '../../masked.ts'
import { credentialsOf } from '../credentials.ts'
import { isLoopback } from '../loopback.ts'
import { connectorMaker } from '../proxy.ts'
import type { KibanaOptions } from './options.ts'

/** Asks one Kibana, within one space. */
export interface KibanaClient {
  /** The address without credentials, and the space if it is not the default one: for messages. */
  readonly target: string
  /** The space's id, also of the default one. */
  readonly space: string
  /** The JSON of an answer of 200; everything else is an error that says what to do. */
  ask(request: KibanaRequest, signal: AbortSignal): Promise<unknown>
  close(): Promise<void>
}

export interface KibanaRequest {
  /** Such as `/api/status`. */
  readonly path: string
  /** What is posted; without it, it is a GET. */
  readonly body?: BodyInit
}

const patienceMs = 60_000
const maxAnswerBytes = 10_000_000

/** A client that asks once: `setup` is started by somebody who reads the error. */
export function connectKibana(options: KibanaOptions & { readonly url: string }): KibanaClient {
  const { url, authorization } = addressOf(options)
  const base =
    url.origin + url.pathname.replace(/\/+$/, '') + (options.space === 'default' ? '' : `/s/${options.space}`)
  const tls = options.ca === undefined ? {} : { ca: options.ca, allowPartialTrustChain: true }
  const dispatcher = new Agent({
    maxResponseSize: maxAnswerBytes,
    connect: options.proxy === undefined ? tls : connectorMaker(options.proxy)(tls),
  })
  const headers = { 'kbn-xsrf': 'hoofprint', ...(authorization !== undefined && { authorization }) }
  return {
    target: base,
    space: options.space,
    ask: ({ path, body }, signal) => answer(`${base}${path}`, { dispatcher, headers, body }, signal),
    close: () => dispatcher.close(),
  }
}

function addressOf(options: KibanaOptions & { readonly url: string }): { url: URL; authorization?: string } {
  const url = new URL(options.url)
  // The text itself is not shown: it may hold a password.
  if (!/^https?:$/.test(url.protocol)) throw new ConfigError('the url of Kibana must begin with https:// or http://')
  if (url.username !== '' || url.password !== '') {
    throw new ConfigError('the url of Kibana holds credentials: put them into KIBANA_USERNAME and KIBANA_PASSWORD')
  }
  if (options.proxy !== undefined && url.protocol !== 'https:')
    throw new ConfigError('proxy needs https, but the URL of Kibana is http')
  const authorization = authorizationOf(options)
  const isSafe = url.protocol === 'https:' || isLoopback(url.hostname) || options.insecureHttp
  if (authorization !== undefined && !isSafe) {
    throw new ConfigError(
      `${url.origin} would get the credentials unencrypted: use https, or allow it with insecureHttp`,
    )
  }
  return { url, ...(authorization !== undefined && { authorization }) }
}

function authorizationOf(options: KibanaOptions): string | undefined {
  const credentials = credentialsOf('Kibana', options)
  if (credentials === undefined) return undefined
  if ('apiKey' in credentials) return `ApiKey ${credentials.apiKey}`
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`
}

interface Sent {
  readonly dispatcher: Dispatcher
  readonly headers: Record<string, string>
  readonly body: BodyInit | undefined
}

async function answer(url: string, { dispatcher, headers, body }: Sent, signal: AbortSignal): Promise<unknown> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
  const sent = { dispatcher, headers, redirect: 'manual', signal: either } as const
  const response = await fetch(url, body === undefined ? sent : { ...sent, method: 'POST', body }).catch((error) =>
    noAnswer(url, error, signal),
  )
  const text = await response.text().catch((error: unknown) => noAnswer(url, error, signal))
  const secrets = [headers['authorization']?.replace(/^\w+ /, '')]
  if (response.status !== 200) throw refused(url, response.status, masked(text, secrets))
  try {
    return JSON.parse(text)
  } catch {
    throw new FatalError(
      `${url} answered with something else than JSON: check that the url is that of Kibana, without /app`,
    )
  }
}

function noAnswer(url: string, error: unknown, signal: AbortSignal): never {
  signal.throwIfAborted()
  const cause: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'cause') : undefined
  const said = messageOf(cause ?? error).trim()
  const [, advice] = distrust.find(([pattern]) => pattern.test(said)) ?? []
  if (advice === undefined)
    throw new RetryableError(`${url} gave no answer: ${said}. Is Kibana running, and is it there?`)
  throw new FatalError(`${url} and this program do not trust each other (${said.split(';', 1)[0]}): ${advice}`)
}

// What Node and OpenSSL say of a certificate that is not trusted, or of what is no TLS; behind a semicolon what to do about Node.
const distrust: readonly (readonly [said: RegExp, advice: string])[] = [
  [/wrong version number/i, 'check the url: it may want http'],
  [/altnames/i, 'write the url with a name that the certificate of Kibana is for'],
  [/has expired|not yet valid/i, 'have the certificate of Kibana renewed, if the clock of this machine is right'],
  [/certificate|SSL routines/i, 'give the certificate of the authority that issued that of Kibana as KIBANA_CA'],
]

const advice: Readonly<Record<number, string>> = {
  401: 'check KIBANA_API_KEY, or KIBANA_USERNAME and KIBANA_PASSWORD',
  403: 'the account needs the Kibana privileges Saved Objects Management: All, in this space',
  404: 'check that the url is that of Kibana, without /app, and that the space exists',
  413: 'raise savedObjects.maxImportPayloadBytes of Kibana',
}

function refused(url: string, status: number, text: string): Error {
  const said = /"message":"(?<message>[^"]{1,300})/.exec(text)?.groups?.['message']
  const what = `${url} answered ${status}${said === undefined ? '' : ` (${said})`}`
  if (status === 429 || status >= 500) return new RetryableError(`${what}: it may not be ready yet, try again`)
  return new FatalError(`${what}: ${advice[status] ?? 'check the url, and what stands between here and there'}`)
}
