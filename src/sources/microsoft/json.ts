import type { z } from 'zod'
import { RetryableError } from '../../errors.ts'
import type { Ask, Client, Outcome } from './client.ts'
import { type Answer, jsonOf, textOf } from './exchange.ts'

/** An answer that was read whole. */
export interface Read<T> {
  readonly data: T
  header: Answer['header']
}

const maxBytes = 32_000_000

/** Asks for JSON that fits `schema`, and again when it does not: a truncated answer is one that failed. */
export async function askJson<T>(
  client: Client,
  { schema, ...ask }: Ask & { readonly schema: z.ZodType<T> },
  signal: AbortSignal,
): Promise<Outcome<Read<T>>> {
  return client.send(
    ask,
    async (answer) => {
      const text = await textOf(answer, maxBytes, signal)
      return { data: parse(text, schema, ask.url), header: answer.header }
    },
    signal,
  )
}

function parse<T>(text: string, schema: z.ZodType<T>, { host, pathname }: URL): T {
  const result = schema.safeParse(jsonOf(text, `${host} answered ${pathname} with what is no JSON`))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new RetryableError(
    `${host} answered ${pathname} with something else: ${issue?.path.join('.')}: ${issue?.message}`,
  )
}
