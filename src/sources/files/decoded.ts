import { createHash } from 'node:crypto'
import { chunksPassing } from './chunks-passing.ts'
import { asContentError, type Content, ContentError } from './content.ts'
import type { Limits } from './limits.ts'
import { type Reading, type Source, skip } from './source.ts'
import type { TextEncoding } from './text-encoding.ts'

const chunkBytes = 128 * 1024

/** What is in a source, as text in this encoding. */
export function contentOf(source: Source, { mark, decode }: TextEncoding, limits: Limits): Content {
  const { path, named, lying = source } = source
  // What is packed has a checksum; what was made of something else is nobody’s to write.
  let hashedBytes: number | undefined

  async function* text(offset: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    const reading = readingOf(signal, limits)
    const bytes = (start: number) => unchanged(passing(source, reading, start), start, hashedBytes)
    try {
      if (decode === undefined) yield* bytes(mark + offset)
      else yield* skip(decode(bytes(mark)), offset)
    } catch (error) {
      throw asContentError(error, signal)
    }
  }

  async function hash(signal: AbortSignal) {
    const hashed = await hashOf(lying, readingOf(signal, limits))
    if (source.file !== undefined && lying === source) hashedBytes = hashed.size
    return hashed
  }

  return { path, named, text, hash }
}

/** No more than the bytes that the evidence is known by; where there are more of them by now, or fewer, somebody writes it still. */
async function* unchanged(
  bytes: AsyncIterable<Buffer>,
  start: number,
  end = Number.POSITIVE_INFINITY,
): AsyncGenerator<Buffer> {
  let at = start
  for await (const chunk of bytes) {
    if (at < end) yield at + chunk.length > end ? chunk.subarray(0, end - at) : chunk
    at += chunk.length
    if (at > end) break
  }
  if (end !== Number.POSITIVE_INFINITY && at !== end) throw new ContentError(changed)
}

const changed = 'it changed while it was read, so rows may be missing: import it again when nobody writes it any more'

/** The bytes of a source from `start` on, of which each chunk stands only until the next one is asked for. */
function passing(source: Source, reading: Reading, start: number): AsyncIterable<Buffer> {
  return source.file === undefined ? source.open(reading, start) : chunksPassing(source.file, start, reading)
}

/** One pass over a source, from its beginning. */
export function readingOf(signal: AbortSignal, limits: Limits, bytes = chunkBytes): Reading {
  return { signal, limits, chunkBytes: bytes, packedBytes: 0 }
}

/** A damaged member has the hash of what is left of it: `text` gives that, and tells of the damage. */
async function hashOf(source: Source, reading: Reading): Promise<{ sha256: string; size: number }> {
  const sha256 = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of passing(source, reading, 0)) {
      sha256.update(chunk)
      size += chunk.length
    }
  } catch (error) {
    if (!(error instanceof ContentError)) throw asContentError(error, reading.signal)
  }
  return { sha256: sha256.digest('hex'), size }
}
