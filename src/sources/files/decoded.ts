import { createHash } from 'node:crypto'
import { type Stats, statSync } from 'node:fs'
import { chunksPassing } from './chunks-passing.ts'
import { asContentError, type Content, ContentError } from './content.ts'
import type { Limits } from './limits.ts'
import { type Reading, type Source, skip } from './source.ts'
import type { TextEncoding } from './text-encoding.ts'

const chunkBytes = 128 * 1024

type FileState = Pick<Stats, 'ino' | 'size' | 'mtimeMs'>

/** What is in a source, as text in this encoding. */
export function contentOf(source: Source, { mark, decode }: TextEncoding, limits: Limits): Content {
  const { path, named, modified, lying = source } = source
  const disk = lying.file ?? lying.within
  let hashed: { readonly bytes: number | undefined; readonly state: FileState | undefined } | undefined

  async function* text(offset: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    const reading = readingOf(signal, limits)
    const bytes = (start: number) => unchanged(passing(source, reading, start), start, hashed?.bytes)
    try {
      if (decode === undefined) yield* bytes(mark + offset)
      else yield* skip(decode(bytes(mark)), offset)
      if (isReplaced()) throw new ContentError(changed)
    } catch (error) {
      const told = asContentError(error, signal)
      told.isOther = hashed !== undefined && (isOfSystem(told.cause) || isReplaced())
      throw told
    }
  }

  /** Whether there is another file by now, or it was written anew; not where more was written behind what was hashed, and was not read. */
  function isReplaced(): boolean {
    if (disk === undefined || hashed?.state === undefined) return false
    const now = stateOf(disk)
    if (now === undefined) return false // It was there to its end, or reading it failed.
    const { bytes, state } = hashed
    const isLonger = bytes !== undefined && now.size > state.size
    return now.ino !== state.ino || (!isLonger && (now.size !== state.size || now.mtimeMs !== state.mtimeMs))
  }

  async function hash(signal: AbortSignal) {
    const found = await hashOf(lying, readingOf(signal, limits))
    // What is packed has a checksum; what was made of something else is nobody’s to write.
    const bytes = source.file !== undefined && lying === source ? found.size : undefined
    hashed = { bytes, state: disk === undefined ? undefined : stateOf(disk) }
    return found
  }

  return { path, named, modified, text, hash }
}

/** What tells a file from what is written in its place. Waits as reading does: of small files there are very many. */
function stateOf(file: string): FileState | undefined {
  try {
    const { ino, size, mtimeMs } = statSync(file)
    return { ino, size, mtimeMs }
  } catch {
    return undefined // Nobody may ask any more: then reading fails, or had begun.
  }
}

/** Whether the system says so, and may say otherwise another time: damage of what is packed is there each time. */
function isOfSystem(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error
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
