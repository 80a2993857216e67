import { type Dispatcher, request } from 'undici'
import { codeOf, FatalError, messageOf, RetryableError } from '../../errors.ts'

/** A request as it goes over the wire. */
export interface Outgoing {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** The head of an answer, and its body still on the way: read it, or destroy it. */
export interface Answer {
  readonly status: number
  header(name: string): string | undefined
  readonly body: AsyncIterable<Buffer> & { destroy(): unknown }
}

/** Reads nothing of an answer of which only the head is asked. */
export async function unread({ body }: Answer): Promise<void> {
  body.destroy()
}

/** Asks once and follows no redirect. Throws `RetryableError`, or `FatalError` when the way there is not to be trusted. */
export async function exchange(dispatcher: Dispatcher, outgoing: Outgoing, signal: AbortSignal): Promise<Answer> {
  const { url, method, headers, body = null } = outgoing
  try {
    const {
      statusCode: status,
      headers: got,
      body: stream,
    } = await request(url, { method, headers, body, dispatcher, signal })
    // The reader hears of a broken body; when nobody reads it any more, nobody needs to.
    stream.on('error', () => {})
    const header = (name: string) => (Array.isArray(got[name]) ? got[name][0] : got[name])
    return { status, header, body: stream }
  } catch (error) {
    signal.throwIfAborted()
    throw failure(url.host, error)
  }
}

/** The whole body as text. Throws `RetryableError` when it breaks off, or is longer than `maxBytes`. */
export async function textOf(answer: Answer, maxBytes: number, signal: AbortSignal): Promise<string> {
  const { text, size, broken } = await received(answer, maxBytes, signal)
  if (broken !== undefined) throw broken
  if (size > maxBytes) throw new RetryableError(`an answer is longer than ${maxBytes} bytes`)
  return text
}

/** What a text is as JSON. Throws a `RetryableError` with this complaint: the parser's own message quotes the text. */
export function jsonOf(text: string, complaint: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RetryableError(complaint)
  }
}

/** What came of a body, or about `maxBytes` of it, and why it is not all, where it broke off. */
export async function received(
  answer: Answer,
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly size: number; readonly broken: RetryableError | undefined }> {
  const chunks: Buffer[] = []
  let size = 0
  let broken: RetryableError | undefined
  try {
    for await (const chunk of piecesOf(answer, signal)) {
      size += chunk.length
      chunks.push(chunk)
      if (size > maxBytes) break
    }
  } catch (error) {
    if (!(error instanceof RetryableError)) throw error
    broken = error
  }
  return { text: Buffer.concat(chunks).toString(), size, broken }
}

/** The body piece by piece. Throws `RetryableError` when it breaks off or stands still. */
export async function* piecesOf(answer: Pick<Answer, 'body'>, signal: AbortSignal): AsyncGenerator<Buffer> {
  const onAbort = () => answer.body.destroy()
  signal.addEventListener('abort', onAbort)
  try {
    signal.throwIfAborted()
    for await (const chunk of answer.body) yield chunk
    signal.throwIfAborted()
  } catch (error) {
    signal.throwIfAborted()
    throw new RetryableError(`an answer broke off: ${briefly(error)}`)
  } finally {
    signal.removeEventListener('abort', onAbort)
    answer.body.destroy()
  }
}

// What Node's TLS says of a certificate that it does not trust, and what is to be done; no repetition changes that.
const untrusted: readonly (readonly [RegExp, string])[] = [
  [/^CERT_(NOT_YET_VALID|HAS_EXPIRED)/, 'see that the clock of this machine is right'],
  [
    /^(SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|CERT_|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH)/,
    'if a proxy opens TLS on the way, give its authority as caFile',
  ],
]

/** Undici's own errors are never passed on, not even as `cause`: they may hold what was sent. */
function failure(host: string, error: unknown): RetryableError | FatalError {
  const code = codeOf(error) ?? ''
  const advice = untrusted.find(([pattern]) => pattern.test(code))?.[1]
  if (advice !== undefined) {
    return new FatalError(`${host} shows a certificate that is not trusted (${code}): ${advice}`)
  }
  const said = briefly(error)
  if (/tunnel|proxy/i.test(said)) return new RetryableError(`the proxy does not let us through to ${host}: ${said}`)
  return new RetryableError(`${host} gave no answer: ${said}`)
}

function briefly(error: unknown): string {
  const code = codeOf(error)
  const message = messageOf(error).slice(0, 200)
  return code === undefined || message.includes(code) ? message : `${message} (${code})`
}
