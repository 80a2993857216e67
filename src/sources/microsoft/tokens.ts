import { orAborted } from '../../concurrency.ts'
import type { Deps } from '../../deps.ts'
import { ConfigError, FatalError, messageOf, RetryableError } from '../../errors.ts'
import type { Signed } from './msal-network.ts'
import type { SignOn } from './sign-on.ts'

/** Tokens of one tenant, renewed before they expire. */
export interface Tokens {
  /** A token for the scope. Throws `RetryableError` or `FatalError`. */
  get(scope: string, signal: AbortSignal): Promise<string>
  /** The service refused `token`: the next `get` gives another. */
  refused(scope: string, token: string): void
}

interface Held {
  readonly token: string
  readonly renewAt: number
  readonly expiresAt: number
}

const earlyMs = 300_000
const pauseMs = 30_000

/** One sign-on at a time for each scope; while it fails, a token that is still good goes on being used. */
export function tokensOf(signOn: SignOn, deps: Pick<Deps, 'now' | 'log'>): Tokens {
  const held = new Map<string, Held>()
  const underWay = new Map<string, Promise<Held>>()

  async function renew(scope: string): Promise<Held> {
    const signed = await signOn(scope)
    const fresh = toHeld(signed, deps.now().getTime())
    held.set(scope, fresh)
    return fresh
  }

  function renewal(scope: string): Promise<Held> {
    const promise = underWay.get(scope) ?? renew(scope).finally(() => underWay.delete(scope))
    underWay.set(scope, promise)
    return promise
  }

  return {
    async get(scope, signal) {
      const current = held.get(scope)
      const now = deps.now().getTime()
      if (current !== undefined && now < current.renewAt) return current.token
      try {
        return (await orAborted(renewal(scope), signal)).token // Shared: who stops waiting for it does not stop it for others.
      } catch (error) {
        signal.throwIfAborted()
        // A certificate may be half written for a moment.
        const mayPass = error instanceof RetryableError || error instanceof ConfigError
        if (!mayPass || current === undefined || now >= current.expiresAt) throw error
        // Not at each request: a sign-on that is out of order would hold all of them up.
        held.set(scope, { ...current, renewAt: Math.min(now + pauseMs, current.expiresAt) })
        deps.log.warn({ scope, cause: messageOf(error) }, 'token not renewed yet, the old one is still good')
        return current.token
      }
    },
    refused(scope, token) {
      if (held.get(scope)?.token === token) held.delete(scope)
    },
  }
}

function toHeld({ token, lifetimeMs }: Signed, now: number): Held {
  // What cannot be sent as a header would make an error that shows it.
  if (!/^[\x21-\x7e]+$/.test(token)) throw new FatalError('the token holds characters that no token has')
  return { token, expiresAt: now + lifetimeMs, renewAt: now + lifetimeMs - Math.min(earlyMs, lifetimeMs / 2) }
}
