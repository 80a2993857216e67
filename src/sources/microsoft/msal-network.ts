import type { AuthenticationResult, INetworkModule, NetworkRequestOptions } from '@azure/msal-node'
import type { Dispatcher } from 'undici'
import { FatalError, messageOf, RetryableError } from '../../errors.ts'
import { masked } from '../../masked.ts'
import { exchange, jsonOf, textOf } from './exchange.ts'
import { signOnProblem } from './sign-on-errors.ts'

/** A token, and for how long from now it is good. */
export interface Signed {
  readonly token: string
  readonly lifetimeMs: number
}

const maxBytes = 1_000_000
const timeoutMs = 30_000

/** MSAL's requests over our connections, for one sign-on; `signed` says what became of it. */
export function msalNetwork(dispatcher: Dispatcher) {
  let status = 0
  let host = 'the sign-on service'
  let failure: unknown

  async function ask<T>(method: 'GET' | 'POST', address: string, { headers = {}, body }: NetworkRequestOptions = {}) {
    const url = new URL(address)
    host = url.host
    status = 0
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const answer = await exchange(dispatcher, { method, url, headers, body }, signal)
      status = answer.status
      const text = masked(await textOf(answer, maxBytes, signal), secretsIn(body))
      return { status, headers: {}, body: jsonOf(text, `${host} answered HTTP ${status}, but no JSON`) as T }
    } catch (error) {
      failure = signal.aborted ? new RetryableError(`${host} gave no answer in ${timeoutMs / 1000} s`) : error
      throw error
    }
  }

  /** MSAL's errors are not passed on: they may hold what was sent. */
  async function signed(result: Promise<AuthenticationResult | null>): Promise<Signed> {
    const { accessToken, expiresOn } = await result.then(
      (signedOn) => signedOn ?? { accessToken: '', expiresOn: null },
      (error: unknown) => {
        if (failure !== undefined) throw failure
        const { isPassing, text } = signOnProblem(status, messageOf(error))
        throw new (isPassing ? RetryableError : FatalError)(`${host} gave no token: ${text}`)
      },
    )
    if (accessToken === '') throw new RetryableError(`${host} gave no token`)
    // MSAL counts from the system's clock, whatever clock is used elsewhere.
    return { token: accessToken, lifetimeMs: (expiresOn?.getTime() ?? Date.now()) - Date.now() }
  }

  const client: INetworkModule = {
    sendGetRequestAsync: (url, options) => ask('GET', url, options),
    sendPostRequestAsync: (url, options) => ask('POST', url, options),
  }
  return { client, signed }
}

/** What a form proves with who asks: RFC 6749 2.3.1, RFC 7521 4.2. */
function secretsIn(form: string | undefined): (string | null)[] {
  const fields = new URLSearchParams(form)
  return [fields.get('client_secret'), fields.get('client_assertion')]
}
