import { errors, type estypes } from '@elastic/elasticsearch'
import { FatalError, messageOf, RetryableError } from '../../errors.ts'

/** The answer of Elasticsearch, or an error that names the target and says what to do. */
export async function ask<T>(target: string, answer: Promise<T>): Promise<T> {
  const said = await answer.catch((error: unknown) => {
    const cause = causeOf(error)
    if (gotNoAnswer(error))
      throw noTrust(target, cause) ?? new RetryableError(`${target} gave no answer: ${cause}${hintOf(target, cause)}`)
    const status = statusOf(error)
    if (status === 408 || status === 429 || status >= 500)
      throw new RetryableError(`${target} answered ${status} (${cause})`)
    throw hopeless(target, error)
  })
  // The client takes a redirect, as to a page where people log on, for an answer.
  if (said === undefined || typeof said === 'string')
    throw new FatalError(`${target} answered with a page or a redirect: ${elsewhere}`)
  return said
}

const elsewhere = 'check the url, and what stands between here and there'

/** Whether nobody knows if Elasticsearch did what it was asked: the connection broke, or the answer was cut off. */
export function gotNoAnswer(error: unknown): boolean {
  return noAnswer.some((kind) => error instanceof kind)
}

/** The error for a connection that failed for want of trust; undefined for other failures. */
export function noTrust(target: string, cause: string): FatalError | undefined {
  const [, advice] = distrust.find(([pattern]) => pattern.test(cause)) ?? []
  if (advice === undefined) return undefined
  if (/wrong version number/i.test(cause))
    return new FatalError(`${target} does not speak TLS, or another program answers there (${cause}): check the url`)
  return new FatalError(`${target} and this program do not trust each other (${cause}): ${advice}`)
}

// What Node, OpenSSL and the pinned authority say when one side does not trust the other, or does not speak TLS: no repetition changes that.
const distrust: readonly (readonly [cause: RegExp, advice: string])[] = [
  [/protocol version|unsupported protocol/i, 'Elasticsearch, or what stands before it, has to speak TLS 1.2 or newer'],
  [/SSL alert/i, 'check certificate and key, by which Elasticsearch is to know this program'],
  [
    /has expired|not yet valid/i,
    'have the certificate of Elasticsearch, or of its authority, renewed, if the clock of this machine is right',
  ],
  [
    /altnames/i,
    'write the url with a name that its certificate is for, or give caFingerprint instead of ca: then any name will do',
  ],
  [
    /caFingerprint/,
    'compare it with what `openssl x509 -in ca.crt -noout -fingerprint -sha256` prints, or give the certificate of the authority as ca, for not every server sends it along',
  ],
  [
    /self-signed|unable to (?:get|verify)/i,
    'give the certificate of the authority that issued that of Elasticsearch as ca, or its caFingerprint',
  ],
  [/certificate|SSL routines/i, 'check ca or caFingerprint, and certificate and key'],
]

/** What to look at where nobody answers: a server with TLS hangs up on who speaks plain HTTP; with TLS 1.3 also on who has no client certificate where it wants one. */
function hintOf(target: string, cause: string): string {
  if (/ECONNREFUSED|ENOTFOUND/.test(cause)) return '. Is Elasticsearch running, and is it there?'
  if (!/other side closed|socket disconnected|ECONNRESET|EPIPE/.test(cause)) return ''
  return ` (it may want ${target.startsWith('https:') ? 'a client certificate, or another one: certificate and key' : 'https'})`
}

const noAnswer = [
  errors.ConnectionError,
  errors.TimeoutError,
  errors.NoLivingConnectionsError,
  errors.DeserializationError,
  errors.RequestAbortedError, // By the client itself, for an answer that is too long.
]

/** The HTTP status that came instead of an answer; 0 when none came. */
export function statusOf(error: unknown): number {
  return error instanceof errors.ResponseError ? (error.meta.statusCode ?? 0) : 0
}

/** What stands for an answer of one of these statuses; every other error is passed on. */
export function ifStatus<Instead>(statuses: readonly number[], instead: Instead) {
  return (error: unknown): Instead => {
    if (statuses.includes(statusOf(error))) return instead
    throw error
  }
}

/** The statuses of a server that has no such API: 400 `no handler found`, or 405 where another method of the path is known. */
export const noSuchApi: readonly number[] = [400, 404, 405]

/** How long the answer asks to be left alone, in milliseconds; undefined when it does not. */
export function retryAfterOf(error: unknown): number | undefined {
  const header: unknown = error instanceof errors.ResponseError ? error.meta.headers?.['retry-after'] : undefined
  if (typeof header !== 'string' || header.trim() === '') return undefined
  const seconds = Number(header)
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000
  return waitMs > 0 ? waitMs : undefined
}

