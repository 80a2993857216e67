import type { Content } from '../source.ts'
import { type Answer, piecesOf } from './exchange.ts'
import { type PageFacts, pageScanner } from './page-scanner.ts'

/** An answer whose beginning is here, and known to be sound if that is all of it. */
export interface Opened {
  readonly body: Answer['body']
  /** What it holds; undefined while more is on the way. */
  readonly facts: PageFacts | undefined
}

/** So much of a content may wait in memory until somebody wants it: most are smaller. */
const aheadBytes = 262_144

/** Takes in the beginning of an answer. Throws `RetryableError` when it ends early. */
export async function openBody(answer: Answer, signal: AbortSignal): Promise<Opened> {
  const pieces = piecesOf(answer, signal)
  const head: Buffer[] = []
  let size = 0
  let isWhole = false
  while (!isWhole && size < aheadBytes) {
    const { value, done = false } = await pieces.next()
    isWhole = done
    if (value === undefined) continue
    head.push(value)
    size += value.length
  }
  async function* all() {
    yield* head.splice(0)
    yield* pieces
  }
  const destroy = () => {
    answer.body.destroy() // Ends what `pieces` may be waiting for.
    void pieces.return(undefined)
  }
  return { facts: isWhole ? scan(head) : undefined, body: { [Symbol.asyncIterator]: all, destroy } }
}

function scan(chunks: readonly Buffer[]): PageFacts {
  const scanner = pageScanner()
  for (const chunk of chunks) scanner.push(chunk)
  return scanner.end()
}

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
  opened: Opened,
  reopen: (signal: AbortSignal) => Promise<Opened>,
): OpenContent {
  let ready: Opened | undefined = opened
  let facts: PageFacts | undefined

  async function* chunks(signal: AbortSignal): AsyncGenerator<Buffer> {
    const current = ready ?? (await reopen(signal))
    ready = undefined
    facts = undefined
    const scanner = current.facts === undefined ? pageScanner() : undefined // What was here as a whole was looked at.
    for await (const chunk of piecesOf(current, signal)) {
      scanner?.push(chunk)
      yield chunk
    }
    facts = current.facts ?? scanner?.end()
  }

  return { content: { name, shape, chunks }, facts: () => facts, close: () => void ready?.body.destroy() }
}
