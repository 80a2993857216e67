import { ContentError } from './content.ts'

/** Bytes that come one after the other, of which as many are held as are asked for. */
export interface HeldBytes {
  /** Those that are held. */
  bytes(): Buffer
  /** Holds so many; false where there are fewer. */
  fill(length: number): Promise<boolean>
  /** Holds the first ones no longer. */
  drop(length: number): void
  /** How many there were. */
  given(): number
  /** Why there are no more, where that is no end. */
  failure(): ContentError | undefined
  close(): Promise<unknown>
}

/** Holds what comes; a failure is an end, which can be asked for. */
export function heldBytes(chunks: AsyncIterable<Buffer>): HeldBytes {
  const iterator = chunks[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  let given = 0
  let isEnd = false
  let failure: ContentError | undefined

  async function next(): Promise<Buffer | undefined> {
    try {
      const { value, done } = await iterator.next()
      isEnd = done === true
      return isEnd ? undefined : value
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      isEnd = true
      failure = error
      return undefined
    }
  }

  return {
    bytes: () => held,
    async fill(length) {
      const parts = [held]
      let size = held.length
      while (size < length && !isEnd) {
        const chunk = await next()
        if (chunk === undefined) break
        parts.push(chunk)
        size += chunk.length
        given += chunk.length
      }
      if (parts.length > 1) held = Buffer.concat(parts)
      return held.length >= length
    },
    drop(length) {
      held = held.subarray(length)
    },
    given: () => given,
    failure: () => failure,
    close: async () => iterator.return?.(),
  }
}