/** The error for what no repetition changes; an error that is not Elasticsearch's stays as it is, being a bug. */
export function hopeless(target: string, error: unknown): unknown {
  if (error instanceof errors.ProductNotSupportedError) {
    return new FatalError(
      `${target} is no Elasticsearch, or a proxy removes its header x-elastic-product: check the url (OpenSearch will not do)`,
    )
  }
  if (error instanceof errors.ResponseError) return refused(target, statusOf(error), causeOf(error))
  return error instanceof errors.ElasticsearchClientError
    ? new TypeError(`${error.name}: ${brief(error.message)}`)
    : error
}

/** Passes on every error but that the account may not do this. */
export function isForbidden(error: unknown): true {
  if (error instanceof FatalError && error.cause === 403) return true
  throw error
}

const advice: Readonly<Record<number, string>> = {
  400: 'Elasticsearch 8.19 or newer is needed',
  401: 'check the apiKey (what Kibana shows as Encoded), or the username and password',
  403:
    'the account needs auto_configure, index, delete, read, view_index_metadata and maintenance on logs-o365.* and logs-azure.*, ' +
    'and manage_index_templates for `hoofprint setup`',
  404: 'run `hoofprint setup`, and check that the url is that of Elasticsearch',
}

/** What to do by what is said, whatever the status. */
const adviceByCause: readonly (readonly [cause: RegExp, advice: string])[] = [
  [
    /^cluster_block_exception:/,
    'the cluster or an index is read-only: find out who set it so, and why, before you take the block away',
  ],
  [
    /^index_closed_exception:/,
    'an index of the data stream is closed: open it, or delete it, for what is in it would be written a second time',
  ],
  [
    /\bcomposition with component templates\b/,
    'the component template …@custom among these does not go with the others: mend or delete it, then run `hoofprint setup` again',
  ],
]

/** The error for a status that every further request would meet as well: what was said, and what to do. */
export function refused(target: string, status: number, cause: string): FatalError {
  const [, said] = adviceByCause.find(([pattern]) => pattern.test(cause)) ?? []
  const what = said ?? advice[status] ?? elsewhere
  return new FatalError(`${target} answered ${status} (${cause}): ${what}`, { cause: status })
}

/**
 * What went wrong, on one line. The client's own errors are never passed on, not even as `cause`: they carry the whole
 * request, evidence and all.
 */
export function causeOf(error: unknown): string {
  if (!(error instanceof errors.ResponseError)) return brief(messageOf(error).replace(aside, ''))
  const { body, statusCode } = error.meta
  const said = (body as Partial<estypes.ErrorResponseBase> | undefined)?.error
  return typeof said === 'object' ? reasonOf(said) : (unsaid[statusCode ?? 0] ?? `HTTP ${statusCode}`)
}

// Whoever runs Hoofprint does not run Node.js himself, and the ports of a connection are others each time: what is the same would not look so.
const aside = /; if the root CA is installed locally, .*$| - Local: \S+, Remote: \S+$/

/** What is meant where only a status is said, as by a proxy. */
const unsaid: Readonly<Record<number, string>> = {
  413: 'HTTP 413: larger than http.max_content_length of Elasticsearch, or a proxy before it, allows',
}

/** What Elasticsearch says of an error, on one line of a sane length. */
export function reasonOf(error: estypes.ErrorCause | undefined): string {
  if (error === undefined) return 'no reason given'
  const { additional_unsuccessful_credentials: credentials } = error
  const causes = [error]
  for (let inner = error.caused_by; inner; inner = inner.caused_by) causes.push(inner)
  const told = causes.length > 3 ? [...causes.slice(0, 2), causes.at(-1) as estypes.ErrorCause] : causes // The innermost is what is wrong.
  const parts = told.map((one) => `${one.type}: ${(one.reason ?? '').replace(ofOne, '')}`)
  if (typeof credentials === 'string') parts.push(credentials) // Why an API key is none: expired, invalidated.
  return brief(parts.join('; '))
}

// Where in which document it is, and what stands there: what is refused for one reason would look like as many, and evidence stand in what is told.
const ofOne = /^\[\d+:\d+\] | at \d+:\d+(?= but )| in document with id '[^']*'|\.? Preview of field's value: '.*$/gs

// What stands between here and there may send a request back, and with it what logs on.
const sentCredentials = /\b(Basic|Bearer|ApiKey) +(?=\S*[\d+/=])[\w.~+/=-]{8,}/gi

const maxLength = 500

/** Cut in the middle: Elasticsearch quotes the value first and says what is wrong with it last. */
function brief(text: string): string {
  const line = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(sentCredentials, '$1 …')
    .trim()
  if (line.length <= maxLength) return line.toWellFormed()
  return `${line.slice(0, maxLength / 2 - 3).toWellFormed()} … ${line.slice(-maxLength / 2).toWellFormed()}`
}
