import { RetryableError } from '../../errors.ts'
import type { Content, Part } from '../source.ts'
import { type Ask, type Client, expected } from './client.ts'
import { openBody, openContent } from './content.ts'
import type { PageFacts } from './page-scanner.ts'
import type { Problem } from './problem.ts'

/** Where a page is, and what it is called. */
export interface Page extends Pick<Content, 'name' | 'shape'> {
  readonly client: Client
  readonly ask: Ask
  /** How far the stream is while this page is not stored. */
  readonly cursor: unknown
}

/**
 * Gives a page, unless it is known or holds no records, and returns what it holds; or a problem that is the caller's.
 * Throws `RetryableError` when the page was not stored: what follows it is not known then.
 */
export async function* readPage(
  page: Page,
  known: (name: string) => boolean,
  signal: AbortSignal,
): AsyncGenerator<Part, PageFacts | Problem> {
  const { client, ask, cursor, name } = page
  const { value: opened, problem } = await client.send(ask, (answer) => openBody(answer, signal), signal)
  if (opened === undefined) return problem
  const isUnknown = !known(name)
  if (opened.facts !== undefined && (opened.facts.records === 0 || !isUnknown)) return opened.facts

  const reopen = async (again: AbortSignal) =>
    expected(client, await client.send(ask, (answer) => openBody(answer, again), again))
  const { content, facts, close } = openContent(page, opened, reopen)
  try {
    if (isUnknown) yield { content, cursor }
    else for await (const _ of content.chunks(signal)); // Only to learn what follows.
    const found = facts()
    if (found !== undefined && known(name)) return found
    throw new RetryableError(`${name} was not stored`)
  } finally {
    close()
  }
}

/** A link out of an answer; it is not yet known whether it leads to the service. Throws `RetryableError` for none. */
export function toUrl(link: string): URL {
  if (URL.canParse(link)) return new URL(link)
  throw new RetryableError('the link to a next page is none')
}

/** Whether reading a page ended with a problem. */
export function isProblem(result: PageFacts | Problem): result is Problem {
  return 'action' in result
}
