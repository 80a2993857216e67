import type { Deps } from '../../deps.ts'
import { FatalError, messageOf } from '../../errors.ts'
import type { Client } from './client.ts'
import { openBody } from './content.ts'
import type { Answer } from './exchange.ts'
import type { Tenant } from './tenant.ts'

/** What was tried, whether it works, and what to do if it does not. */
export interface Finding {
  readonly subject: string
  readonly isGood: boolean
  readonly text: string
}

/** Something to try: it says what it found, or throws what is wrong. */
export interface Step {
  readonly subject: string
  attempt(signal: AbortSignal): Promise<string>
}

/** Tries one step after the other, up to the first that fails: those after it could not work. */
export async function* check(steps: readonly Step[], signal: AbortSignal): AsyncGenerator<Finding> {
  for (const { subject, attempt } of steps) {
    const finding = await attempt(signal).then(
      (text) => ({ subject, isGood: true, text }),
      (error: unknown) => ({ subject, isGood: false, text: messageOf(error) }),
    )
    signal.throwIfAborted()
    yield finding
    if (!finding.isGood) return
  }
}

/** Signs on for an API. */
export function signOnStep({ tokens }: Tenant, { api }: Client): Step {
  return {
    subject: `sign-on for ${api.name}`,
    async attempt(signal) {
      await tokens.get(api.scope, signal)
      return `signed on for ${api.root.host}`
    },
  }
}

/** Asks an API for a page that only an app with the right permissions gets. */
export function requestStep(subject: string, client: Client, url: URL): Step {
  return {
    subject,
    async attempt(signal) {
      const { problem } = await client.send({ url, attempts: 2 }, (answer) => opened(answer, signal), signal)
      if (problem !== undefined) throw new FatalError(`${client.api.name}: ${problem.said}`)
      return `${client.api.root.host} gives it`
    },
  }
}

/** Sees whether an answer begins as a page does. */
async function opened(answer: Answer, signal: AbortSignal): Promise<void> {
  const { body } = await openBody(answer, signal)
  body.destroy()
}

const tolerableMs = 300_000

/** Compares the clocks, once the API has answered. */
export function clockStep({ serverNow }: Client, { now }: Pick<Deps, 'now'>): Step {
  return {
    subject: 'clock',
    async attempt() {
      const seconds = Math.round((now().getTime() - serverNow()) / 1000)
      if (Math.abs(seconds) * 1000 <= tolerableMs) return `at most ${Math.abs(seconds)} s from the service’s`
      const way = seconds > 0 ? 'ahead of' : 'behind'
      throw new RangeError(
        `this machine’s clock is ${Math.abs(seconds)} s ${way} the service’s: set it by a time server`,
      )
    },
  }
}
