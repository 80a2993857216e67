import { z } from 'zod'
import type { Answer } from './exchange.ts'

/** What an answer that is no success asks for. */
export type Action =
  /** Wait, and ask again. */
  | 'retry'
  /** The same, but all others that share the quota wait as well. */
  | 'slow down'
  /** Ask again with a new token, once after each wait. */
  | 'renew'
  /** Nothing helps until somebody acts. */
  | 'stop'
  /** The same, if the service goes on saying so. */
  | 'doubt'
  /** It existed, and does not any more. */
  | 'gone'
  /** There is no subscription, or an administrator disabled it. */
  | 'subscribe'
  /** The subscription exists already. */
  | 'subscribed'
  /** The window of time is not to the service's liking. */
  | 'window'
  /** The link to the next page is of no use any more: begin again at the first. */
  | 'first page'

/** What to do about an error, and what to tell whoever must act. */
export interface Rule {
  readonly action: Action
  readonly advice?: string
}

/** An API's errors. The code decides, its message where codes are said of many things, and the status only where neither is known. */
export interface Rules {
  readonly codes: readonly (readonly [code: RegExp, action: Action, advice?: string])[]
  readonly statuses: Readonly<Record<number, Rule>>
}

/** An answer that is no success. */
export interface Problem extends Rule {
  readonly status: number
  /** Status, code and message on one line of a sane length. */
  readonly said: string
}

const common: Rules['statuses'] = {
  401: { action: 'renew', advice: 'the token is not accepted: check tenant, cloud and credentials' },
  403: { action: 'stop', advice: 'check the permissions of the app, and what stands between here and there' },
  407: { action: 'stop', advice: 'the proxy wants credentials: put them into its URL' },
  408: { action: 'retry' },
  429: { action: 'slow down' },
}

/** Sorts an answer that is no success by the rules. */
export function problemOf({ status, header, text, isWhole = true }: Refusal, rules: Rules): Problem {
  const { code, message } = errorIn(text)
  const ruleOf = (said = '') => rules.codes.find(([pattern]) => pattern.test(said))
  const [, action, advice] = ruleOf(code) ?? ruleOf(message) ?? []
  const byCode = action && { action, ...(advice !== undefined && { advice }) }
  const byStatus = rules.statuses[status] ?? common[status] ?? (status >= 500 ? { action: 'retry' as const } : stop)
  // By its status alone, half an answer that asks for patience would end something for good.
  const isHalf = code === undefined && (!isWhole || isCut(text))
  const rule = byCode ?? (isHalf && !patient.includes(byStatus.action) ? { ...byStatus, action: 'retry' } : byStatus)
  // Exchange says in a header why it refuses a token.
  const reason = quotedReason.exec(header('x-ms-diagnostics') ?? '')?.[1]
  const said = [`HTTP ${status}`, code, message, reason].filter((word) => word !== undefined && word !== '').join(' ')
  return {
    ...rule,
    status,
    said: said
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .slice(0, 400)
      .toWellFormed(),
  }
}

interface Refusal extends Pick<Answer, 'status' | 'header'> {
  readonly text: string
  /** Whether the answer came to its end. */
  readonly isWhole?: boolean
}

const quotedReason = /reason="([^"]*)"/
/** What ends nothing. */
const patient: readonly Action[] = ['retry', 'slow down', 'renew', 'doubt']
const stop: Rule = { action: 'stop', advice: 'check the address, and what stands between here and there' }

const Body = z.looseObject({ error: z.looseObject({ code: z.string(), message: z.string().optional() }) })

/** Whether an object begins and does not end. */
function isCut(body: string): boolean {
  return body.trimStart().startsWith('{') && !body.trimEnd().endsWith('}')
}

/** Some of the Management API's bodies are written with single quotes, which is no JSON. */
function errorIn(body: string): { code?: string | undefined; message?: string | undefined } {
  try {
    const parsed = Body.safeParse(JSON.parse(body))
    if (parsed.success) return parsed.data.error
  } catch {
    // No JSON: it is looked through as text.
  }
  return { code: quoted(body, 'code'), message: quoted(body, 'message') ?? (body.startsWith('<') ? undefined : body) }
}

function quoted(body: string, name: string): string | undefined {
  return new RegExp(`['"]${name}['"]\\s*:\\s*(?:'([^']*)'|"([^"]*)")`, 'i').exec(body)?.slice(1).find(Boolean)
}
