import type { Content } from '../source.ts'
import { type Answer, piecesOf } from './exchange.ts'
import { type PageFacts, pageScanner } from './page-scanner.ts'

/** A content on its way, and what was found in it once it was read to its end. */
export interface OpenContent {
  readonly content: Content
  facts(): PageFacts | undefined
  /** Lets go of the answer, if nobody took it. */
  close(): void
}

/** A content whose answer is here already; it is asked for again by `reopen` when it has to be read again. */
export function openContent(
  { name, shape }: Pick<Content, 'name' | 'shape'>,
  opened: Answer,
  reopen: (signal: AbortSignal) => Promise<Answer>,
): OpenContent {
  let ready: Answer | undefined = opened
  let facts: PageFacts | undefined

  async function* chunks(signal: AbortSignal): AsyncGenerator<Buffer> {
    const answer = ready ?? (await reopen(signal))
    ready = undefined
    facts = undefined
    const scanner = pageScanner()
    for await (const chunk of piecesOf(answer, signal)) {
      scanner.push(chunk)
      yield chunk
    }
    facts = scanner.end()
  }

  return { content: { name, shape, chunks }, facts: () => facts, close: () => void ready?.body.destroy() }
}
