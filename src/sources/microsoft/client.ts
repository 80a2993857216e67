import type { Deps } from '../../deps.ts'
import { FatalError, messageOf, RetryableError } from '../../errors.ts'
import { masked } from '../../masked.ts'
import type { Dispatchers } from './dispatchers.ts'
import { type Answer, exchange, received } from './exchange.ts'
import type { Pace } from './pace.ts'
import { type Problem, problemOf, type Rules } from './problem.ts'
import { retryAfterMs, serverTime } from './retry-after.ts'
import type { Tokens } from './tokens.ts'

/** One of Microsoft's APIs, as one tenant uses it. */
export interface Api {
  /** For messages. */
  readonly name: string
  readonly root: URL
  /** Tokens go to addresses of the root whose path begins with one of these, lower case, and nowhere else. */
  readonly paths: readonly string[]
  readonly scope: string
  readonly rules: Rules
  readonly headers?: Readonly<Record<string, string>>
}

export interface Ask {
  readonly method?: 'GET' | 'POST'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly attempts?: number
  /** Whether the address is a link out of an answer. */
  readonly isLink?: boolean
}

/** What came of it: what `use` made of the answer, or a problem that is the caller's to act on. */
export type Outcome<T> =
  | { readonly value: T; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: Problem }

/** Asks an API until it answers. */
export interface Client {
  readonly api: Api
  /** Milliseconds since the epoch by the service's clock, as its last answer told; by ours before the first. */
  serverNow(): number
  /** Whether an answer told its time within the last minute by our clock, which may have been set since; undefined where none ever told it. */
  isTimeTold(): boolean | undefined
  /** Throws `RetryableError` after `attempts`, and `FatalError` for what nobody but people can put right. */
  send<T>(ask: Ask, use: (answer: Answer) => Promise<T>, signal: AbortSignal): Promise<Outcome<T>>
}

export interface Way {
  readonly dispatchers: Pick<Dispatchers, 'outside'>
  readonly tokens: Tokens
  readonly pace: Pace
}

export interface ClientDeps extends Pick<Deps, 'sleep' | 'random' | 'log' | 'now'> {
  /** Hears of each request that was one too many. */
  readonly onThrottled?: (api: string) => void
  /** Hears what time it is by the service's clock, in milliseconds since the epoch; undefined where it answered well and does not tell. */
  readonly onTime?: (time: number | undefined) => void
  /** How often a request is sent at most, where somebody waits for what it says. */
  readonly mostAttempts?: number
}

const usualAttempts = 6
const firstWaitMs = 1000
const longestWaitMs = 60_000
const maxErrorBytes = 64_000
const minuteMs = 60_000
/** What is worth another attempt. */
const again: readonly Problem['action'][] = ['retry', 'slow down', 'doubt']

