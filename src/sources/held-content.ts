import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { type Spool, type Spooled, spoolIn } from './files/spool.ts'

/** A content that is here to its end, in memory or on the disk. */
export interface HeldContent {
  readonly sha256: string
  readonly size: number
  chunks(offset: number): AsyncIterable<Buffer>
  remove(): Promise<void>
}

const memoryBytes = 4 * 2 ** 20
const chunkBytes = 256 * 1024
/** As on a disk that nobody else may fill. */
const spooledBytes = 16 * 2 ** 30

/** Takes in a content to its end, so that what breaks off on the way leaves nothing behind; a large one to `scratch`. */
export async function holdContent(
  chunks: AsyncIterable<Buffer>,
  scratch: string,
  signal: AbortSignal,
): Promise<HeldContent> {
  const digest = createHash('sha256')
  const head: Buffer[] = []
  let size = 0
  const pieces = counted()
  for (let isEnd = false; !isEnd && size <= memoryBytes; ) {
    const { value, done = false } = await pieces.next()
    if (!done) head.push(value as Buffer)
    isEnd = done
  }
  if (size <= memoryBytes) {
    const bytes = Buffer.concat(head)
    return { sha256: digest.digest('hex'), size, chunks: (offset) => slices(bytes, offset), remove: async () => {} }
  }
  const spool = spoolIn(scratch)
  const spooled = await spool.write(all(), spooledBytes, signal)
  return { sha256: digest.digest('hex'), size, ...onDisk(spool, spooled) }

  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      digest.update(chunk)
      size += chunk.length
      yield chunk
    }
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield* head.splice(0)
    yield* pieces
  }
}

async function* slices(bytes: Buffer, offset: number): AsyncGenerator<Buffer> {
  for (let at = offset; at < bytes.length; at += chunkBytes) {
    yield bytes.subarray(at, at + chunkBytes)
    await setImmediate() // Others have their turn, as they have while a disk is read.
  }
}

function onDisk(spool: Spool, { file }: Spooled): Pick<HeldContent, 'chunks' | 'remove'> {
  return {
    chunks: (offset) => createReadStream(file, { start: offset, highWaterMark: chunkBytes }),
    remove: () => spool.close(),
  }
}