/** Asks with a token, at the pace the service can bear, and again as the API's rules say. */
export function client(api: Api, { dispatchers, tokens, pace }: Way, deps: ClientDeps): Client {
  let aheadMs = 0
  let toldAt: number | undefined

  async function once<T>(ask: Ask, use: (answer: Answer) => Promise<T>, signal: AbortSignal): Promise<Tried<T>> {
    let token = ''
    try {
      token = await tokens.get(api.scope, signal)
      const { method = 'GET', url, body } = ask
      const headers = { accept: 'application/json', ...api.headers, ...ask.headers, authorization: `Bearer ${token}` }
      const answer = await exchange(dispatchers.outside, { method, url, headers, body }, signal)
      const time = serverTime(answer.header)
      if (time !== undefined) {
        toldAt = deps.now().getTime()
        aheadMs = time - toldAt
      }
      const isWell = answer.status >= 200 && answer.status < 300
      if (isWell || time !== undefined) deps.onTime?.(time)
      if (isWell) return { value: await use(answer) }
      const { text, broken } = await received(answer, maxErrorBytes, signal)
      const header = (name: string) => {
        const value = answer.header(name)
        return value === undefined ? undefined : masked(value, [token])
      }
      const refusal = { ...answer, header, text: masked(text, [token]), isWhole: broken === undefined }
      const problem = problemAt(ask, problemOf(refusal, api.rules))
      return { problem, token, waitMs: retryAfterMs(answer.header, deps.now()) }
    } catch (error) {
      if (!(error instanceof RetryableError)) throw error
      return { problem: { action: 'retry', status: 0, said: messageOf(error) }, token, waitMs: undefined }
    }
  }

  /** Waits as the failed try demands. */
  async function pause(attempt: number, { problem, waitMs }: Failed, signal: AbortSignal): Promise<void> {
    const backOffMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1)) * (0.5 + deps.random() / 2)
    const ms = Math.round(Math.max(backOffMs, waitMs ?? 0))
    deps.log.warn({ api: api.name, attempt, waitMs: ms, cause: problem.said }, 'request failed, it is sent again')
    if (problem.action === 'slow down') {
      pace.slowDown(ms)
      deps.onThrottled?.(api.name)
    }
    await deps.sleep(ms, signal)
  }

  async function send<T>(ask: Ask, use: (answer: Answer) => Promise<T>, signal: AbortSignal): Promise<Outcome<T>> {
    refuseElsewhere(api, ask.url)
    const attempts = Math.min(ask.attempts ?? usualAttempts, deps.mostAttempts ?? usualAttempts)
    let isFresh = false
    for (let attempt = 1; ; attempt += 1) {
      await pace.turn(signal)
      const tried = await once(ask, use, signal)
      if ('value' in tried) {
        pace.speedUp()
        return tried
      }
      const { problem } = tried
      if (problem.action === 'renew') {
        tokens.refused(api.scope, tried.token)
        if (isFresh) throw stopped(api, problem)
        isFresh = true
        continue
      }
      if (problem.action === 'stop') throw stopped(api, problem)
      if (!again.includes(problem.action)) return { problem }
      if (attempt >= attempts && problem.action === 'doubt') throw stopped(api, problem)
      if (attempt >= attempts) throw new RetryableError(told(api, problem, `, after ${attempts} attempts`))
      await pause(attempt, tried, signal)
      isFresh = false // While it waited, the token may have expired.
    }
  }

  function isTimeTold(): boolean | undefined {
    if (toldAt === undefined) return undefined
    const ageMs = deps.now().getTime() - toldAt
    return ageMs >= 0 && ageMs < minuteMs
  }

  return { api, send, serverNow: () => deps.now().getTime() + aheadMs, isTimeTold }
}

/** What was asked for, where no problem is the caller's to act on. Throws `RetryableError` for one. */
export function expected<T>({ api }: Pick<Client, 'api'>, outcome: Outcome<T>): T {
  if (outcome.problem === undefined) return outcome.value
  throw new RetryableError(`${api.name}: ${outcome.problem.said}`)
}

/**
 * A link that the service gave, and does not take, is of no use any more, whatever the code: "Invalid Skip Token" comes as `UnknownError`, or with
 * none (microsoftgraph/msgraph-sdk-powershell#1388, microsoftgraph/microsoft-graph-docs#8612). It would be sent for ever.
 */
function problemAt({ isLink = false }: Ask, problem: Problem): Problem {
  const isRefused = [400, 404].includes(problem.status) && ['stop', 'gone'].includes(problem.action)
  return isLink && isRefused ? { ...problem, action: 'first page' } : problem
}

interface Failed {
  readonly problem: Problem
  readonly token: string
  readonly waitMs: number | undefined
}
type Tried<T> = { readonly value: T } | Failed

function stopped(api: Api, problem: Problem): FatalError {
  return new FatalError(told(api, problem, ''))
}

function told({ name }: Api, { said, advice = '' }: Problem, more: string): string {
  return [`${name}: ${said}${more}`, advice].filter(Boolean).join(': ')
}

/** Addresses come out of answers, too: a token goes to nobody who only looks like the service. */
function refuseElsewhere(api: Api, url: URL): void {
  const path = url.pathname.toLowerCase()
  const isOurs = url.origin === api.root.origin && url.username === '' && url.password === ''
  if (isOurs && api.paths.some((prefix) => path.startsWith(prefix)) && !/%(2e|2f|5c)/.test(path)) return
  const where = url.origin === api.root.origin ? `another path of ${url.host}` : url.host
  throw new FatalError(
    `${api.name} names ${where}, which is not where it is (${api.root.origin}): no token is sent there`,
  )
}
